// Every address of the client and the page it opens; each page is a chunk of its own, fetched when first wanted.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
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

export const router = createRouter({
  routeTree: root.addChildren([home, about, privacy]),
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

function PendingPage() {
  return (
    <div className="page page-pending">
      <Waiting count={5} />
    </div>
  )
}
