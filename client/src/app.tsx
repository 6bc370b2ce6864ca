// The client as one element: language, what the frame knows, and the routes.
import { RouterProvider } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { LanguageProvider } from './i18n/Language.tsx'
import { router } from './routes.tsx'
import { nothingKnown, ShellStatusContext } from './shell/shell-status.ts'

export function App({ language }: { language: ComponentProps<typeof LanguageProvider>['initial'] }) {
  return (
    <LanguageProvider initial={language}>
      <ShellStatusContext value={nothingKnown}>
        <RouterProvider router={router} />
      </ShellStatusContext>
    </LanguageProvider>
  )
}
