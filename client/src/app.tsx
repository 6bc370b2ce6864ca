// The client as one element: language, whose session it is, what the frame knows, and the routes.
import { RouterProvider } from '@tanstack/react-router'
import { FrameStatus } from './features/identity/FrameStatus.tsx'
import { SessionProvider } from './features/identity/Session.tsx'
import { LanguageProvider } from './i18n/Language.tsx'
import { router } from './routes.tsx'

export function App() {
  return (
    <LanguageProvider>
      <SessionProvider>
        <FrameStatus>
          <RouterProvider router={router} />
        </FrameStatus>
      </SessionProvider>
    </LanguageProvider>
  )
}
