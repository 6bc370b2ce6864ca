// Reads the settings once, at start, and says in plain words what to set when one is missing or wrong.
import { domainToASCII, fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Sentence } from './failure.ts'
import { hostIn, isLocalUrl, isNear } from './hosts.ts'

/** What the hub keeps for itself where it is not given: the embedded database and the secret. */
export const DATA_FOLDER = fileURLToPath(new URL('../../../.data', import.meta.url))

const say = ({ vi, en }: Sentence) => `${vi} / ${en}`

const settings = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://').optional(),
  PUBLIC_URL: z.string().optional(),
  ALLOWED_HOSTS: z.string().default(''),
  /** Key for slip codes; made and kept beside the embedded data when absent. */
  HUB_SECRET: z.string().min(32, 'needs at least 32 characters, for instance from `openssl rand -hex 32`').optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DEMO: z.enum(['yes', 'no']).optional(),
  HOST: z.string().optional(),
  BEHIND_PROXY: z.string().regex(/^(yes|no|\d)$/, say({ vi: 'là số proxy đứng trước hệ thống, ví dụ 0, 1 hoặc 2', en: 'is how many proxies stand before the hub, for instance 0, 1 or 2' })).optional(),
  CONTACT: z.string().max(200).default(''),
  // A week has a weekend, when those who work away from home are there.
  CONFIRM_WITHIN_DAYS: z.coerce.number().int().min(1).max(90).default(7),
  FOLLOW_UP_WITHIN_DAYS: z.coerce.number().int().min(1).max(90).default(3),
})
type Settings = z.infer<typeof settings>

export interface Config {
  production: boolean
  port: number
  /** The owner's URL of a server of one's own; null means the embedded one. */
  databaseUrl: string | null
  /** What QR codes and cookies go by: scheme and host, without a slash at the end; null until the port is known. */
  publicUrl: string | null
  /** Names of the hub beside PUBLIC_URL's and this machine's own. */
  allowedHosts: string[]
  secret: string | null
  logLevel: string
  /** Load invented people and accounts: on the embedded server in development, elsewhere only when asked for; in production never. */
  demo: boolean
  /** Pages say that people and figures are invented. */
  marksDemonstration: boolean
  host: string
  /** So many proxies of one's own stand before the hub, each of which adds the address it was asked from to X-Forwarded-For. */
  proxies: number
  /** How people reach the office, shown in the footer and in the privacy notice. */
  contact: string
  /** Days in which the receiving side answers. */
  confirmWithinDays: number
  /** Days in which whoever is in charge looks into an answer, or into silence, before it goes one office up. */
  followUpWithinDays: number
}

const LOOPBACK = '127.0.0.1'

/**
 * What a demonstration has left opens a door: its accounts have a password that is printed. So they are open in development alone, to
 * this machine alone; a public address means that others come in through a proxy, and then only where the demonstration is asked for.
 */
export const opensDemonstration = ({ production, host, demo, publicUrl }: Pick<Config, 'production' | 'host' | 'demo' | 'publicUrl'>): boolean =>
  !production && [LOOPBACK, '::1', 'localhost'].includes(host) && (demo || publicUrl === null || isLocalUrl(publicUrl))

/** @throws Error whose message lists every wrong setting, one a line. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = settings.safeParse(given)
  const wrong = parsed.success ? wrongIn(parsed.data) : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  if (!parsed.success || wrong.length > 0) refuse(wrong)
  const s = parsed.data
  const production = s.NODE_ENV === 'production'
  const demo = s.DEMO ? s.DEMO === 'yes' : !s.DATABASE_URL && !production
  return {
    production,
    port: s.PORT,
    databaseUrl: s.DATABASE_URL ?? null,
    publicUrl: s.PUBLIC_URL === undefined ? null : new URL(s.PUBLIC_URL).origin,
    allowedHosts: namesIn(s.ALLOWED_HOSTS).map((name) => hostIn(name)!.name),
    secret: s.HUB_SECRET ?? null,
    logLevel: s.LOG_LEVEL,
    demo,
    marksDemonstration: demo,
    host: demo ? LOOPBACK : (s.HOST ?? '0.0.0.0'),
    proxies: s.BEHIND_PROXY === 'yes' ? 1 : Number(s.BEHIND_PROXY?.replace('no', '0') ?? 0),
    contact: s.CONTACT,
    confirmWithinDays: s.CONFIRM_WITHIN_DAYS,
    followUpWithinDays: s.FOLLOW_UP_WITHIN_DAYS,
  }
}

/** The settings of a hub that is about to serve: in production, what it cannot guess must be said. @throws Error as `readConfig` */
export function readServingConfig(env: Record<string, string | undefined>): Config {
  const config = readConfig(env)
  const missing = config.production ? MUST_BE_SAID.filter(({ name, unless }) => !env[name] && !unless?.(config)).map(({ name, vi, en }) => `${name}: ${say({ vi, en })}`) : []
  if (missing.length > 0) refuse(missing)
  return config
}

