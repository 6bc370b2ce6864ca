// `npm start`: makes what is missing, then runs the hub until Ctrl-C or SIGTERM. Safe to repeat.
//
// package.json calls it by `exec`, so that no shell stands between npm and the hub: a shell keeps SIGINT to itself and dies of
// SIGTERM alone. Windows knows no `exec` and goes on to what stands behind `||`.
import { say, setUp } from './set-up.mjs'

await setUp()

// One Ctrl-C may arrive twice, from the terminal and through npm: once the hub has heard it, the hub alone ends this process.
let isHeard = false
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, (_, number) => {
    isHeard ||= process.listenerCount(signal) > 1
    if (!isHeard) process.exit(128 + number)
  })
if (process.env.npm_lifecycle_event) stopWithNpm()

say('Khởi động', 'Starting')
await import('tsx')
await import('../server/src/main.ts')

/** A SIGKILL to npm reaches nobody else: without this, the hub would stay behind with port and data. */
function stopWithNpm() {
  const npm = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 200).unref()
}
