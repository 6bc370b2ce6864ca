// The hot read when answers may be kept: beside the floor, which keeps none; then while 100 pledges a second change all over the province.
import { setTimeout as delay } from 'node:timers/promises'
import { hotReads } from '../hot-read.ts'
import { type Variant, answerOf, measure as measureVariants } from '../measure.ts'
import { startHub, startPeer, startProcess } from '../processes.ts'
import { type Measure, row } from '../row.ts'

const WRITES = 100

export const measure: Measure = async (bench) => {
  const asks = await hotReads(bench.ownerUrl)
  const variants: [Variant, Variant] = [
    { name: 'hub', peer: await startHub(bench.ownerUrl, 'kept'), asks },
    { name: 'floor', peer: await startPeer('peers/floor.ts', { OWNER_URL: bench.ownerUrl }), asks },
  ]
  for (const ask of asks) await answerOf(variants[0], ask) // from now on all are kept
  const calm = await measureVariants(bench, variants)
  const writer = startProcess('load/writes.ts', { OWNER_URL: bench.ownerUrl, WRITES: String(WRITES) })
  await delay(1_000) // it connects
  const stormy = await measureVariants(bench, variants)
  await writer.stop()
  return [
    row('public answer from the cache : floor', calm.ratio('hub', 'floor'), { atLeast: 7 }, `${asks.length} answers kept: ${calm.of('hub', 'floor')}`),
    row(`the same, ${WRITES} writes a second clearing it : floor`, stormy.ratio('hub', 'floor'), { atLeast: 3 }, stormy.of('hub', 'floor')),
  ]
}
