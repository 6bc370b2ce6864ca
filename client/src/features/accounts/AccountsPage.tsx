// Accounts, for administrators: who has one, what for; new ones, one-time passwords, roles given and taken.
import { useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Field } from '../../ui/Field.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { Asked } from '../desk/Asked.tsx'
import { MoreButton } from '../desk/MoreButton.tsx'
import { AccountCard } from './AccountCard.tsx'
import { accountFields } from './account-fields.ts'
import { CreateAccountForm } from './CreateAccountForm.tsx'
import { RightsChanges } from './RightsChanges.tsx'
import { OneTimePassword, type Secret } from './OneTimePassword.tsx'

const accountsQuery = graphql(
  `
    query DeskAccounts($search: String, $after: String) {
      accounts(search: $search, first: 20, after: $after) {
        totalCount
        nodes { ...DeskAccount }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [accountFields],
)

const PAUSE_MS = 300

export function AccountsPage() {
  const t = useTranslations('desk')
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  const [after, setAfter] = useState<string | null>(null)
  const [isCreating, setCreating] = useState(false)
  const [secret, setSecret] = useState<Secret | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => {
      setSearch(typed.trim())
      setAfter(null)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  const query = useQuery({ query: accountsQuery, variables: { search: search || null, after }, requestPolicy: 'cache-and-network' })
  const [{ fetching }, again] = query
  const reload = () => again({ requestPolicy: 'network-only' })
  return (
    <div className="desk-page">
      <PageHeading lede={t('accounts.lede')}>{t('accounts.title')}</PageHeading>
      {secret && <OneTimePassword secret={secret} onSeen={() => setSecret(null)} />}
      {isCreating ? (
        <Card as="section" aria-labelledby="create-account" className="desk-part">
          <h2 id="create-account">{t('accounts.create')}</h2>
          <CreateAccountForm
            onDone={(made) => {
              setCreating(false)
              setSecret(made)
              reload()
            }}
            onCancel={() => setCreating(false)}
          />
        </Card>
      ) : (
        <div>
          <Button variant="primary" icon="plus" onClick={() => setCreating(true)}>
            {t('accounts.create')}
          </Button>
        </div>
      )}
      <search>
        <Field name="account-search" label={t('accounts.search')} hint={t('accounts.searchHint')} optional>
          <TextInput type="search" required={false} value={typed} maxLength={80} onChange={(event) => setTyped(event.target.value)} />
        </Field>
      </search>
      <Asked query={query}>
        {({ accounts }) =>
          accounts.nodes.length === 0 ? (
            <Empty title={t('nothingFound')} />
          ) : (
            <div className="stack">
              <p className="muted">{t('accounts.count', { count: accounts.totalCount })}</p>
              <ul role="list" className="desk-list">
                {accounts.nodes.map((account) => (
                  <li key={account.id}>
                    <AccountCard account={account} onSecret={setSecret} />
                  </li>
                ))}
              </ul>
              <MoreButton pageInfo={accounts.pageInfo} isBusy={fetching} onMore={setAfter} />
            </div>
          )
        }
      </Asked>
      <RightsChanges />
    </div>
  )
}