const MUST_BE_SAID: { name: string; vi: string; en: string; unless?: (config: Config) => boolean }[] = [
  {
    name: 'PUBLIC_URL',
    vi: 'hãy đặt địa chỉ mà mọi người mở, ví dụ https://chungtay.example.vn; mã QR, cookie và tên miền được nhận đều theo địa chỉ này',
    en: 'set the address that people open, for instance https://chungtay.example.vn; QR codes, cookies and the host that is answered go by it',
  },
  {
    name: 'BEHIND_PROXY',
    vi: 'hãy đặt số proxy đứng trước hệ thống: 0 nếu mọi người nối thẳng tới, 1 nếu có một proxy, 2 nếu có thêm một proxy TLS hay CDN',
    en: 'set how many proxies stand before the hub: 0 when people connect to it directly, 1 for one proxy, 2 with one more that ends TLS or a CDN',
  },
  {
    name: 'HUB_SECRET',
    vi: 'hãy đặt một chuỗi ít nhất 32 ký tự, ví dụ từ `openssl rand -hex 32`, và giữ lại; các phiếu giấy dùng nó làm khóa',
    en: "set at least 32 characters, for instance from `openssl rand -hex 32`, and keep them; paper slips are keyed with them",
    unless: ({ databaseUrl }) => databaseUrl === null, // made and kept beside the embedded data
  },
]

function refuse(lines: string[]): never {
  throw new Error(`Cấu hình chưa đúng / these settings are wrong:\n${lines.map((line) => `  ${line}`).join('\n')}`)
}

const namesIn = (list: string) => list.split(/[\s,]+/).filter(Boolean).map((name) => (/^[\p{L}\p{M}\d.-]+$/u.test(name) && domainToASCII(name)) || name)

/** What each setting alone cannot tell. */
function wrongIn(s: Settings): string[] {
  const production = s.NODE_ENV === 'production'
  const wrong: string[] = []
  if (production && s.DEMO === 'yes') {
    wrong.push(`DEMO: ${say({
      vi: 'dữ liệu minh họa không chạy cùng NODE_ENV=production, vì mật khẩu của nó ai cũng biết; hãy bỏ một trong hai',
      en: 'the demonstration does not run with NODE_ENV=production, since everyone knows its password; leave out one of the two',
    })}`)
  }
  const urlFault = s.PUBLIC_URL === undefined ? null : faultOfPublicUrl(s.PUBLIC_URL, production)
  if (urlFault) wrong.push(`PUBLIC_URL: ${say(urlFault)}`)
  for (const name of namesIn(s.ALLOWED_HOSTS)) {
    if (hostIn(name)?.port !== null) {
      wrong.push(`ALLOWED_HOSTS: ${say({ vi: `«${name}» không phải tên máy; chỉ ghi tên, không có https:// và số cổng`, en: `"${name}" is no host; give names alone, without https:// and port` })}`)
    }
  }
  return wrong
}

function faultOfPublicUrl(given: string, production: boolean): Sentence | null {
  if (!URL.canParse(given) || !/^https?:\/\//i.test(given)) {
    return { vi: 'hãy ghi đủ địa chỉ, ví dụ https://chungtay.example.vn', en: 'give a whole address, for instance https://chungtay.example.vn' }
  }
  const url = new URL(given)
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password || hostIn(url.host) === null) {
    return {
      vi: `chỉ ghi giao thức và tên miền, ví dụ ${url.protocol}//${url.host}; hệ thống không chạy dưới một đường dẫn con`,
      en: `give scheme and host alone, for instance ${url.protocol}//${url.host}; the hub does not live below a path`,
    }
  }
  if (production && url.protocol === 'http:' && !isNear(url.hostname)) {
    return {
      vi: `hãy dùng https://${url.host}: qua http, mật khẩu và phiếu của các hộ đi qua Internet mà ai cũng đọc được`,
      en: `use https://${url.host}: over http, passwords and slips would cross the Internet for all to read`,
    }
  }
  return null
}
