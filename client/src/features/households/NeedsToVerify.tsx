// Needs that someone raised and no officer has verified yet; nothing is matched to them until then.
import { Link } from '@tanstack/react-router'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Card } from '../../ui/Card.tsx'
import { useDesk } from '../desk/desk-context.ts'
import { keyPart } from '../desk/key-part.ts'
import { Amount, KindName, kindFields } from '../desk/support.tsx'

const needsQuery = graphql(
  `
    query DeskNeedsToVerify($area: ID) {
      needs(area: $area, toVerify: true, first: 20) {
        totalCount
        nodes { id quantity verifiedAt kind { ...DeskKind } household { id headName } area { id fullName } }
      }
    }
  `,
  [kindFields],
)

export function NeedsToVerify() {
  const t = useTranslations('desk')
  const { area, isOfficer } = useDesk()
  const [{ data }] = useQuery({ query: needsQuery, variables: { area: area?.id }, requestPolicy: 'cache-and-network', pause: !isOfficer })
  const waiting = data?.needs.nodes.filter(({ verifiedAt }) => verifiedAt === null) ?? []
  if (waiting.length === 0) return null
  return (
    <Card as="section" aria-labelledby="needs-to-verify" className="desk-part">
      <h2 id="needs-to-verify">
        {t('need.toVerify')} <span className="desk-count figures">{data?.needs.totalCount}</span>
      </h2>
      <ul role="list" className="desk-list">
        {waiting.map(({ id, kind, quantity, household, area: where }) => (
          <li key={id} className="row">
            <KindName kind={kind} /> <Amount of={quantity} kind={kind} />
            {household && (
              <Link to="/cb/ho/$id" params={{ id: keyPart(household.id) }}>
                <bdi>{household.headName}</bdi>
              </Link>
            )}
            <span className="muted">{where.fullName}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
