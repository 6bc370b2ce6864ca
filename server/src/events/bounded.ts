// A queue with a limit, from one producer that never waits to one consumer that does.

export class Bounded<T> {
  #items: T[] = []
  #limit: number
  #waiting: ((item: T | null) => void) | null = null
  #closed = false

  constructor(limit: number) {
    this.#limit = limit
  }

  /** False when the queue is full (the item is not kept) or closed. */
  put(item: T): boolean {
    if (this.#closed || this.#items.length >= this.#limit) return false
    if (this.#waiting) {
      this.#waiting(item)
      this.#waiting = null
    } else this.#items.push(item)
    return true
  }

  /** The next item; null once the queue is closed and empty, or was cleared while waiting. */
  take(): Promise<T | null> {
    if (this.#items.length) return Promise.resolve(this.#items.shift()!)
    if (this.#closed) return Promise.resolve(null)
    return new Promise((resolve) => (this.#waiting = resolve))
  }

  clear(): void {
    this.#items = []
    this.#waiting?.(null)
    this.#waiting = null
  }

  close(): void {
    this.#closed = true
    this.#waiting?.(null)
    this.#waiting = null
  }
}
