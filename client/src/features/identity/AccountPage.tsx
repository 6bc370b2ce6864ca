// One's own account: the password, every browser that is signed in, and how to end them all.
import { Link } from '@tanstack/react-router'
import { useMutation, useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { wordsOf } from '../../graphql/problem.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { When } from '../../ui/Figure.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { browserOf } from './browser-name.ts'
import { ChangePasswordForm } from './ChangePasswordForm.tsx'
import { NotSignedIn } from './NotSignedIn.tsx'
import { forgetDrafts } from './drafts.ts'
import { startOver } from './start-over.ts'
import { firstPageOf, ViewerRoles } from './viewer.ts'

const AccountQuery = graphql(
  `
    query OwnAccount {
      viewer {
        ...ViewerRoles
        account {
          login
        }
        sessions {
          id
          createdAt
          lastSeenAt
          userAgent
          isCurrent
        }
      }
    }
  `,
  [ViewerRoles],
)

const RevokeSession = graphql(`
  mutation RevokeSession($input: RevokeSessionInput!) {
    revokeSession(input: $input) {
      problem {
        code
        message
      }
    }
  }
`)

const SignOut = graphql(`
  mutation SignOut {
    signOut {
      problem {
        message
      }
    }
  }
`)

const SignOutEverywhere = graphql(`
  mutation SignOutEverywhere {
    signOutEverywhere {
      problem {
        message
      }
    }
  }
`)

type Viewer = NonNullable<ResultOf<typeof AccountQuery>['viewer']>

export function AccountPage() {
  const [{ data, error }, ask] = useQuery({ query: AccountQuery, requestPolicy: 'cache-and-network' })
  const again = () => ask({ requestPolicy: 'network-only' })
  if (!data && error) return <div className="page page-narrow"><Failed {...wordsOf(error)} onRetry={again} /></div>
  if (!data) return <div className="page page-narrow page-pending"><Waiting count={5} /></div>
  if (!data.viewer) return <NotSignedIn returnTo="/tai-khoan" />
  return <Account viewer={data.viewer} again={again} />
}

function Account({ viewer, again }: { viewer: Viewer; again: () => void }) {
  const t = useTranslations('account')
  const { account, roles } = viewer
  const first = firstPageOf(viewer)
  return (
    <div className="page page-narrow">
      <PageHeading title={t('title')} above={t('title')} lede={t('login', { login: account.login })}>
        <bdi>{account.displayName}</bdi>
      </PageHeading>
      {account.mustChangePassword ? (
        <Notice tone="warn" live={false} title={t('mustChangeTitle')}>
          <p>{t('mustChange')}</p>
        </Notice>
      ) : (
        <>
          <ul role="list" className="row">
            {roles.map((role) => (
              <li key={role.id}>
                <Badge tone="info">{t(`role.${role.role}`)}{role.area && ` – ${role.area.fullName}`}</Badge>
              </li>
            ))}
          </ul>
          <div className="row">
            {first !== '/tai-khoan' && <LinkButton to={first} variant="primary" iconEnd="arrow-right">{t(first === '/cam-ket-cua-toi' ? 'toPledges' : 'toDesk')}</LinkButton>}
          </div>
        </>
      )}
      <Card as="section">
        <h2>{t('password')}</h2>
        <ChangePasswordForm login={account.login} onChanged={again} />
      </Card>
      {!account.mustChangePassword && <Sessions viewer={viewer} again={again} />}
      <SignOuts />
      <p><Link to="/quyen-rieng-tu">{t('privacy')}</Link></p>
    </div>
  )
}

function Sessions({ viewer, again }: { viewer: Viewer; again: () => void }) {
  const t = useTranslations('account')
  const toast = useToast()
  const [{ fetching }, revoke] = useMutation(RevokeSession)
  async function end(sessionId: string) {
    const { data, error } = await revoke({ input: { sessionId } })
    const problem = data?.revokeSession?.problem
    toast({ message: error ? (wordsOf(error).message ?? t('notSent')) : (problem?.message ?? t('ended')) })
    again()
  }
  return (
    <Card as="section">
      <h2>{t('sessions')}</h2>
      <p className="muted">{t('sessionsHint')}</p>
      <ul role="list" className="stack">
        {viewer.sessions.map((session) => (
          <li key={session.id} className="row">
            <span>
              <b>{browserOf(session.userAgent) ?? t('unknownBrowser')}</b> {session.isCurrent && <Badge tone="ok">{t('thisOne')}</Badge>}
              <br />
              <span className="muted">{t('lastSeen')} <When at={session.lastSeenAt} withTime /></span>
            </span>
            {!session.isCurrent && (
              <Button size="compact" busy={fetching} aria-label={t('endOf', { browser: browserOf(session.userAgent) ?? t('unknownBrowser') })} onClick={() => void end(session.id)}>
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function SignOuts() {
  const t = useTranslations('account')
  const toast = useToast()
  const [one, signOut] = useMutation(SignOut)
  const [all, signOutEverywhere] = useMutation(SignOutEverywhere)
  async function leave(act: typeof signOut | typeof signOutEverywhere) {
    const { error } = await act({})
    if (error) return toast({ message: wordsOf(error).message ?? t('notSent') })
    forgetDrafts()
    startOver('visitor', '/')
  }
  return (
    <div className="row">
      <Button busy={one.fetching} onClick={() => void leave(signOut)}>{t('signOut')}</Button>
      <Button variant="danger" busy={all.fetching} onClick={() => void leave(signOutEverywhere)}>{t('signOutEverywhere')}</Button>
    </div>
  )
}
