// The thread that matches a batch, so that the hub goes on answering meanwhile: the greedy answer first, then the best one.
import { parentPort, workerData } from 'node:worker_threads'
import type { Batch } from './batch.ts'
import { match } from './match.ts'

const batch = workerData as Batch
for (const method of ['greedy', 'optimal'] as const) parentPort!.postMessage({ method, result: match(batch, method) })
