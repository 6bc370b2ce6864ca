// `npm start`: makes what is missing, then runs the hub until Ctrl-C or SIGTERM. Safe to repeat.
import { readFileSync } from 'node:fs'
import { say, setUp } from './set-up.mjs'

await setUp()

// One Ctrl-C may arrive twice, from the terminal and through npm: only the hub's own listener may end this process.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})
if (process.env.npm_lifecycle_event) stopWithNpm()

say('Khởi động', 'Starting')
await import('tsx')
await import('../server/src/main.ts')

/**
 * A SIGTERM to npm ends the shell between npm and us, a SIGKILL ends npm, and neither is passed on: without this, the hub would
 * stay behind with port and data.
 */
function stopWithNpm() {
  const parent = process.ppid
  const npm = grandparentIfShell() ?? parent
  const watch = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 100).unref()
}

/** npm runs a script in a shell, which on some systems stays as our parent. */
function grandparentIfShell() {
  try {
    const parent = (file) => readFileSync(`/proc/${process.ppid}/${file}`, 'utf8')
    if (parent('cmdline').includes('start.mjs')) return Number(parent('stat').split(') ').at(-1).split(' ')[1])
  } catch {
    return undefined // no such files outside Linux
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
