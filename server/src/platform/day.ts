// Calendar days in Viet Nam, as YYYY-MM-DD. Instants are UTC; days are days.

/** All of Viet Nam has been seven hours ahead, summer and winter, since 1975. */
const AHEAD_MS = 7 * 3_600_000

export const dayInVietNam = (at: Date = new Date()): string => new Date(at.getTime() + AHEAD_MS).toISOString().slice(0, 10)

/** Nobody who is told of here lived, or will live, on another; the database holds all of them, and so does every reader. */
const [FIRST, LAST] = ['1900-01-01', '2200-12-31'] as const

/** A day of the calendar, as YYYY-MM-DD. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && text >= FIRST && text <= LAST && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

/** The day n days (or months) after another. */
export function later(day: string, { days = 0, months = 0 }: { days?: number; months?: number }): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (months) {
    const wanted = date.getUTCDate()
    date.setUTCDate(1)
    date.setUTCMonth(date.getUTCMonth() + months)
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
    date.setUTCDate(Math.min(wanted, last))
  }
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** A SQL `date` for Prisma, which takes it as midnight UTC. */
export const asDate = (day: string): Date => new Date(`${day}T00:00:00Z`)

/** The day that Prisma read from a SQL `date`. */
export const asDay = (date: Date): string => date.toISOString().slice(0, 10)

/** dd/mm/yyyy, as people here write it. */
export const spoken = (day: string): string => day.slice(0, 10).split('-').reverse().join('/')
