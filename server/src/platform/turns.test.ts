// Who gets its turn when, by what is let go and never by the clock.
import { describe, expect, test } from 'vitest'
import { TooManyWaiting, createTurns } from './turns.ts'

/** Work that goes on until it is let go, and the order in which it began. */
function workshop(options: Partial<Parameters<typeof createTurns>[0]> = {}) {
  const turns = createTurns({ atOnce: 2, perLane: 1, waitingPerLane: 100, waiting: 1_000, ...options })
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const take = (lane: string, name: string) => turns.take(lane, () => {
    begun.push(name)
    return new Promise<string>((end) => ends.set(name, () => end(name)))
  })
  const end = async (name: string) => {
    ends.get(name)!()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { take, end, begun }
}

describe('turns', () => {
  test('another lane is next, however many of one wait before it', async () => {
    const { take, end, begun } = workshop()
    const flood = Array.from({ length: 50 }, (_, i) => take('flood', `flood ${i}`))
    const one = take('hall', 'hall 0')
    await Promise.resolve()
    expect(begun).toEqual(['flood 0', 'hall 0'])
    const more = [take('hall', 'hall 1'), take('home', 'home 0')]
    await end('hall 0')
    expect(await one).toBe('hall 0')
    expect(begun).toEqual(['flood 0', 'hall 0', 'home 0'])
    await end('home 0')
    await end('flood 0')
    expect(begun).toEqual(['flood 0', 'hall 0', 'home 0', 'hall 1', 'flood 1'])
    expect(await flood[0]).toBe('flood 0')
    expect(await more[1]).toBe('home 0')
  })

  test('are never more than so many at once, and of one lane than so many', async () => {
    const { take, begun } = workshop({ atOnce: 3, perLane: 2 })
    for (const lane of ['a', 'a', 'a', 'b', 'b', 'c']) void take(lane, `${lane}${begun.length}`)
    await Promise.resolve()
    expect(begun).toHaveLength(3)
    expect(begun.filter((name) => name.startsWith('a'))).toHaveLength(2)
  })

  test('are refused at once when too many of the lane wait, or too many in all', async () => {
    const { take } = workshop({ atOnce: 1, waitingPerLane: 2, waiting: 3 })
    for (let i = 0; i < 3; i++) void take('a', `a${i}`)
    await expect(take('a', 'a3')).rejects.toEqual(new TooManyWaiting(true))
    void take('b', 'b0')
    await expect(take('c', 'c0')).rejects.toMatchObject({ isOwnLane: false })
  })

  test('go on after work that failed', async () => {
    const turns = createTurns({ atOnce: 1, perLane: 1, waitingPerLane: 10, waiting: 10 })
    const failed = turns.take('a', () => Promise.reject(new Error('broken')))
    const next = turns.take('a', () => Promise.resolve('done'))
    await expect(failed).rejects.toThrow('broken')
    expect(await next).toBe('done')
  })
})
