// Finds one thing by a few letters and takes it; what is taken can be changed again.
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/Button.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { FormField } from './DeskForm.tsx'

export interface Found {
  id: string
  label: string
  note?: string
}

interface SearchPickerProps {
  name: string
  label: string
  hint?: string
  optional?: boolean
  chosen: Found | null
  found: readonly Found[]
  isSearching: boolean
  /** Called when typing has paused. */
  onSearch: (text: string) => void
  onChoose: (found: Found | null) => void
}

const PAUSE_MS = 250

export function SearchPicker({ name, label, hint, optional, chosen, found, isSearching, onSearch, onChoose }: SearchPickerProps) {
  const t = useTranslations('desk')
  const [typed, setTyped] = useState('')
  const latest = useRef(onSearch)
  useEffect(() => {
    latest.current = onSearch
  })
  useEffect(() => {
    const timer = setTimeout(() => latest.current(typed.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  if (chosen) {
    return (
      <div className="field">
        <p className="field-label">{label}</p>
        <p className="row">
          <b>{chosen.label}</b> {chosen.note && <span className="muted">{chosen.note}</span>}
          <Button size="compact" variant="quiet" onClick={() => onChoose(null)}>
            {t('change')}
          </Button>
        </p>
      </div>
    )
  }
  return (
    <div className="stack">
      <FormField name={name} label={label} hint={hint} optional={optional ?? false}>
        <TextInput type="search" autoComplete="off" required={false} value={typed} onChange={(event) => setTyped(event.target.value)} placeholder={t('searchHere')} />
      </FormField>
      <p className="visually-hidden" role="status">
        {typed && !isSearching ? t('foundCount', { count: found.length }) : ''}
      </p>
      {found.length > 0 && (
        <ul role="list" className="desk-list" aria-label={label}>
          {found.map((option) => (
            <li key={option.id}>
              <button type="button" className="desk-item" onClick={() => onChoose(option)}>
                <b>{option.label}</b> {option.note && <span className="muted">· {option.note}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
      {typed && !isSearching && found.length === 0 && <p className="muted">{t('nothingFound')}</p>}
    </div>
  )
}
