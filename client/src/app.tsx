// The client as one element: language, whose session it is, what the frame knows, and the routes.
import { RouterProvider } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { FrameStatus } from './features/identity/FrameStatus.tsx'
import { SessionProvider } from './features/identity/Session.tsx'
import { LanguageProvider } from './i18n/Language.tsx'
import { router } from './routes.tsx'

export function App({ language }: { language: ComponentProps<typeof LanguageProvider>['initial'] }) {
  return (
    <LanguageProvider initial={language}>
      <SessionProvider>
        <FrameStatus>
          <RouterProvider router={router} />
        </FrameStatus>
      </SessionProvider>
    </LanguageProvider>
  )
}
