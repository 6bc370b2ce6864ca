// The addresses of the officer's desk, all under /cb; nothing of it is fetched by anyone else.
import { createRoute, lazyRouteComponent, type AnyRootRoute } from '@tanstack/react-router'
import { withWords } from '../i18n/words.ts'

/** What the addresses may carry after the question mark: a filter and the thing that is open. */
export interface DeskSearch {
  /** A filter: the state of pledges, the step of deliveries. */
  loc?: string | undefined
  /** What is chosen in a list. */
  chon?: string | undefined
  /** A period of a review. */
  tu?: string | undefined
  den?: string | undefined
}

const words = (search: Record<string, unknown>): DeskSearch => {
  const word = (name: keyof DeskSearch) => (typeof search[name] === 'string' ? { [name]: search[name] } : {})
  return { ...word('loc'), ...word('chon'), ...word('tu'), ...word('den') }
}

export function deskRoutes<Root extends AnyRootRoute>(root: Root) {
  const desk = createRoute({ getParentRoute: () => root, path: '/cb', component: lazyRouteComponent(withWords(['desk'], () => import('./desk/DeskLayout.tsx')), 'DeskLayout') })
  return desk.addChildren([
    createRoute({ getParentRoute: () => desk, path: '/', component: lazyRouteComponent(() => import('./desk/TodayPage.tsx'), 'TodayPage') }),
    createRoute({ getParentRoute: () => desk, path: '/cam-ket', validateSearch: words, component: lazyRouteComponent(() => import('./desk/PledgesPage.tsx'), 'PledgesPage') }),
    createRoute({ getParentRoute: () => desk, path: '/do-dau', validateSearch: words, component: lazyRouteComponent(() => import('./gaps/DeskAdoptionsPage.tsx'), 'DeskAdoptionsPage') }),
    createRoute({ getParentRoute: () => desk, path: '/ghep', validateSearch: words, component: lazyRouteComponent(() => import('./matching/MatchingPage.tsx'), 'MatchingPage') }),
    createRoute({ getParentRoute: () => desk, path: '/ghep/dot', component: lazyRouteComponent(() => import('./matching/BatchPage.tsx'), 'BatchPage') }),
    createRoute({ getParentRoute: () => desk, path: '/giao-nhan', validateSearch: words, component: lazyRouteComponent(() => import('./deliveries/DeliveriesPage.tsx'), 'DeliveriesPage') }),
    createRoute({ getParentRoute: () => desk, path: '/giao-nhan/$id', component: lazyRouteComponent(() => import('./deliveries/AllocationPage.tsx'), 'AllocationPage') }),
    createRoute({ getParentRoute: () => desk, path: '/giao-nhan/$id/dan', component: lazyRouteComponent(() => import('./herds/HerdPage.tsx'), 'HerdPage') }),
    createRoute({ getParentRoute: () => desk, path: '/ho', validateSearch: words, component: lazyRouteComponent(() => import('./households/RegisterPage.tsx'), 'RegisterPage') }),
    createRoute({ getParentRoute: () => desk, path: '/ho/them', component: lazyRouteComponent(() => import('./households/RegisterHouseholdPage.tsx'), 'RegisterHouseholdPage') }),
    createRoute({ getParentRoute: () => desk, path: '/ho/$id', component: lazyRouteComponent(() => import('./households/HouseholdPage.tsx'), 'HouseholdPage') }),
    createRoute({ getParentRoute: () => desk, path: '/viec-lam', component: lazyRouteComponent(() => import('./jobs/JobsKeptPage.tsx'), 'JobsKeptPage') }),
    createRoute({ getParentRoute: () => desk, path: '/kiem-diem', component: lazyRouteComponent(() => import('./plans/PlansPage.tsx'), 'PlansPage') }),
    createRoute({ getParentRoute: () => desk, path: '/kiem-diem/$id', validateSearch: words, component: lazyRouteComponent(() => import('./plans/ReviewPage.tsx'), 'ReviewPage') }),
    createRoute({ getParentRoute: () => desk, path: '/tai-khoan', component: lazyRouteComponent(() => import('./accounts/AccountsPage.tsx'), 'AccountsPage') }),
  ])
}
