// Draws a component for a test as a reader of Vietnamese would see it, and takes it away afterwards.
import { cleanup, render } from '@testing-library/react'
import type { ReactElement } from 'react'
import { IntlProvider } from 'use-intl'
import { afterEach } from 'vitest'
import areas from '../i18n/vi/areas.json'
import desk from '../i18n/vi/desk.json'
import first from '../i18n/vi/first.json'
import giving from '../i18n/vi/giving.json'
import identity from '../i18n/vi/identity.json'

const messages = { ...first, ...areas, ...giving, ...identity, ...desk }

afterEach(cleanup)

export function show(element: ReactElement): ReturnType<typeof render> {
  return render(element, { wrapper: ({ children }) => <IntlProvider locale="vi" messages={messages} timeZone="Asia/Ho_Chi_Minh">{children}</IntlProvider> })
}
