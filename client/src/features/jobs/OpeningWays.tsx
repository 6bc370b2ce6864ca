// What an office can do with an opening: match it, or refer somebody of its own households; nobody else is asked for anything.
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { useShellStatus } from '../../shell/shell-status.ts'
import { LinkButton } from '../../ui/Button.tsx'
import type { Opening } from './OpeningCard.tsx'

const OfficesQuery = graphql(`
  query OpeningOffices {
    viewer {
      account {
        id
      }
      roles {
        id
        role
        area {
          id
          ancestors {
            id
          }
        }
      }
    }
  }
`)

type Viewer = NonNullable<ResultOf<typeof OfficesQuery>['viewer']>

interface Office {
  role: Viewer['roles'][number]['role']
  area: NonNullable<Viewer['roles'][number]['area']>
}

/** The offices that the viewer holds; a visitor is not even asked about. */
export function useOffices(): readonly Office[] {
  const { account } = useShellStatus()
  const [{ data }] = useQuery({ query: OfficesQuery, pause: account === null })
  return data?.viewer?.roles.flatMap(({ role, area }) => (area ? [{ role, area }] : [])) ?? []
}

const lies = (area: Office['area'], within: string) => area.id === within || area.ancestors.some(({ id }) => id === within)

export function OpeningWays({ opening: { id, post, pledge }, offices }: { opening: Opening; offices: readonly Office[] }) {
  const t = useTranslations('openings')
  const inOffice = ({ area }: Office) => lies(pledge.area, area.id)
  const isMatched = offices.some((office) => office.role !== 'HAMLET_HEAD' && inOffice(office))
  // Posts for all of a commune or a province are for each of its hamlets, too.
  const isReferred = post !== null && offices.some((office) => inOffice(office) || lies(office.area, pledge.area.id))
  if (!isMatched && !isReferred) return null
  return (
    <div className="row">
      {isMatched && (
        <LinkButton to="/cb/ghep" search={{ chon: id }} icon="route" aria-describedby={id}>
          {t('match')}
        </LinkButton>
      )}
      {isReferred && (
        <LinkButton to="/cb/ho" icon="household" variant={isMatched ? 'quiet' : 'secondary'} aria-describedby={id}>
          {t('refer')}
        </LinkButton>
      )}
    </div>
  )
}
