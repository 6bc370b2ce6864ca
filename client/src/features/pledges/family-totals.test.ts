// Totals add up only what has one unit, exactly.
import { expect, test } from 'vitest'
import { totalsByFamily } from './family-totals.ts'

const kind = (code: string, family: 'CAPITAL' | 'LIVESTOCK' | 'GOODS', unit: string) => ({ code, family, name: code, nameEn: code, unit, unitName: unit, unitNameEn: unit })
const quantities = (promised: string, received: string) => ({ promised, allocated: received, dispatched: received, received })

test('kinds of one family are added to the đồng, families stay apart', () => {
  const totals = totalsByFamily([
    { kind: kind('COW', 'LIVESTOCK', 'head'), quantities: quantities('10', '7') },
    { kind: kind('CASH_CAPITAL', 'CAPITAL', 'VND'), quantities: quantities('9007199254740993', '1') },
    { kind: kind('GOAT', 'LIVESTOCK', 'head'), quantities: quantities('5', '1') },
  ])
  expect(totals.map(({ family, promised, received }) => [family, promised, received])).toEqual([['CAPITAL', 9007199254740993n, 1n], ['LIVESTOCK', 15n, 8n]])
})

test('goods are added up where they have one unit, and apart where they have not', () => {
  const totals = totalsByFamily([
    { kind: kind('TOOL', 'GOODS', 'piece'), quantities: quantities('3', '1') },
    { kind: kind('HEALTH_INSURANCE_CARD', 'GOODS', 'card'), quantities: quantities('40', '40') },
    { kind: kind('AV_DEVICE', 'GOODS', 'piece'), quantities: quantities('91', '90') },
  ])
  expect(totals.map(({ kind, promised, received }) => [kind.unit, promised, received])).toEqual([['piece', 94n, 91n], ['card', 40n, 40n]])
})
