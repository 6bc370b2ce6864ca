// Keeps answers to visitors, which are the same for all of them, until something changes in the places that they were made of.
import { createHash } from 'node:crypto'
import type { Database } from '../platform/db.ts'
import type { Places } from './places.ts'

/** A finished answer. */
export interface Answer {
  /** The whole body, UTF-8. */
  bytes: Buffer
  etag: string
  /** False as soon as something changed in one of its places. */
  isCurrent: boolean
}

export interface PublicAnswers {
  /** The answer kept under the key, or else the one that `make` gives; many who ask at once are answered by one making. */
  answer(key: string, places: Places, make: () => Promise<string>): Promise<Answer>
  close(): Promise<void>
}

interface Kept {
  places: Places
  made: Promise<Answer>
  answer: Answer | null
  isCurrent: boolean
  size: number
}

const KEPT_BYTES = 64 * 1024 * 1024
/** Days turn without a word from the database. */
const KEPT_MS = 60_000
/** Of the bookkeeping around an answer. */
const ENTRY_BYTES = 500

export async function keepPublicAnswers(db: Database): Promise<PublicAnswers> {
  const all = new Map<string, Kept>()
  const byPlace = new Map<string, Map<string, Kept>>()
  let bytes = 0
  // Without ears nothing is known to be current.
  let isDeaf = false

  function forget(key: string, kept: Kept) {
    kept.isCurrent = false
    if (kept.answer) kept.answer.isCurrent = false
    if (all.get(key) === kept) all.delete(key)
    bytes -= kept.size
    kept.size = 0
    for (const place of kept.places) {
      const there = byPlace.get(place)
      if (there?.get(key) === kept) there.delete(key)
      if (there?.size === 0) byPlace.delete(place)
    }
  }

  function forgetAll() {
    for (const [key, kept] of [...all]) forget(key, kept)
  }

  /** `changed`: paths of areas, from the province down; an answer is of an area and all below it. */
  function forgetPlaces(changed: string) {
    if (changed === '') return forgetAll()
    const places = new Set(['', ...changed.split(',').flatMap((path) => path.split('.'))])
    for (const place of places) for (const [key, kept] of [...(byPlace.get(place) ?? [])]) forget(key, kept)
  }

  const stop = await db.listen('chungtay_changed', (changed) => {
    if (changed === '') isDeaf = false
    forgetPlaces(changed)
  }, () => {
    isDeaf = true
    forgetAll()
  })

  return {
    answer(key, places, make) {
      const known = all.get(key)
      if (known) {
        all.delete(key)
        all.set(key, known)
        return known.made
      }
      // It is known to whoever forgets before the database is asked: a change that the statement does not see finds it.
      // One that is begun deaf is known to nobody, and stays so when ears are back meanwhile.
      const kept: Kept = { places, made: undefined as never, answer: null, isCurrent: !isDeaf, size: 0 }
      kept.made = make().then((text) => {
        const whole = Buffer.from(`{"data":${text}}`)
        const answer = { bytes: whole, etag: `"${createHash('sha256').update(whole).digest('base64url').slice(0, 22)}"`, isCurrent: kept.isCurrent }
        kept.answer = answer
        if (kept.isCurrent) {
          kept.size = whole.length + ENTRY_BYTES
          bytes += kept.size
          setTimeout(forget, KEPT_MS, key, kept).unref()
          for (const [oldest, old] of all) {
            if (bytes <= KEPT_BYTES) break
            forget(oldest, old)
          }
        }
        return answer
      }, (error: unknown) => {
        forget(key, kept)
        throw error
      })
      if (!isDeaf) {
        all.set(key, kept)
        for (const place of places) byPlace.set(place, (byPlace.get(place) ?? new Map()).set(key, kept))
      }
      return kept.made
    },
    close: stop,
  }
}
