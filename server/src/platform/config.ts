// Reads the settings once, at start, and says in plain words what to set when one is missing or wrong.
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What the hub keeps for itself where it is not given: the embedded database and the secret. */
export const DATA_FOLDER = fileURLToPath(new URL('../../../.data', import.meta.url))

const settings = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://').optional(),
  PUBLIC_URL: z.url().optional(),
  /** Key for slip codes and pledge receipts; made and kept beside the embedded data when absent. */
  HUB_SECRET: z.string().min(32, 'needs at least 32 characters, for instance from `openssl rand -hex 32`').optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DEMO: z.enum(['yes', 'no']).optional(),
  HOST: z.string().optional(),
  BEHIND_PROXY: z.enum(['yes', 'no']).default('no'),
  CONTACT: z.string().max(200).default(''),
  // A week has a weekend, when those who work away from home are there.
  CONFIRM_WITHIN_DAYS: z.coerce.number().int().min(1).max(90).default(7),
  FOLLOW_UP_WITHIN_DAYS: z.coerce.number().int().min(1).max(90).default(3),
})

export interface Config {
  production: boolean
  port: number
  /** The owner's URL of a server of one's own; null means the embedded one. */
  databaseUrl: string | null
  /** What QR codes and cookies go by, without a slash at the end; null until the port is known. */
  publicUrl: string | null
  secret: string | null
  logLevel: string
  /** Load invented people and accounts: always on the embedded server in development, elsewhere only when asked for. */
  demo: boolean
  host: string
  /** A proxy of one's own stands before the hub: the sender's address is what it adds to X-Forwarded-For. */
  behindProxy: boolean
  /** How people reach the office, shown in the footer and in the privacy notice. */
  contact: string
  /** Days in which the receiving side answers. */
  confirmWithinDays: number
  /** Days in which whoever is in charge looks into an answer, or into silence, before it goes one office up. */
  followUpWithinDays: number
}

/** @throws Error whose message lists every wrong setting, one a line. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = settings.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`Cấu hình chưa đúng / these settings are wrong:\n${lines.join('\n')}`)
  }
  const s = parsed.data
  const production = s.NODE_ENV === 'production'
  if (production && s.DATABASE_URL && !s.HUB_SECRET) {
    throw new Error('Hãy đặt HUB_SECRET (ít nhất 32 ký tự) / set HUB_SECRET (at least 32 characters): slip codes are keyed with it.')
  }
  const demo = s.DEMO ? s.DEMO === 'yes' : !s.DATABASE_URL && !production
  return {
    production,
    port: s.PORT,
    databaseUrl: s.DATABASE_URL ?? null,
    publicUrl: s.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    secret: s.HUB_SECRET ?? null,
    logLevel: s.LOG_LEVEL,
    demo,
    // Demonstration accounts have printed passwords, so they are never offered beyond this machine.
    host: demo ? '127.0.0.1' : (s.HOST ?? '0.0.0.0'),
    behindProxy: s.BEHIND_PROXY === 'yes',
    contact: s.CONTACT,
    confirmWithinDays: s.CONFIRM_WITHIN_DAYS,
    followUpWithinDays: s.FOLLOW_UP_WITHIN_DAYS,
  }
}
