// The areas right below one, page after page.
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { wordsOf } from '../../graphql/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { keyOfArea } from './area-words.ts'

const AreaChildrenQuery = graphql(`
  query AreaChildren($id: ID!, $on: Date, $after: String) {
    area(id: $id) {
      id
      children(first: 60, after: $after, on: $on) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          fullName
        }
      }
    }
  }
`)

interface AreaChildrenProps {
  id: string
  /** The day to look at; today when null. An ended area is shown as it was on its last day. */
  on: string | null
}

export function AreaChildren({ id, on }: AreaChildrenProps) {
  return <Page id={id} on={on} after={null} />
}

/** Each page begins where the one before ends, and draws the next one below itself. */
function Page({ id, on, after }: AreaChildrenProps & { after: string | null }) {
  const t = useTranslations('areaPage')
  const [isMore, setMore] = useState(false)
  const [{ data, error }, ask] = useQuery({ query: AreaChildrenQuery, variables: { id, on, after }, requestPolicy: 'cache-and-network' })
  if (error && !data) return <Failed {...wordsOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
  const children = data?.area?.children
  if (!children) return <Waiting shape="row" count={3} />
  if (children.nodes.length === 0) return null
  const { hasNextPage, endCursor } = children.pageInfo
  return (
    <>
      {after === null && <h2>{t('below', { count: children.totalCount })}</h2>}
      <ul role="list" className="link-tiles">
        {children.nodes.map((child) => (
          <li key={child.id}>
            <Link to="/thon/$id" params={{ id: keyOfArea(child.id) }}>
              {child.fullName}
            </Link>
          </li>
        ))}
      </ul>
      {hasNextPage && !isMore && (
        <div>
          <Button onClick={() => setMore(true)}>{t('more')}</Button>
        </div>
      )}
      {hasNextPage && isMore && <Page id={id} on={on} after={endCursor} />}
    </>
  )
}
