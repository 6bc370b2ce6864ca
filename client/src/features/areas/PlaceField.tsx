// Which place, as one question of a form: a few letters of its name, then one of what is found; what is chosen can be changed again.
import { useEffect, useRef, useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { AreaPlace, placeOf } from './area-words.ts'
import './place-field.css'

const FindPlaces = graphql(
  `
    query FindPlaces($search: String!) {
      areas(search: $search, living: true, first: 6) {
        nodes {
          ...AreaPlace
        }
      }
    }
  `,
  [AreaPlace],
)

const MIN_LETTERS = 2
const PAUSE_IN_TYPING_MS = 250

interface PlaceFieldProps {
  name: string
  label: string
  hint?: string
  error?: string | undefined
  optional?: boolean
  /** Its name; empty while none is chosen. */
  chosen: string
  onChoose: (place: { id: string; fullName: string } | null) => void
}

export function PlaceField({ name, label, hint, error, optional = false, chosen, onChoose }: PlaceFieldProps) {
  const t = useTranslations('search')
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  const change = useRef<HTMLButtonElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const isMoved = useRef(false)
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), PAUSE_IN_TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed])
  // Whoever chose, or wants to choose anew, stays where they are.
  useEffect(() => {
    if (isMoved.current) (chosen ? change : input).current?.focus()
    isMoved.current = false
  }, [chosen])
  const canAsk = search.length >= MIN_LETTERS && chosen === ''
  const [{ data, fetching, error: failed }] = useQuery({ query: FindPlaces, variables: { search }, pause: !canAsk })
  const isCurrent = canAsk && !fetching && search === typed.trim()
  const found = isCurrent ? (data?.areas.nodes ?? []) : []

  function choose(place: { id: string; fullName: string } | null) {
    isMoved.current = true
    setTyped('')
    setSearch('')
    onChoose(place)
  }

  if (chosen) {
    return (
      <div className="field">
        <p className="field-label">{label}</p>
        <p className="row">
          <b>{chosen}</b>
          <Button ref={change} id={name} size="compact" variant="quiet" aria-label={t('changeOf', { what: label })} onClick={() => choose(null)}>
            {t('change')}
          </Button>
        </p>
      </div>
    )
  }
  return (
    <div className="stack">
      <Field name={name} label={label} hint={hint} error={error} optional={optional}>
        <TextInput
          ref={input}
          type="search"
          autoComplete="off"
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault() /* looks for places, and sends nothing */}
        />
      </Field>
      {found.length > 0 && (
        <ul role="list" className="place-choices" aria-label={t('results')}>
          {found.map((place) => (
            <li key={place.id}>
              <button type="button" className="place-choice" onClick={() => choose(place)}>
                <b>{place.fullName}</b> <span className="muted">{placeOf(place)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <p role="status" className={isCurrent && found.length === 0 ? 'muted' : 'visually-hidden'}>
        {isCurrent && (failed ? t('failed') : t('count', { count: found.length, text: search }))}
      </p>
    </div>
  )
}
