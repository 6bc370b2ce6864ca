// Find an area by any name it has or had, with or without diacritics: a combobox that opens what is chosen.
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useId, useState, type FormEvent, type KeyboardEvent } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { AreaPlace, keyOfArea, placeOf } from './area-words.ts'
import './AreaSearch.css'

const AreaFound = graphql(
  `
    fragment AreaFound on Area @_unmask {
      ...AreaPlace
      kind
      isLiving
      successors {
        area {
          id
          fullName
        }
      }
    }
  `,
  [AreaPlace],
)

type AreaFound = ResultOf<typeof AreaFound>

const FindAreas = graphql(
  `
    query FindAreas($search: String!) {
      areas(search: $search, first: 8) {
        nodes {
          ...AreaFound
        }
      }
    }
  `,
  [AreaFound],
)

const MIN_LETTERS = 2
const PAUSE_IN_TYPING_MS = 180

export function AreaSearch({ initial = '' }: { initial?: string }) {
  const t = useTranslations('search')
  const navigate = useNavigate()
  const listId = useId()
  const [typed, setTyped] = useState(initial)
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const search = useSettled(typed.trim())
  const canAsk = search.length >= MIN_LETTERS
  const [{ data, fetching, error }] = useQuery({ query: FindAreas, variables: { search }, pause: !canAsk })
  const found = canAsk && search === typed.trim() && !fetching ? (data?.areas.nodes ?? []) : []
  const isShown = isOpen && found.length > 0
  const optionId = (index: number) => `${listId}-${index}`

  function open(area: AreaFound) {
    setOpen(false)
    void navigate({ to: '/thon/$id', params: { id: keyOfArea(area.id) } })
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const chosen = isShown ? found[active] : undefined
    if (chosen) return open(chosen)
    setOpen(false)
    void navigate({ to: '/thon', search: { tim: typed.trim() || undefined } })
  }

  function press(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!isShown) return setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      // One place more than there are options: the typed text itself.
      setActive((at) => ((at + 1 + step + found.length + 1) % (found.length + 1)) - 1)
    }
    if (event.key === 'Escape' && isShown) {
      event.preventDefault()
      setOpen(false)
    }
  }

  return (
    <form className="area-search" role="search" onSubmit={submit}>
      <Field name="area-search" label={t('label')} hint={t('hint')}>
        <div className="area-search-row">
          <input
            id="area-search"
            className="control"
            type="text"
            role="combobox"
            aria-expanded={isShown}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-describedby="area-search-hint"
            aria-activedescendant={isShown && active >= 0 ? optionId(active) : undefined}
            autoComplete="off"
            enterKeyHint="search"
            maxLength={200}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              setActive(-1)
              setOpen(true)
            }}
            onKeyDown={press}
            onBlur={() => setOpen(false)}
          />
          <Button type="submit" variant="primary" icon="search" aria-label={t('submit')} />
        </div>
      </Field>
      <div id={listId} role="listbox" aria-label={t('results')} className="area-search-list" hidden={!isShown}>
        {found.map((area, index) => (
          <div
            key={area.id}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => open(area)}
            onKeyDown={(event) => event.key === 'Enter' && open(area)}
          >
            <AreaOption area={area} />
          </div>
        ))}
      </div>
      <p role="status" className={isOpen && canAsk && !fetching && found.length === 0 ? 'area-search-none' : 'visually-hidden'}>
        {isOpen && canAsk && !fetching && (error ? t('failed') : t('count', { count: found.length, text: search }))}
      </p>
    </form>
  )
}

function AreaOption({ area }: { area: AreaFound }) {
  const t = useTranslations('search')
  const now = area.successors.map((change) => change.area.fullName).join(', ')
  return (
    <>
      <b>{area.fullName}</b> <span className="muted">{placeOf(area)}</span>
      {!area.isLiving && <span className="area-search-now">{now ? t('isNow', { names: now }) : t('ended')}</span>}
    </>
  )
}

/** What was typed, once the typing pauses. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_IN_TYPING_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
