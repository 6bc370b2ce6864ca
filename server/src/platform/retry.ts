// Recognises the failures after which PostgreSQL asks for the transaction to be run again, in every shape Prisma gives them.

const RETRY = new Set(['40001', '40P01', 'P2034'])

interface Shape {
  code?: unknown
  meta?: { code?: unknown; driverAdapterError?: unknown }
  cause?: unknown
  originalCode?: unknown
  message?: unknown
}

/** Every link of an error's chain of causes, Prisma's own detours included. */
export function* causes(error: unknown): Generator<Shape> {
  const seen = new Set<unknown>()
  const open: unknown[] = [error]
  while (open.length) {
    const next = open.pop()
    if (!next || typeof next !== 'object' || seen.has(next)) continue
    seen.add(next)
    const shape = next as Shape
    yield shape
    open.push(shape.cause, shape.meta, shape.meta?.driverAdapterError)
  }
}

/** A serialization failure or a deadlock. */
export function isRetryable(error: unknown): boolean {
  for (const { code, originalCode } of causes(error)) if (RETRY.has(String(code)) || RETRY.has(String(originalCode))) return true
  return false
}

/** Runs a whole transaction, up to five times when PostgreSQL asks for it. */
export async function retrying<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction()
    } catch (error) {
      if (attempt >= 5 || !isRetryable(error)) throw error
    }
  }
}

/** The name of the constraint that refused the write, if one did. */
export function brokenConstraint(error: unknown): string | null {
  for (const cause of causes(error)) {
    const constraint = (cause as { constraint?: unknown }).constraint
    if (typeof constraint === 'string') return constraint
    if (constraint && typeof constraint === 'object' && 'index' in constraint) return String(constraint.index)
    const named = typeof cause.message === 'string' ? /constraint [`"]([a-z_]+)[`"]/.exec(cause.message) : null
    if (named?.[1]) return named[1]
  }
  return null
}
