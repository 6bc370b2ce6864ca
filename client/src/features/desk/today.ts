// The day it is in Việt Nam, as forms and the API write it.
import { zone } from '../../ui/format.ts'

const written = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })

/** YYYY-MM-DD. */
export const today = (): string => written.format(new Date())
