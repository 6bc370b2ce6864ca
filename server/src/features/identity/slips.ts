// The paper slip by which a household answers: issuing it, opening it, and knowing its device again.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { codeInGroups } from '../../../../common/code-in-groups.ts'
import { type Answer, type Hub, asViewer } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { type Viewer, visitor } from '../../access/viewer.ts'
import { visibility } from '../../access/visibility.ts'
import { keyOf } from '../../graphql/define.ts'
import { opensDemonstration } from '../../platform/config.ts'
import { Failure, conflict, invalid, notFound } from '../../platform/failure.ts'
import { CROCKFORD } from '../../platform/typed-code.ts'
import { onceAtGate } from './gate.ts'
import { forgive, limit } from './limits.ts'
import { hashPin, isPin } from './passwords.ts'
import { mustBeGoodPin, pinIn, slipCodesIn } from './rules.ts'
import { hashOf, isToken, newToken } from './sessions.ts'

/** Codes are stored, and PINs hashed, under keys of their own. */
function keyFor(hub: Hub, purpose: string): Buffer {
  if (!hub.config.secret) throw new Error('HUB_SECRET is not set')
  return createHmac('sha256', hub.config.secret).update(purpose).digest()
}
const hmacOf = (hub: Hub, code: string) => createHmac('sha256', keyFor(hub, 'slip code')).update(code).digest()

/** 60 random bits. */
const newCode = () => Array.from(randomBytes(12), (byte) => CROCKFORD[byte & 31]).join('')

// ── issuing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface IssuedSlip extends Answer {
  slipId: string
  /** ABCD-EFGH-JKMN; null when the same request is sent again, for it is stored nowhere. */
  code: string | null
  /** For the QR code. */
  url: string | null
}

/** Issues a slip for a household of the viewer's office; the household's earlier slip is void from then on. */
export async function issueSlip(hub: Hub, input: { householdId: string; idempotencyKey: string }): Promise<IssuedSlip> {
  const householdId = keyOf('Household', input.householdId, 'householdId')
  const [household] = await asViewer(hub, (tx) => tx.$queryRawUnsafe<{ areaPath: string; isDemo: boolean }[]>(
    `select area_path::text as "areaPath", is_demo as "isDemo" from household where id = $1::uuid and ${visibility.household('household')}`, householdId))
  if (!household) throw notFound('hộ này', 'this household')
  mustBeAllowed(hub.viewer, 'slip.issue', { areaPath: household.areaPath })
  if (household.isDemo && !opensDemonstration(hub.config)) {
    throw conflict('DEMONSTRATION_HOUSEHOLD', 'Đây là hộ minh họa, nên phiếu của hộ không mở được ở đây. Hãy cấp phiếu cho hộ có thật.', 'This household is part of the demonstration, whose slips open nothing here. Issue slips for real households.')
  }
  let code: string | null = null
  const answer = await onceAtGate(hub, { name: 'issueSlip', key: input.idempotencyKey, input: { householdId } }, async (gate) => {
    code = newCode()
    // Two slips issued at once must not both stay valid.
    await gate.query(`select pg_advisory_xact_lock(hashtextextended('slip ' || $1, 0))`, [householdId])
    await gate.query('update slip set revoked_at = now() where household_id = $1 and revoked_at is null', [householdId])
    const { rows } = await gate.query<{ slipId: string }>(
      'insert into slip (household_id, code_hmac, issued_by) values ($1, $2, $3) returning id as "slipId"',
      [householdId, hmacOf(hub, code), hub.viewer.accountId])
    return rows[0]!
  })
  return { ...answer, code: code && codeInGroups(code), url: code && `${hub.config.publicUrl ?? ''}/h/${code}` }
}

// ── opening ─────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Slip {
  id: string
  /** As it is printed, without dashes. */
  code: string
  householdId: string
  pinHash: string | null
  deviceHash: Buffer | null
}

async function find(hub: Hub, typed: string): Promise<Slip | null> {
  const codes = slipCodesIn(typed)
  if (codes.length === 0) return null
  const { rows: [slip] } = await hub.db.gate.query<Slip>(
    `select id, ($2::text[])[array_position($1::bytea[], code_hmac)] as code, household_id as "householdId", pin_hash as "pinHash", device_hash as "deviceHash"
     from slip where code_hmac = any ($1) and revoked_at is null
       and ($3 or not (exists (select from household where id = slip.household_id and is_demo) or exists (select from account where id = slip.issued_by and is_demo)))`,
    [codes.map((code) => hmacOf(hub, code)), codes, opensDemonstration(hub.config)])
  return slip ?? null
}

