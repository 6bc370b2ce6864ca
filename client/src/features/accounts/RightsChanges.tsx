// Who was given or lost which right, when and by whom: nobody is let in unseen.
import { useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Card } from '../../ui/Card.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Ago } from '../../ui/Figure.tsx'
import { Asked } from '../desk/Asked.tsx'
import { MoreButton } from '../desk/MoreButton.tsx'

const rightsQuery = graphql(`
  query DeskRightsChanges($after: String) {
    rightsChanges(first: 5, after: $after) {
      nodes { id at kind role personName byName area { id fullName } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

/** Whoever changes a right on this page has an account come back: the list is asked for again then. */
const ON_EVERY_RIGHT = { additionalTypenames: ['Account'] }

export function RightsChanges() {
  const t = useTranslations('desk')
  const [after, setAfter] = useState<string | null>(null)
  const query = useQuery({ query: rightsQuery, variables: { after }, requestPolicy: 'cache-and-network', context: ON_EVERY_RIGHT })
  const [{ fetching }] = query
  return (
    <Card as="section" aria-labelledby="rights-changes" className="desk-part">
      <h2 id="rights-changes">{t('rights.title')}</h2>
      <Asked query={query} count={3}>
        {({ rightsChanges: { nodes, pageInfo } }) =>
          nodes.length === 0 ? (
            <Empty icon="check" title={t('rights.none')} />
          ) : (
            <>
              <ul role="list" className="desk-list">
                {nodes.map(({ id, at, kind, role, personName, byName, area }) => (
                  <li key={id} className="desk-line">
                    <span>
                      <b>
                        <bdi>{personName}</bdi>
                      </b>
                      : {t(`rights.${kind}`)}{' '}
                      {t(`role.${role}`)}
                      {area && `, ${area.fullName}`}
                    </span>
                    <span className="muted">
                      {byName ? (
                        <>
                          {t('rights.by')} <bdi>{byName}</bdi>
                        </>
                      ) : (
                        t('rights.byNobody')
                      )}{' '}
                      · <Ago at={at} />
                    </span>
                  </li>
                ))}
              </ul>
              <MoreButton pageInfo={pageInfo} isBusy={fetching} onMore={setAfter} />
            </>
          )
        }
      </Asked>
    </Card>
  )
}
