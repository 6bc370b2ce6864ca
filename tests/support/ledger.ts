// A pledge's ledger as one reads it, and that it adds up: each quantity of a line is the sum of its movements, and none outruns the one before it.
import { expect } from 'vitest'
import type { Actor } from './world.ts'

const STAGES = ['promised', 'allocated', 'dispatched', 'received', 'settled'] as const

const LEDGER = `query($id: ID!) { pledge(id: $id) {
  state steps { step } lines { kind { code unit } facts { stage amount } quantities { promised allocated dispatched received settled shortfall }
    allocations { nodes { quantities { allocated dispatched received settled } deliveries { nodes { quantity answer received } }
      outcomes { nodes { kind quantity isFurtherOn } } completion { isComplete says(in: vi) } } } } } }`

/** As its giver reads it. */
export const ledgerOf = async (giver: Actor, pledgeId: string) => (await giver.ask(LEDGER, { id: pledgeId })).pledge

/** Days move on; the ledger stays. What was said on the way may stand before it. */
export function printed(pledge: any, told: string[] = []): string {
  const lines = pledge.lines.flatMap((line: any) => [
    `${line.kind.code} (${line.kind.unit})`,
    ...line.facts.map((fact: any) => `  ${fact.stage.padEnd(10)} ${fact.amount.padStart(12)}`),
    `  = ${[...STAGES, 'shortfall'].map((name) => `${name} ${line.quantities[name]}`).join(' · ')}`,
    ...line.allocations.nodes.flatMap((allocation: any) => [
      ...allocation.deliveries.nodes.map((delivery: any) => `  giao ${delivery.quantity}, hộ trả lời ${delivery.answer}, nhận ${delivery.received}`),
      ...[...allocation.outcomes.nodes].reverse().map((outcome: any) => `  → ${outcome.kind} ${outcome.quantity}${outcome.isFurtherOn ? ' · ở hộ nhận tiếp' : ''}`),
      `  ${allocation.completion.isComplete ? 'XONG' : 'CÒN THEO DÕI'}: ${allocation.completion.says}`,
    ]),
  ])
  return [...told, pledge.state, pledge.steps.map((step: any) => step.step).join(' → '), ...lines].join('\n').replaceAll(/\d\d\/\d\d\/\d{4}/g, 'ngày/tháng/năm')
}

/** @returns the five quantities of each line */
export function balanced(pledge: any): Record<(typeof STAGES)[number], bigint>[] {
  return pledge.lines.map((line: any) => {
    const quantities = Object.fromEntries(STAGES.map((stage) => [stage, BigInt(line.quantities[stage])])) as Record<(typeof STAGES)[number], bigint>
    const moved = (stage: string) => line.facts.filter((fact: any) => fact.stage === stage.toUpperCase()).reduce((total: bigint, fact: any) => total + BigInt(fact.amount), 0n)
    const ofAllocations = (stage: string) => line.allocations.nodes.reduce((total: bigint, allocation: any) => total + BigInt(allocation.quantities[stage]), 0n)
    for (const stage of STAGES) expect([stage, moved(stage)]).toEqual([stage, quantities[stage]])
    for (const stage of STAGES.slice(1)) expect([stage, ofAllocations(stage)]).toEqual([stage, quantities[stage]])
    const each = [quantities, ...line.allocations.nodes.map((allocation: any) => ({ promised: BigInt(allocation.quantities.allocated), ...bigints(allocation.quantities) }))]
    for (const one of each) for (const [i, stage] of STAGES.entries()) expect([stage, one[stage] >= (STAGES[i + 1] ? one[STAGES[i + 1]!] : 0n)]).toEqual([stage, true])
    return quantities
  })
}

const bigints = (quantities: Record<string, string>) => Object.fromEntries(Object.entries(quantities).map(([stage, quantity]) => [stage, BigInt(quantity)]))
