// The thread that matches a batch, so that the hub goes on answering meanwhile.
import { parentPort, workerData } from 'node:worker_threads'
import type { Batch } from './batch.ts'
import { match } from './match.ts'

const batch = workerData as Batch
parentPort!.postMessage({ greedy: match(batch, 'greedy'), optimal: match(batch, 'optimal') })
