// The two codes of a pledge. The follow code opens: 18 random Crockford characters and two check characters, as ABCD-EFGH-JKMN-PQRS-TVWX.
// The transfer code opens nothing: VNN, seven characters and a check character, so that it survives as the memo of a bank transfer; the
// database makes it (new_transfer_code).
import { randomInt } from 'node:crypto'
import { CROCKFORD, codesIn } from '../../platform/typed-code.ts'

const RANDOM = 18
export const FOLLOW_CODE_LENGTH = RANDOM + 2
const PRIME = 1021

/** The number that the body is in base 32, modulo a prime below 32²: it catches every wrong character, and every swap of neighbours. */
function checkCharacters(body: string): string {
  let rest = 0
  for (const character of body) rest = (rest * 32 + CROCKFORD.indexOf(character)) % PRIME
  return CROCKFORD[rest >> 5]! + CROCKFORD[rest & 31]!
}

/** A new follow code of 90 random bits: nobody guesses it, at any pace. */
export function newFollowCode(random: (below: number) => number = (below) => randomInt(below)): string {
  const body = Array.from({ length: RANDOM }, () => CROCKFORD[random(32)]).join('')
  return body + checkCharacters(body)
}

/** Weighted sum modulo 31, a prime: it catches every wrong character but one, and every swap of neighbours. */
function isTransferCode(text: string): boolean {
  if (!/^VNN[0-9A-HJKMNP-TV-Z]{8}$/.test(text)) return false
  const digits = [...text.slice(3)].map((character) => CROCKFORD.indexOf(character))
  return digits.slice(0, 7).reduce((sum, digit, i) => sum + (i + 2) * digit, 0) % 31 === digits[7]
}

const isFollowCode = (text: string) => /^[0-9A-HJKMNP-TV-Z]{20}$/.test(text) && checkCharacters(text.slice(0, RANDOM)) === text.slice(RANDOM)

/** The follow codes that a person may have typed, pasted or scanned. Pledges of before are followed by the form that is a transfer code today. */
export const followCodesIn = (typed: string): string[] => codesIn(typed, { lengths: [FOLLOW_CODE_LENGTH, 11], isCode: (text) => isFollowCode(text) || isTransferCode(text) })
