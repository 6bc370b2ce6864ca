// The hub as it runs in production, except that it takes any document and any number of sockets from this machine.
import { createApp } from '../../../server/src/app.ts'
import { readConfig } from '../../../server/src/platform/config.ts'
import { createLog } from '../../../server/src/platform/log.ts'
import { serveLive } from './live-server.ts'
import { OWNER_URL } from './serve.ts'

const config = readConfig({ NODE_ENV: 'production', DATABASE_URL: OWNER_URL, HUB_SECRET: 'of the bench alone, and long enough', PORT: '0', HOST: '127.0.0.1' })
const app = await createApp({ ownerUrl: OWNER_URL, config, log: createLog('silent'), trusted: null, patience: { socketsPerNetwork: 100_000 } })
serveLive(app.port)
