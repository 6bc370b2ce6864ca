// `npm run admin -- --login ban.quantri --name "…"`: opens an administrator's account on one's own database and prints its one-time
// password. Safe to repeat: a login that is taken is refused.
import { parseArgs } from 'node:util'
import { visitor } from '../server/src/access/viewer.ts'
import { createFirstAdmin } from '../server/src/features/identity/accounts.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { connect } from '../server/src/platform/db.ts'
import { Failure } from '../server/src/platform/failure.ts'
import { createLog } from '../server/src/platform/log.ts'
import { migrate } from '../server/src/platform/migrate.ts'

const say = (vi: string, en: string) => console.log(`• ${vi} / ${en}`)

async function main(): Promise<void> {
  const { values: { login, name } } = parseArgs({ options: { login: { type: 'string' }, name: { type: 'string' } } })
  if (!login || !name) {
    throw new Error('Cách dùng / usage: npm run admin -- --login ban.quantri --name "Họ và tên"')
  }
  const config = readConfig(process.env)
  if (!config.databaseUrl) {
    throw new Error('Hãy đặt DATABASE_URL tới cơ sở dữ liệu của hệ thống / set DATABASE_URL to the hub\'s database.')
  }
  await migrate(config.databaseUrl, console.log)
  const db = await connect(config.databaseUrl)
  try {
    const oneTimePassword = await createFirstAdmin({ viewer: visitor, db, config, log: createLog(config.logLevel) }, { login, displayName: name })
    say(`Đã mở tài khoản quản trị «${login}»`, `Opened the administrator's account "${login}"`)
    say(`Mật khẩu dùng một lần: ${oneTimePassword}`, `One-time password: ${oneTimePassword}`)
    say('Đăng nhập rồi đổi mật khẩu; mật khẩu này không được lưu ở đâu', 'Sign in and change it; it is stored nowhere')
  } finally {
    await db.close()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Failure ? `• ${error.sentence.vi} / ${error.sentence.en}` : error instanceof Error ? error.message : error)
  process.exitCode = 1
})
