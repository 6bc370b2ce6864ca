// Where help is still lacking near an area that has what it needs: in its province, the most urgent first.
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { AreaCard, AreaCardParts } from './AreaCard.tsx'
import type { AreaPlace } from './area-words.ts'

const NearbyQuery = graphql(
  `
    query Nearby($within: ID!) {
      areas(kind: HAMLET, within: $within, inNeed: true, first: 4) {
        nodes {
          ...AreaCardParts
        }
      }
    }
  `,
  [AreaCardParts],
)

export function NearbyInNeed({ area }: { area: Pick<AreaPlace, 'id' | 'ancestors'> }) {
  const t = useTranslations('areaPage')
  const [{ data }] = useQuery({ query: NearbyQuery, variables: { within: area.ancestors[0]?.id ?? area.id } })
  const near = (data?.areas.nodes ?? []).filter(({ id }) => id !== area.id).slice(0, 3)
  if (near.length === 0) return null
  return (
    <>
      <h3>{t('nearby')}</h3>
      <ul role="list" className="tiles">
        {near.map((one) => (
          <AreaCard key={one.id} area={one} />
        ))}
      </ul>
    </>
  )
}
