// Starts peers and load clients, each a process of its own, and ends all of them, whatever happens to the bench.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Process {
  pid: number
  child: ChildProcess
  stop(): Promise<void>
}

/** A server under measurement. */
export interface Peer extends Process {
  name: string
  port: number
  url: string
}

const running = new Set<Process>()
const START_DEADLINE_MS = 60_000
const STOP_DEADLINE_MS = 15_000

/** `file` is relative to tests/bench, or absolute. A process of ours ends with this one: it hears its channel close. */
export function startProcess(file: string, env: Record<string, string> = {}, cwd = process.cwd()): Process {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL(file, import.meta.url))], {
    cwd, env: { ...process.env, NODE_ENV: 'production', ...env }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const started: Process = {
    pid: child.pid!,
    child,
    async stop() {
      running.delete(started)
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill()
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS)
      await ended
      clearTimeout(late)
    },
  }
  running.add(started)
  return started
}

/** The hub itself; `fresh` answers come from the database, `kept` ones from its cache where they may. */
export const startHub = (ownerUrl: string, answers: 'fresh' | 'kept') => startPeer('peers/hub.ts', { OWNER_URL: ownerUrl, ANSWERS: answers })

/** Starts a server that prints `{"port": …}` once it listens. */
export async function startPeer(file: string, env: Record<string, string>, name = file.replace(/^.*\/|\.ts$/g, '')): Promise<Peer> {
  const started = startProcess(file, env)
  const { child } = started
  const port = await new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${name} does not start`)), START_DEADLINE_MS)
    child.once('exit', (code, signal) => reject(new Error(`${name} ended with ${code ?? signal} before it was ready`)))
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const said = /^\{"port":(\d+)\}$/.exec(line)
      if (!said) return void process.stderr.write(`${name}: ${line}\n`)
      clearTimeout(late)
      resolve(Number(said[1]))
    })
  })
  return Object.assign(started, { name, port, url: `http://127.0.0.1:${port}` })
}

export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((each) => each.stop()))
}
