// What an area was made of and what it became, each change with its day and the resolution it rests on.
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { When } from '../../ui/Figure.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { keyOfArea } from './area-words.ts'
import './areas.css'

const AreaChangeParts = graphql(`
  fragment AreaChangeParts on AreaChange @_unmask {
    area {
      id
      fullName
    }
    transfer
    effectiveOn
    basis
  }
`)

export const AreaHistoryParts = graphql(
  `
    fragment AreaHistoryParts on Area @_unmask {
      id
      fullName
      isLiving
      validTo
      historyComplete
      decisions {
        decisionNo
        decidedOn
        issuer
        effectiveOn
      }
      predecessors {
        ...AreaChangeParts
      }
      successors {
        ...AreaChangeParts
      }
    }
  `,
  [AreaChangeParts],
)

type Parts = ResultOf<typeof AreaHistoryParts>

/** For an ended area: says so first of all, and leads on. */
export function EndedNotice({ area }: { area: Parts }) {
  const t = useTranslations('areaPage')
  if (area.isLiving || !area.validTo) return null
  return (
    <Notice tone="warn" live={false} title={t('endedTitle', { name: area.fullName })}>
      <p>
        {t('lastDay')} <When at={area.validTo} />. {area.successors.length > 0 && t('goOnTo')}
      </p>
      <ul>
        {area.successors.map(({ area: next, transfer }) => (
          <li key={next.id}>
            <AreaLink area={next} /> {transfer === 'PARTIAL' && t('partly')}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

export function AreaHistory({ area }: { area: Parts }) {
  const t = useTranslations('areaPage')
  const format = useFormat()
  if (area.predecessors.length + area.successors.length + area.decisions.length === 0 && area.historyComplete) return null
  return (
    <section className="stack">
      <h2>{t('history')}</h2>
      {!area.historyComplete && (
        <Notice tone="info" live={false}>
          <p>{t('historyPartial')}</p>
        </Notice>
      )}
      {area.decisions.length > 0 && (
        <ul className="change-list">
          {area.decisions.map(({ decisionNo, decidedOn, issuer, effectiveOn }) => (
            <li key={effectiveOn}>{t('decision', { number: decisionNo, day: format.date(decidedOn), issuer, from: format.date(effectiveOn) })}</li>
          ))}
        </ul>
      )}
      <Changes title={t('madeOf')} changes={area.predecessors} />
      <Changes title={t('became')} changes={area.successors} />
    </section>
  )
}

function Changes({ title, changes }: { title: string; changes: Parts['predecessors'] }) {
  const t = useTranslations('areaPage')
  if (changes.length === 0) return null
  return (
    <div className="stack">
      <h3>{title}</h3>
      <ul className="change-list">
        {changes.map(({ area, transfer, effectiveOn, basis }) => (
          <li key={area.id}>
            <AreaLink area={area} /> {transfer === 'PARTIAL' && t('partly')}
            <span className="muted">
              {' '}
              · {t('from')} <When at={effectiveOn} />
              {basis && <> · {basis}</>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function AreaLink({ area }: { area: { id: string; fullName: string } }) {
  return (
    <Link to="/thon/$id" params={{ id: keyOfArea(area.id) }}>
      {area.fullName}
    </Link>
  )
}
