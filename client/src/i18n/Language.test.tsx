// The language is chosen once, remembered on the device, told to the browser, and spoken in every room.
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useLocale, useTranslations } from 'use-intl'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeLanguage, LanguageProvider, speakChosenLanguage } from './Language.tsx'
import { spoken, withWords } from './words.ts'

beforeEach(speakChosenLanguage)
afterEach(() => {
  cleanup()
  localStorage.clear()
})

function Page() {
  const t = useTranslations('shell')
  const other = useLocale() === 'vi' ? 'en' : 'vi'
  return <button onClick={() => changeLanguage(other)}>{t('home')}</button>
}

test('Vietnamese comes first, whatever the browser prefers', () => {
  expect(spoken().language).toBe('vi')
})

test('switching translates the page, tells the browser and is remembered', async () => {
  render(<LanguageProvider><Page /></LanguageProvider>)
  await userEvent.click(screen.getByText('Trang chủ'))
  await screen.findByText('Home')
  expect(document.documentElement.lang).toBe('en')
  await changeLanguage('vi')
  expect(spoken().language).toBe('vi')
  localStorage.setItem('language', 'en')
  await speakChosenLanguage()
  expect(spoken().language).toBe('en')
})

test('the words of a room come before its page, and change language with the rest', async () => {
  expect(spoken().messages).not.toHaveProperty('signIn')
  expect(await withWords(['identity'], async () => 'the page')()).toBe('the page')
  expect(spoken().messages.signIn.title).toBe('Đăng nhập')
  await changeLanguage('en')
  expect(spoken().messages.signIn.title).toBe('Sign in')
})

test('a room and another language that are asked for at the same time both hold in the end', async () => {
  await Promise.all([withWords(['giving'], async () => {})(), changeLanguage('en'), withWords(['areas'], async () => {})()])
  expect(spoken()).toMatchObject({ language: 'en', messages: { shell: { home: 'Home' }, receipt: {}, areas: { province: 'Province or city' } } })
})
