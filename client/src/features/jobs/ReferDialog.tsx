// Refers somebody of a household to one of the open posts: what is matched is the household's need, and nothing more is said of anyone.
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { Asked } from '../desk/Asked.tsx'
import { FailingNotice } from '../desk/DeskForm.tsx'
import { Amount, kindFields } from '../desk/support.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { LineTerms, LineTermsWords } from '../pledges/LineTerms.tsx'

const postsQuery = graphql(
  `
    query DeskPosts($household: ID!) {
      household(id: $household) {
        id
        needs {
          id
          posts {
            ...LineTermsWords
            detail
            kind { ...DeskKind }
            quantities { open }
            pledge { id party { id name } }
          }
        }
      }
    }
  `,
  [LineTermsWords, kindFields],
)

const refer = graphql(
  `
    mutation DeskRefer($input: AllocateInput!) {
      allocate(input: $input) {
        allocation { id recipientCode }
        line { id quantities { allocated open } }
        need { id allocated open }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

interface ReferProps {
  householdId: string
  needId: string
  onClose: () => void
  onChanged: () => void
}

export function ReferDialog({ isOpen, ...props }: ReferProps & { isOpen: boolean }) {
  const t = useTranslations('desk')
  return (
    <Dialog isOpen={isOpen} onClose={props.onClose} title={t('jobs.referTitle')} actions={<Button variant="quiet" onClick={props.onClose}>{t('cancel')}</Button>}>
      <Posts {...props} />
    </Dialog>
  )
}

function Posts({ householdId, needId, onClose, onChanged }: ReferProps) {
  const t = useTranslations('desk')
  const toast = useToast()
  const query = useQuery({ query: postsQuery, variables: { household: householdId }, requestPolicy: 'network-only' })
  const [, again] = query
  const command = useCommand(refer)
  async function send(lineId: string) {
    if (!(await command.send({ lineId, needId, quantity: '1' }))) return
    toast({ message: t('jobs.referred') })
    onClose()
    onChanged()
  }
  return (
    <div className="stack">
      <FailingNotice failing={command.failing} onReload={() => again({ requestPolicy: 'network-only' })} />
      <Asked query={query} count={2}>
        {({ household }) => {
          const posts = household?.needs.find(({ id }) => id === needId)?.posts ?? []
          if (posts.length === 0) return <Empty icon="job" title={t('jobs.noPosts')} />
          return (
            <ul role="list" className="desk-list" aria-label={t('jobs.posts')}>
              {posts.map(({ id, detail, kind, quantities, pledge, post, agreement }) => {
                const name = pledge.party?.name ?? t('pledges.anonymous')
                return (
                  <li key={id} className="desk-line">
                    <div className="desk-part-head">
                      <span>
                        <b>{name}</b> · {t('match.open')} <Amount of={quantities.open} kind={kind} />
                      </span>
                      <Button size="compact" variant="primary" busy={command.isBusy} aria-label={t('jobs.referTo', { name })} onClick={() => void send(id)}>
                        {t('jobs.refer')}
                      </Button>
                    </div>
                    {detail && <p>{detail}</p>}
                    <LineTerms post={post} agreement={agreement} />
                  </li>
                )
              })}
            </ul>
          )
        }}
      </Asked>
    </div>
  )
}
