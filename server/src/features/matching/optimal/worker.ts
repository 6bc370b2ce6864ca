// Matches a batch both ways in a thread of its own.
import { Worker } from 'node:worker_threads'
import type { Batch } from './batch.ts'
import type { Method, Result } from './match.ts'

/** No batch that fits in memory takes so long. */
const DEADLINE_MS = 120_000

// tsx reads TypeScript for the main thread alone; a thread has to ask for it itself.
const BOOT = `import('tsx/esm/api').then(({ tsImport }) => tsImport(${JSON.stringify(new URL('./thread.ts', import.meta.url).href)}, ${JSON.stringify(import.meta.url)}))`

/** @throws Error when the batch cannot be matched exactly, or not in time */
export function matchInThread(batch: Batch): Promise<Record<Method, Result>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(BOOT, { eval: true, workerData: batch })
    const late = setTimeout(() => {
      reject(new Error('Matching took too long'))
      void worker.terminate()
    }, DEADLINE_MS)
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => {
      clearTimeout(late)
      reject(new Error('Matching ended without a result'))
    })
  })
}
