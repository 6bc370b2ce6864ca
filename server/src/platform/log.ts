// One JSON line an event, with only the fields named here: nothing personal can slip in.
import pino from 'pino'

export interface Fields {
  event: string
  requestId?: string
  /** Of a request: its method and the pattern it matched, never its path, which may hold a slip's code. */
  route?: string
  errorId?: string
  code?: string
  operation?: string
  status?: number
  milliseconds?: number
  port?: number
  url?: string
  role?: string
  count?: number
  reason?: string
  stack?: string
}

export interface Log {
  info(fields: Fields): void
  warn(fields: Fields): void
  error(fields: Fields): void
}

const ALLOWED = ['event', 'requestId', 'route', 'errorId', 'code', 'operation', 'status', 'milliseconds', 'port', 'url', 'role', 'count', 'reason', 'stack'] as const satisfies (keyof Fields)[]

export function createLog(level: string): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } })
  const allowed = (fields: Fields) => Object.fromEntries(ALLOWED.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]))
  return {
    info: (fields) => logger.info(allowed(fields)),
    warn: (fields) => logger.warn(allowed(fields)),
    error: (fields) => logger.error(allowed(fields)),
  }
}
