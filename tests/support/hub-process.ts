// A hub in a process of its own, as it runs in earnest: what several hubs promise together is tested on such.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { FreshDatabase } from './db.ts'
import { TEST_SECRET } from './template.ts'

export interface HubProcess {
  url: string
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>
}

const MAIN = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))
const START_WITHIN_MS = 120_000

const running = new Set<ChildProcess>()
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')))

/** `settings` as an operator gives them, beside those of every test. */
export async function startHubProcess({ ownerUrl }: Pick<FreshDatabase, 'ownerUrl'>, settings: Record<string, string> = {}): Promise<HubProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: ownerUrl, HUB_SECRET: TEST_SECRET, PORT: '0', HOST: '127.0.0.1', DEMO: 'no', LOG_LEVEL: 'info', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const ended = new Promise<void>((gone) => child.once('exit', () => {
    running.delete(child)
    gone()
  }))
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    await ended
  }
  const port = await new Promise<number>((started, failed) => {
    const said: string[] = []
    const refuse = (why: string) => () => failed(new Error([`the hub ${why}`, ...said].join('\n')))
    const late = setTimeout(refuse('does not start'), START_WITHIN_MS)
    child.once('exit', refuse('ended before it had started'))
    createInterface({ input: child.stderr! }).on('line', (line) => said.push(line))
    createInterface({ input: child.stdout! }).on('line', (line) => {
      said.push(line)
      const found = /"event":"started".*"port":(\d+)/.exec(line)
      if (!found) return
      clearTimeout(late)
      started(Number(found[1]))
    })
  })
  return { url: `http://127.0.0.1:${port}`, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}