const holderOf = (slip: Slip): Viewer => ({ ...visitor, slipId: slip.id, households: [slip.householdId] })

const isBound = (slip: Slip, deviceToken: string | null | undefined) =>
  isToken(deviceToken) && slip.deviceHash !== null && timingSafeEqual(hashOf(deviceToken), slip.deviceHash)

/** The household behind a slip that this device has opened before; null when it must open it first. */
export async function viewerOfSlip(hub: Hub, { code, deviceToken }: { code: string; deviceToken: string | null | undefined }): Promise<Viewer | null> {
  if (!isToken(deviceToken)) return null
  const slip = await find(hub, code)
  return slip && isBound(slip, deviceToken) ? holderOf(slip) : null
}

export interface SlipAttempt {
  code: string
  deviceToken: string | null | undefined
  pin?: string | null
  /** The address that the request came from. */
  network: string | null
}

/** What the page must ask for next, or the household as viewer with the token for the device's cookie; `code` as it is printed, without dashes. */
export type OpenedSlip = { code: string; householdId: string } & ({ step: 'choosePin' | 'givePin' } | { step: 'open'; viewer: Viewer; deviceToken: string })

/**
 * Opens a slip. Its first use chooses the PIN and binds the device; that device is never asked again; another device gives the PIN
 * and is bound instead. Wrong guesses pause the network that makes them; the bound device goes on, and so does whoever gives a right code,
 * so that nobody can lock a household out of its own slip.
 * @throws NotFound for a code that is unknown or void, InvalidInput for a weak or wrong PIN, Conflict, Limited
 */
export async function openSlip(hub: Hub, { code, deviceToken, pin, network }: SlipAttempt): Promise<OpenedSlip> {
  const slip = await find(hub, code)
  if (!slip) {
    await limit(hub, 'slipCode', network)
    throw new Failure('NotFound', 'UNKNOWN_SLIP', {
      vi: 'Không có phiếu nào mang mã này. Hãy xem lại mã in trên phiếu, hoặc nhờ Trưởng ban công tác Mặt trận cấp phiếu mới.',
      en: 'No slip has this code. Look at the printed code again, or ask the hamlet Front head for a new slip.',
    })
  }
  const { code: printed, householdId } = slip
  if (isBound(slip, deviceToken)) return { step: 'open', code: printed, householdId, viewer: holderOf(slip), deviceToken: deviceToken! }
  if (!pin) return { step: slip.pinHash === null ? 'choosePin' : 'givePin', code: printed, householdId }
  const digits = pinIn(pin)
  const secret = keyFor(hub, 'slip PIN')

  if (slip.pinHash === null) {
    mustBeGoodPin(digits)
    const pinHash = await hashPin(digits, secret)
    return bind(hub, slip, pinHash, deviceToken)
  }
  await limit(hub, 'slipPin', network, slip.id)
  if (!(await isPin(slip.pinHash, digits, secret))) {
    throw invalid('pin', 'WRONG_PIN', 'Mã PIN chưa đúng. Nếu quên, hãy nhờ Trưởng ban công tác Mặt trận cấp phiếu mới.', 'This PIN is wrong. If you forgot it, ask the hamlet Front head for a new slip.')
  }
  await forgive(hub, 'slipPin', network, slip.id)
  return bind(hub, slip, slip.pinHash, deviceToken)
}

/** Makes this device the slip's own, if the slip is still as it was seen. */
async function bind(hub: Hub, slip: Slip, pinHash: string, known: string | null | undefined): Promise<OpenedSlip> {
  // A telephone that is shared keeps one token for all its slips.
  const token = isToken(known) ? known : newToken()
  const { rowCount } = await hub.db.gate.query(
    `update slip set pin_hash = $2, device_hash = $3, first_used_at = coalesce(first_used_at, now())
     where id = $1 and revoked_at is null and pin_hash is not distinct from $4`, [slip.id, pinHash, hashOf(token), slip.pinHash])
  if (rowCount === 1) return { step: 'open', code: slip.code, householdId: slip.householdId, viewer: holderOf(slip), deviceToken: token }
  throw conflict('SLIP_JUST_USED', 'Phiếu này vừa được mở trên một thiết bị khác. Hãy tải lại trang.', 'This slip has just been opened on another device. Reload the page.')
}
