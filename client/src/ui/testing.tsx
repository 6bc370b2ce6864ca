// Draws a component for a test as a reader of Vietnamese would see it, and takes it away afterwards.
import { cleanup, render } from '@testing-library/react'
import type { ReactElement } from 'react'
import { afterEach } from 'vitest'
import { LanguageProvider } from '../i18n/Language.tsx'
import vi from '../i18n/vi.json'

afterEach(cleanup)

export function show(element: ReactElement): ReturnType<typeof render> {
  return render(element, { wrapper: ({ children }) => <LanguageProvider initial={{ language: 'vi', messages: vi }}>{children}</LanguageProvider> })
}
