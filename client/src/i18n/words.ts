// What the client says, by language and by room: the words of the first page come with it, a room's words with its pages.
import type areas from './vi/areas.json'
import type desk from './vi/desk.json'
import first from './vi/first.json'
import type gaps from './vi/gaps.json'
import type giving from './vi/giving.json'
import type identity from './vi/identity.json'
import type openings from './vi/openings.json'

export type Language = 'vi' | 'en'
export type Room = 'areas' | 'giving' | 'gaps' | 'identity' | 'openings' | 'desk'
export type Messages = typeof first & typeof areas & typeof giving & typeof gaps & typeof identity & typeof openings & typeof desk

interface Spoken {
  language: Language
  /** The rooms whose words `messages` holds; a page is drawn only once its rooms are among them. */
  rooms: readonly Room[]
  messages: Messages
}

const words: Record<Language, Record<'first' | Room, () => Promise<{ default: object }>>> = {
  vi: {
    first: async () => ({ default: first }),
    areas: () => import('./vi/areas.json'),
    giving: () => import('./vi/giving.json'),
    gaps: () => import('./vi/gaps.json'),
    identity: () => import('./vi/identity.json'),
    openings: () => import('./vi/openings.json'),
    desk: () => import('./vi/desk.json'),
  },
  en: {
    first: () => import('./en/first.json'),
    areas: () => import('./en/areas.json'),
    giving: () => import('./en/giving.json'),
    gaps: () => import('./en/gaps.json'),
    identity: () => import('./en/identity.json'),
    openings: () => import('./en/openings.json'),
    desk: () => import('./en/desk.json'),
  },
}

let now: Spoken = { language: 'vi', rooms: [], messages: first as Messages }
const listeners = new Set<() => void>()

export const spoken = () => now
export function onSpoken(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const speak = (language: Language) => become(({ rooms }) => ({ language, rooms }))

/** Fetches a page and, beside it, the words of the rooms that it speaks of. */
export const withWords = <Page>(rooms: readonly Room[], page: () => Promise<Page>) => async (): Promise<Page> =>
  (await Promise.all([page(), become(({ language, rooms: open }) => ({ language, rooms: [...new Set([...open, ...rooms])] }))]))[0]

let turn: Promise<unknown> = Promise.resolve()

/** One after the other: a change of language and a new room that are asked for together both hold in the end. */
function become(next: (now: Spoken) => Omit<Spoken, 'messages'>): Promise<void> {
  const done = turn.then(async () => {
    const { language, rooms } = next(now)
    if (language === now.language && rooms.length === now.rooms.length) return
    const parts = await Promise.all((['first', ...rooms] as const).map((room) => words[language][room]()))
    now = { language, rooms, messages: Object.assign({}, ...parts.map((part) => part.default)) as Messages }
    for (const listener of listeners) listener()
  })
  turn = done.catch(() => {})
  return done
}
