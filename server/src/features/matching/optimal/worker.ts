// Matches a batch both ways in a thread of its own.
import { Worker } from 'node:worker_threads'
import type { Batch } from './batch.ts'
import type { Method, Result } from './match.ts'

/** No batch that fits in memory takes so long. */
const DEADLINE_MS = 120_000

// tsx reads TypeScript for the main thread alone; a thread has to ask for it itself.
const BOOT = `import('tsx/esm/api').then(({ tsImport }) => tsImport(${JSON.stringify(new URL('./thread.ts', import.meta.url).href)}, ${JSON.stringify(import.meta.url)}))`

/** Each answer is rejected when the batch cannot be matched exactly, or not in time. */
export interface Matching extends Record<Method, Promise<Result>> {
  /** Nobody wants the answers any more. */
  stop(): void
}

/** The greedy answer comes at once, the best one when it is found. */
export function matchInThread(batch: Batch): Matching {
  const worker = new Worker(BOOT, { eval: true, workerData: batch })
  const failed = new Promise<never>((_resolve, reject) => {
    const late = setTimeout(() => {
      reject(new Error('Matching took too long'))
      void worker.terminate()
    }, DEADLINE_MS)
    worker.once('error', reject)
    worker.once('exit', () => {
      clearTimeout(late)
      reject(new Error('Matching ended without a result'))
    })
    // A hub that closes waits for no answer.
    late.unref()
    worker.unref()
  })
  const answer = (method: Method) => {
    const found = new Promise<Result>((resolve) => worker.on('message', (told) => told.method === method && resolve(told.result as Result)))
    const either = Promise.race([found, failed])
    either.catch(() => {}) // whoever waits for it is told; nobody has to
    return either
  }
  return { greedy: answer('greedy'), optimal: answer('optimal'), stop: () => void worker.terminate() }
}
