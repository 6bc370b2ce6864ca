// Our hub as it runs in production, but for two things: it runs any document, and ANSWERS=fresh keeps no answer for the next one who asks.
import { createApp } from '../../../server/src/app.ts'
import { readConfig } from '../../../server/src/platform/config.ts'
import { createLog } from '../../../server/src/platform/log.ts'
import { OWNER_URL, announce } from './serve.ts'

const config = readConfig({
  NODE_ENV: 'production', DATABASE_URL: OWNER_URL, HUB_SECRET: 'of the bench alone, and long enough', PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent',
})
const app = await createApp({ ownerUrl: OWNER_URL, config, log: createLog('silent'), trusted: null, keepAnswers: process.env.ANSWERS !== 'fresh' })
announce(app.port)
