// Every address of the client and the page it opens; each page is a chunk of its own, fetched when first wanted.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { areaSearchParamsIn } from './features/areas/area-filters.ts'
import { deskRoutes } from './features/desk-routes.ts'
import { boardSearchIn } from './features/gaps/board-search.ts'
import { yearIn } from './features/giving-years/year-search.ts'
import { openingSearchIn } from './features/jobs/opening-search.ts'
import type { SignInSearch } from './features/identity/start-over.ts'
import { gapIn } from './features/pledges/gap-search.ts'
import { withWords } from './i18n/words.ts'
import { HomePage } from './pages/HomePage.tsx'
import { CrashPage } from './shell/CrashPage.tsx'
import { NotFoundPage } from './shell/NotFoundPage.tsx'
import { Shell } from './shell/Shell.tsx'
import { Waiting } from './ui/Waiting.tsx'

const root = createRootRoute({ component: Shell })

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage })

const about = createRoute({
  getParentRoute: () => root,
  path: '/gioi-thieu',
  component: lazyRouteComponent(() => import('./pages/AboutPage.tsx'), 'AboutPage'),
})

const privacy = createRoute({
  getParentRoute: () => root,
  path: '/quyen-rieng-tu',
  component: lazyRouteComponent(() => import('./pages/PrivacyPage.tsx'), 'PrivacyPage'),
})

const areas = createRoute({
  getParentRoute: () => root,
  path: '/thon',
  validateSearch: areaSearchParamsIn,
  component: lazyRouteComponent(withWords(['areas'], () => import('./features/areas/AreasPage.tsx')), 'AreasPage'),
})

const area = createRoute({
  getParentRoute: () => root,
  path: '/thon/$id',
  component: lazyRouteComponent(withWords(['areas'], () => import('./pages/AreaPage.tsx')), 'AreaPage'),
})

const openings = createRoute({
  getParentRoute: () => root,
  path: '/viec-lam',
  validateSearch: openingSearchIn,
  component: lazyRouteComponent(withWords(['openings'], () => import('./features/jobs/OpeningsPage.tsx')), 'OpeningsPage'),
})

const makePledge = createRoute({
  getParentRoute: () => root,
  path: '/chung-tay/$id',
  validateSearch: gapIn,
  component: lazyRouteComponent(withWords(['areas', 'giving'], () => import('./features/pledges/MakePledgePage.tsx')), 'MakePledgePage'),
})

const gaps = createRoute({
  getParentRoute: () => root,
  path: '/cho-thieu/$id',
  validateSearch: boardSearchIn,
  component: lazyRouteComponent(withWords(['areas', 'gaps'], () => import('./features/gaps/GapBoardPage.tsx')), 'GapBoardPage'),
})

const adoptArea = createRoute({
  getParentRoute: () => root,
  path: '/do-dau/$id',
  validateSearch: boardSearchIn,
  component: lazyRouteComponent(withWords(['areas', 'gaps', 'identity'], () => import('./features/gaps/AdoptPage.tsx')), 'AdoptPage'),
})

const myAdoptions = createRoute({
  getParentRoute: () => root,
  path: '/do-dau-cua-toi',
  component: lazyRouteComponent(withWords(['gaps', 'identity'], () => import('./features/gaps/MyAdoptionsPage.tsx')), 'MyAdoptionsPage'),
})

const pledgeReceipt = createRoute({
  getParentRoute: () => root,
  path: '/bien-nhan/$code',
  component: lazyRouteComponent(withWords(['giving'], () => import('./features/pledges/PledgeReceiptPage.tsx')), 'PledgeReceiptPage'),
})

const findPledge = createRoute({
  getParentRoute: () => root,
  path: '/theo-doi',
  component: lazyRouteComponent(withWords(['giving'], () => import('./features/pledges/FindPledgePage.tsx')), 'FindPledgePage'),
})

const followPledge = createRoute({
  getParentRoute: () => root,
  path: '/theo-doi/$code',
  component: lazyRouteComponent(withWords(['giving'], () => import('./pages/FollowPage.tsx')), 'FollowPage'),
})

const myPledges = createRoute({
  getParentRoute: () => root,
  path: '/cam-ket-cua-toi',
  component: lazyRouteComponent(withWords(['giving', 'identity'], () => import('./features/pledges/MyPledgesPage.tsx')), 'MyPledgesPage'),
})

const givingYear = createRoute({
  getParentRoute: () => root,
  path: '/cam-ket-cua-toi/tong-ket',
  validateSearch: yearIn,
  component: lazyRouteComponent(withWords(['giving', 'identity'], () => import('./features/giving-years/GivingYearPage.tsx')), 'GivingYearPage'),
})

const handOver = createRoute({
  getParentRoute: () => root,
  path: '/trao-tan-tay/$id',
  component: lazyRouteComponent(withWords(['giving', 'identity'], () => import('./features/pledges/HandOverPage.tsx')), 'HandOverPage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/dang-nhap',
  validateSearch: returnIn,
  component: lazyRouteComponent(withWords(['identity'], () => import('./features/identity/SignInPage.tsx')), 'SignInPage'),
})

const registerDonor = createRoute({
  getParentRoute: () => root,
  path: '/dang-ky',
  validateSearch: returnIn,
  component: lazyRouteComponent(withWords(['identity'], () => import('./features/identity/RegisterDonorPage.tsx')), 'RegisterDonorPage'),
})

const account = createRoute({
  getParentRoute: () => root,
  path: '/tai-khoan',
  component: lazyRouteComponent(withWords(['identity'], () => import('./features/identity/AccountPage.tsx')), 'AccountPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    home, about, privacy, areas, area, openings, gaps, adoptArea, myAdoptions, makePledge, pledgeReceipt, findPledge, followPledge, myPledges, givingYear, handOver, signIn, registerDonor, account, deskRoutes(root),
  ]),
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultPendingMinMs: 0,
  defaultPendingComponent: PendingPage,
  defaultErrorComponent: CrashPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** Where to go on after signing in: an address of this site, never another's; and why the page before has gone. */
function returnIn({ ve, vi }: Record<string, unknown>): SignInSearch {
  // Said of each, also where it is nothing: what a route leaves out stays as it stands in the address.
  return { ve: typeof ve === 'string' && /^\/(?![/\\])/.test(ve) ? ve : undefined, vi: vi === 'het' || vi === 'khac' ? vi : undefined }
}

function PendingPage() {
  return (
    <div className="page page-pending">
      <Waiting count={5} />
    </div>
  )
}
