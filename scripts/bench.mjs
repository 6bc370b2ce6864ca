// `npm run bench`: makes what is missing, then measures; arguments go to the bench. What it makes says so on stderr: stdout is for the rows.
import { setUp } from './set-up.mjs'

delete process.env.NODE_ENV // production would leave the peers' packages out
await setUp({ tests: true })
await import('tsx')
await import('../tests/bench/run.ts')
