// Who stands by an area or a part of it now, and until when.
import { Link } from '@tanstack/react-router'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { wordsOf } from '../../graphql/problem.ts'
import { Card } from '../../ui/Card.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { When } from '../../ui/Figure.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { keyOfArea } from '../areas/area-words.ts'
import { SupportKindWords, useSupportWords } from '../areas/support-kind.ts'

const AdoptersQuery = graphql(
  `
    query Adopters($area: ID!) {
      adoptions(area: $area, state: ACTIVE, first: 50) {
        nodes {
          id
          statement
          endsOn
          party {
            id
            name
          }
          area {
            id
            fullName
          }
          kind {
            ...SupportKindWords
          }
        }
      }
    }
  `,
  [SupportKindWords],
)

export function Adopters({ area }: { area: string }) {
  const t = useTranslations('gaps')
  const words = useSupportWords()
  const [{ data, error }, ask] = useQuery({ query: AdoptersQuery, variables: { area }, requestPolicy: 'cache-and-network' })
  return (
    <section className="stack">
      <h2>{t('adopters')}</h2>
      {!data && error && <Failed {...wordsOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Waiting shape="card" count={2} />}
      {data?.adoptions.nodes.length === 0 && <p className="muted">{t('noAdopters')}</p>}
      <ul role="list" className="stack">
        {data?.adoptions.nodes.map(({ id, party, area: adopted, kind, statement, endsOn }) => (
          <Card as="li" key={id}>
            <h3><bdi>{party?.name ?? t('anonymous')}</bdi></h3>
            <p>
              <Link to="/thon/$id" params={{ id: keyOfArea(adopted.id) }}>{adopted.fullName}</Link>
              {kind && <> · {words.name(kind)}</>} · {t('until')} <When at={endsOn} />
            </p>
            <p>{statement}</p>
          </Card>
        ))}
      </ul>
    </section>
  )
}
