// The language of the page: Vietnamese unless English was chosen on this device.
import { useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { onSpoken, speak, spoken, type Language, type Messages } from './words.ts'

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language
    Messages: Messages
  }
}

const storageKey = 'language'

/** To be awaited before anything is drawn. */
export const speakChosenLanguage = () => speak(remembered() === 'en' ? 'en' : 'vi')

export function LanguageProvider({ children }: { children: ReactNode }) {
  const { language, messages } = useSyncExternalStore(onSpoken, spoken)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  return (
    <IntlProvider locale={language} messages={messages} timeZone="Asia/Ho_Chi_Minh">
      {children}
    </IntlProvider>
  )
}

export async function changeLanguage(language: Language): Promise<void> {
  await speak(language)
  remember(language)
}

// Storage is refused in some in-app browsers; the choice then lasts as long as the page.
function remembered(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

function remember(language: Language): void {
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    return
  }
}
