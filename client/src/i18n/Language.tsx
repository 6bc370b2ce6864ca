// The two languages of the client: Vietnamese is always at hand, English is fetched when first asked for.
import { createContext, startTransition, use, useEffect, useState, type ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import vi from './vi.json'

export type Language = 'vi' | 'en'
export type Messages = typeof vi

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language
    Messages: Messages
  }
}

interface Spoken {
  language: Language
  messages: Messages
}

const storageKey = 'language'
const Switch = createContext<(language: Language) => Promise<void>>(async () => {})
const Current = createContext<Language>('vi')

/** The language chosen on this device, with its messages; Vietnamese when none was chosen. */
export async function chosenLanguage(): Promise<Spoken> {
  const language = remembered() === 'en' ? 'en' : 'vi'
  return { language, messages: await messagesOf(language) }
}

export function LanguageProvider({ initial, children }: { initial: Spoken; children: ReactNode }) {
  const [spoken, setSpoken] = useState(initial)
  useEffect(() => {
    document.documentElement.lang = spoken.language
  }, [spoken.language])

  async function change(language: Language) {
    const messages = await messagesOf(language)
    remember(language)
    startTransition(() => setSpoken({ language, messages }))
  }

  return (
    <Current value={spoken.language}>
      <Switch value={change}>
        <IntlProvider locale={spoken.language} messages={spoken.messages} timeZone="Asia/Ho_Chi_Minh">
          {children}
        </IntlProvider>
      </Switch>
    </Current>
  )
}

export function useLanguage(): { language: Language; changeLanguage: (language: Language) => Promise<void> } {
  return { language: use(Current), changeLanguage: use(Switch) }
}

async function messagesOf(language: Language): Promise<Messages> {
  return language === 'en' ? (await import('./en.json')).default : vi
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
