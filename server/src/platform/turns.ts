// Turns at something scarce, fairly: so many at once, of each lane (a network, say) so many, and the lanes take turns however much one of them waits for.

export interface TurnOptions {
  atOnce: number
  perLane: number
  /** What may wait in one lane, and in all. */
  waitingPerLane: number
  waiting: number
}

export interface Turns {
  /** Runs when it is this lane's turn. @throws TooManyWaiting at once when there is no room to wait */
  take<T>(lane: string, run: () => Promise<T>): Promise<T>
}

export class TooManyWaiting extends Error {
  /** False: it is the whole queue that is full. */
  readonly isOwnLane: boolean
  constructor(isOwnLane: boolean) {
    super('too many are waiting for their turn')
    this.isOwnLane = isOwnLane
  }
}

interface Lane {
  running: number
  waiting: (() => void)[]
}

export function createTurns({ atOnce, perLane, waitingPerLane, waiting: mostWaiting }: TurnOptions): Turns {
  /** In the order of their turns. */
  const lanes = new Map<string, Lane>()
  let running = 0
  let waiting = 0

  function next() {
    for (const [name, lane] of lanes) {
      if (running >= atOnce) return
      if (lane.running >= perLane || lane.waiting.length === 0) continue
      lanes.delete(name)
      lanes.set(name, lane) // behind all others
      waiting -= 1
      running += 1
      lane.running += 1
      lane.waiting.shift()!()
    }
  }

  function done(name: string, lane: Lane) {
    running -= 1
    lane.running -= 1
    lanes.delete(name)
    if (lane.running > 0 || lane.waiting.length > 0) lanes.set(name, lane) // behind whoever came meanwhile
    next()
  }

  return {
    async take(name, run) {
      const lane = lanes.get(name) ?? { running: 0, waiting: [] }
      if (lane.waiting.length >= waitingPerLane) throw new TooManyWaiting(true)
      if (waiting >= mostWaiting) throw new TooManyWaiting(false)
      lanes.set(name, lane)
      await new Promise<void>((turn) => {
        lane.waiting.push(turn)
        waiting += 1
        next()
      })
      try {
        return await run()
      } finally {
        done(name, lane)
      }
    },
  }
}
