// Hashes passwords and PINs, two at a time: each takes 19 MiB and some 30 ms of a core.
import { hash, verify } from '@node-rs/argon2'
import { limited } from '../../platform/failure.ts'
import { passwordIn } from './rules.ts'

// Argon2id at the least cost that OWASP's Password Storage Cheat Sheet (2025) names.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const AT_ONCE = 2
// Three seconds' work; whoever comes later had better come again.
const MAX_WAITING = 200

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) {
      throw limited(5, 'Đang có quá nhiều người đăng nhập. Hãy đợi vài giây rồi thử lại.', 'Too many people are signing in right now. Wait a few seconds, then try again.')
    }
    await new Promise<void>((turn) => waiting.push(turn))
  } else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

export const hashPassword = (password: string) => inTurn(() => hash(passwordIn(password), COST))

// Of 32 random bytes that nobody kept.
const NOBODYS = '$argon2id$v=19$m=19456,t=2,p=1$d0Q0g58WOXNLw0iQcNuMKw$u8biy3MC9+9zNMZ9s9QbD75P3zOdI0pmFFtI+7lTnTQ'

/** Whether the password is the one that was hashed. Without a hash it takes as long and says no: nobody learns which accounts there are. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await inTurn(() => verify(passwordHash ?? NOBODYS, passwordIn(password)))
  return matches && passwordHash !== null
}

/** A PIN has a million values, so its hash is keyed: a stolen database alone does not give it away. */
export const hashPin = (pin: string, secret: Buffer) => inTurn(() => hash(pin, { ...COST, secret }))
export const isPin = (pinHash: string, pin: string, secret: Buffer) => inTurn(() => verify(pinHash, pin, { ...COST, secret }))
