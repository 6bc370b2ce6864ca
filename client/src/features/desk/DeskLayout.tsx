// The frame of the officer's desk: who sits here and over which area, the ways to go, and a way in for those not signed in.
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { NotFoundPage } from '../../shell/NotFoundPage.tsx'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { LinkButton } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Asked } from './Asked.tsx'
import { DeskContext, type Desk, type DeskRole } from './desk-context.ts'
import './Desk.css'

const whoSits = graphql(`
  query DeskViewer {
    viewer {
      account { id displayName }
      roles { id role area { id fullName kind } }
    }
  }
`)

export function DeskLayout() {
  const query = useQuery({ query: whoSits, requestPolicy: 'cache-and-network' })
  return (
    <Asked query={query} shape="text">
      {({ viewer }) => (viewer ? <SignedIn viewer={viewer} /> : <SignInFirst />)}
    </Asked>
  )
}

function SignInFirst() {
  const t = useTranslations('desk')
  return (
    <div className="page page-narrow">
      <PageHeading title={t('title')}>{t('signInFirst')}</PageHeading>
      <Empty icon="lock" title={t('forOffices')} action={<LinkButton to="/dang-nhap" variant="primary">{t('signIn')}</LinkButton>}>
        {t('signInNote')}
      </Empty>
    </div>
  )
}

type Viewer = NonNullable<ResultOf<typeof whoSits>['viewer']>

function deskOf({ account, roles }: Viewer): Desk {
  const held = roles.map(({ role }) => role as string)
  const has = (...wanted: DeskRole[]) => wanted.some((role) => held.includes(role))
  // The widest office first: a province's officer may also hold one in a commune.
  const width = ['PROVINCE_OFFICER', 'COMMUNE_OFFICER', 'HAMLET_HEAD']
  const [office] = roles.filter(({ role, area }) => area && width.includes(role)).sort((one, other) => width.indexOf(one.role) - width.indexOf(other.role))
  return {
    name: account.displayName,
    accountId: account.id,
    roles: held.filter((role): role is DeskRole => [...width, 'ADMIN'].includes(role)),
    area: office?.area ?? null,
    isOfficer: has('COMMUNE_OFFICER', 'PROVINCE_OFFICER'),
    isOffice: has('HAMLET_HEAD', 'COMMUNE_OFFICER', 'PROVINCE_OFFICER'),
    isHead: has('HAMLET_HEAD'),
    isAdmin: has('ADMIN'),
  }
}

function SignedIn({ viewer }: { viewer: Viewer }) {
  const t = useTranslations('desk')
  const desk = useMemo(() => deskOf(viewer), [viewer])
  const page = useLocation({ select: ({ pathname }) => /^\/cb\/?([^/]*)/.exec(pathname)?.[1] })
  // An administrator manages accounts and nothing else; the first page sends them there.
  const isTheirs = page === 'tai-khoan' ? desk.isAdmin : desk.isOffice || page === ''
  if (desk.roles.length === 0) return <NoOffice />
  return (
    <DeskContext value={desk}>
      <div className="desk">
        <aside className="desk-side no-print" aria-label={t('sideLabel')}>
          <div className="desk-scope">
            <p className="desk-who">{desk.name}</p>
            <p className="muted">
              {desk.roles.map((role) => t(`role.${role}`)).join(', ')}
              {desk.area && (
                <>
                  {' · '}
                  <b>{desk.area.fullName}</b>
                </>
              )}
            </p>
          </div>
          <nav aria-label={t('nav')}>
            <ul role="list" className="desk-nav">
              {desk.isOffice && <Way to="/cb" icon="bell" label={t('today.title')} isExact />}
              {desk.isOfficer && <Way to="/cb/cam-ket" icon="hands" label={t('pledges.title')} />}
              {desk.isOfficer && <Way to="/cb/do-dau" icon="shield" label={t('adoptions.title')} />}
              {desk.isOfficer && <Way to="/cb/ghep" icon="route" label={t('match.title')} />}
              {desk.isOffice && <Way to="/cb/giao-nhan" icon="truck" label={t('deliver.title')} />}
              {desk.isOffice && <Way to="/cb/ho" icon="household" label={t('register.title')} />}
              {desk.isOffice && <Way to="/cb/viec-lam" icon="job" label={t('jobs.title')} />}
              {desk.isOfficer && <Way to="/cb/kiem-diem" icon="sprout" label={t('review.nav')} />}
              {desk.isAdmin && <Way to="/cb/tai-khoan" icon="user" label={t('accounts.title')} />}
            </ul>
          </nav>
        </aside>
        <div className="desk-main">
          {isTheirs ? <Outlet /> : page === 'tai-khoan' ? <NotFoundPage /> : <NoOffice />}
        </div>
      </div>
    </DeskContext>
  )
}

function NoOffice() {
  const t = useTranslations('desk')
  return (
    <div className="page page-narrow">
      <PageHeading>{t('title')}</PageHeading>
      <Empty icon="lock" title={t('noOffice')} action={<LinkButton to="/">{t('home')}</LinkButton>}>
        {t('noOfficeNote')}
      </Empty>
    </div>
  )
}

function Way({ to, icon, label, isExact = false }: { to: string; icon: IconName; label: string; isExact?: boolean }) {
  return (
    <li>
      <Link to={to} className="desk-way" activeOptions={{ exact: isExact, includeSearch: false }}>
        <Icon name={icon} />
        {label}
      </Link>
    </li>
  )
}
