// The language is chosen once, remembered on the device, and told to the browser.
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useTranslations } from 'use-intl'
import { afterEach, expect, test } from 'vitest'
import { chosenLanguage, LanguageProvider, useLanguage } from './Language.tsx'

afterEach(() => {
  cleanup()
  localStorage.clear()
})

function Page() {
  const t = useTranslations('shell')
  const { changeLanguage } = useLanguage()
  return <button onClick={() => changeLanguage('en')}>{t('home')}</button>
}

test('Vietnamese comes first, whatever the browser prefers', async () => {
  expect((await chosenLanguage()).language).toBe('vi')
})

test('switching translates the page, tells the browser and is remembered', async () => {
  render(
    <LanguageProvider initial={await chosenLanguage()}>
      <Page />
    </LanguageProvider>,
  )
  await userEvent.click(screen.getByText('Trang chủ'))
  await screen.findByText('Home')
  expect(document.documentElement.lang).toBe('en')
  expect((await chosenLanguage()).language).toBe('en')
})
