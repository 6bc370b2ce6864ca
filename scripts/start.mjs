// `npm start`: makes what is missing, then runs the hub until Ctrl-C or SIGTERM. Safe to repeat.
import { say, setUp } from './set-up.mjs'

await setUp()

// One Ctrl-C may arrive twice, from the terminal and through npm: only the hub's own listener may end this process.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})

// npm cannot pass on a SIGKILL; when it is gone, nobody would stop the hub.
const npm = process.ppid
if (process.env.npm_lifecycle_event)
  setInterval(() => {
    if (process.ppid !== npm) process.kill(process.pid, 'SIGTERM')
  }, 1_000).unref()

say('Khởi động', 'Starting')
await import('tsx')
await import('../server/src/main.ts')
