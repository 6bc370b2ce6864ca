// `npm run admin -- --login ban.quantri --name "…"`: opens an administrator's account, on the database of DATABASE_URL or else on the
// embedded one, and prints its one-time password. Safe beside a running hub, and to repeat: a login that is taken is refused.
import { parseArgs } from 'node:util'
import { visitor } from '../server/src/access/viewer.ts'
import { createFirstAdmin } from '../server/src/features/identity/accounts.ts'
import { type Config, DATA_FOLDER, readConfig } from '../server/src/platform/config.ts'
import { connect } from '../server/src/platform/db.ts'
import { DataInUse, startEmbeddedPostgres } from '../server/src/platform/embedded-postgres.ts'
import { Failure } from '../server/src/platform/failure.ts'
import { createLog } from '../server/src/platform/log.ts'
import { migrate } from '../server/src/platform/migrate.ts'

const tell = (line: string) => console.log(`• ${line}`)
const say = (vi: string, en: string) => tell(`${vi} / ${en}`)

async function main(): Promise<void> {
  const { values: { login, name } } = parseArgs({ options: { login: { type: 'string' }, name: { type: 'string' } } })
  if (!login || !name) {
    throw new Error('Cách dùng / usage: npm run admin -- --login ban.quantri --name "Họ và tên"')
  }
  const config = readConfig(process.env)
  if (config.databaseUrl) return openAdmin(config, config.databaseUrl, login, name)
  const postgres = await embeddedDatabase()
  await openAdmin(config, postgres.url, login, name).finally(postgres.stop)
}

async function openAdmin(config: Config, ownerUrl: string, login: string, name: string): Promise<void> {
  await migrate(ownerUrl, tell)
  const db = await connect(ownerUrl)
  try {
    const oneTimePassword = await createFirstAdmin({ viewer: visitor, db, config, log: createLog(config.logLevel) }, { login, displayName: name })
    say(`Đã mở tài khoản quản trị «${login}»`, `Opened the administrator's account "${login}"`)
    say(`Mật khẩu dùng một lần: ${oneTimePassword}`, `One-time password: ${oneTimePassword}`)
    say('Đăng nhập rồi đổi mật khẩu; mật khẩu này không được lưu ở đâu', 'Sign in and change it; it is stored nowhere')
  } finally {
    await db.close()
  }
}

/** A running hub's own, or one that runs for as long as this takes. */
async function embeddedDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  try {
    return await startEmbeddedPostgres({ directory: DATA_FOLDER, say: tell })
  } catch (error) {
    if (error instanceof DataInUse) return { url: error.url, stop: async () => {} }
    throw error
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Failure ? `• ${error.sentence.vi} / ${error.sentence.en}` : error instanceof Error ? error.message : error)
  process.exitCode = 1
})
