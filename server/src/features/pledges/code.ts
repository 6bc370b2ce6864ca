// The follow code of a pledge: VNN, seven random Crockford characters and a check character.
// Upper-case ASCII of 11 characters, so that it also survives as the memo of a bank transfer.
import { randomInt } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const PREFIX = 'VNN'
const RANDOM = 7

/** Weighted sum modulo 31, a prime: it catches every wrong character but one, and every swap of neighbours. */
function checkCharacter(body: string): string {
  let sum = 0
  for (const [i, character] of [...body].entries()) sum += (i + 2) * ALPHABET.indexOf(character)
  return ALPHABET[sum % 31]!
}

/** A new code; 35 random bits, guarded by the rate limit on following by code. */
export function newPledgeCode(random: (below: number) => number = (below) => randomInt(below)): string {
  const body = Array.from({ length: RANDOM }, () => ALPHABET[random(32)]).join('')
  return PREFIX + body + checkCharacter(body)
}

/** The code in what a person typed, or null when it cannot be one: case, spaces and dashes do not matter, O is 0, I and L are 1. */
export function pledgeCodeIn(typed: string): string | null {
  const text = typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  if (!text.startsWith(PREFIX)) return null
  const rest = text.slice(PREFIX.length).replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (rest.length !== RANDOM + 1 || [...rest].some((character) => !ALPHABET.includes(character))) return null
  return rest[RANDOM] === checkCharacter(rest.slice(0, RANDOM)) ? PREFIX + rest : null
}
