// Assembling: the rows that the data makes, before any database sees them.
import { describe, expect, it } from 'vitest'
import { assembleAreas } from './assemble.ts'
import { readFacts, readHamlets } from './facts.ts'

const facts = readFacts()
const national = assembleAreas(facts, null)

describe('assembling the areas', () => {
  it('makes no hamlet when no demonstration is asked for', () => {
    expect(national.areas).toHaveLength(13_358)
    expect(national.areas.filter((area) => area.kind === 'HAMLET' || area.is_demo)).toEqual([])
  })

  it('makes the same areas beside the hamlets of the demonstration', () => {
    const { areas } = assembleAreas(facts, readHamlets())
    expect(areas.filter((area) => !area.is_demo)).toEqual(national.areas)
    expect(areas.filter((area) => area.is_demo)).toHaveLength(60)
  })

  it('refuses a hamlet under a commune that went over to several', () => {
    const split = facts.corrections.split[0] ?? ''
    expect(() => assembleAreas(facts, { hamlets: [{ under: split, subtype: 'thôn', names: ['1'] }] })).toThrow('went over to no one area as a whole')
  })

  it('refuses history that leads to an area that was not there', () => {
    const communes = facts.history.communes.map((entry) => (entry.code === '06718' ? { ...entry, became: '99999' } : entry))
    expect(() => assembleAreas({ ...facts, history: { ...facts.history, communes } }, null)).toThrow('There was no COMMUNE 99999 on 2024-11-01')
  })
})
