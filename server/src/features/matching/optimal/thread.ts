// The thread that matches a batch, so that the hub goes on answering meanwhile.
import { parentPort, workerData } from 'node:worker_threads'
import type { Batch } from './batch.ts'
import { type Method, match } from './match.ts'

const { batch, method } = workerData as { batch: Batch; method: Method }
parentPort!.postMessage(match(batch, method))
