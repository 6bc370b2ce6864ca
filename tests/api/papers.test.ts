// Papers to print: the record of a hand-over for those who stood at it, the certificate for whoever holds the code, and nobody else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Village, startVillage } from '../support/matched.ts'
import { textOf } from '../support/pdf-text.ts'
import type { Actor } from '../support/world.ts'

let village: Village
beforeAll(async () => { village = await startVillage() })
afterAll(() => village.end())

const fetched = (path: string, actor: Actor) => fetch(`${village.url}${path}`, { headers: actor.cookie ? { cookie: actor.cookie } : {} })

describe('the record of a hand-over', () => {
  let delivery: string
  let allocationId: string
  beforeAll(async () => {
    ({ allocationId } = await village.matched('CASH_CAPITAL', 12_500_000))
    delivery = (await village.handedOver(allocationId, 12_500_000, { decisionNo: '15/QĐ-BVĐ', note: 'Vốn mua giống' })).split(':')[1]!
  })

  it('says the decision, both sides, the witness, the amount in figures and in words, and the vows', async () => {
    const text = await textOf(await fetched(`/tai-ve/bien-ban/${delivery}.pdf?ngon-ngu=vi`, village.officer))
    for (const said of ['BIÊN BẢN BÀN GIAO', '15/QĐ-BVĐ', 'Đinh Văn Làm Chứng', '12.500.000', 'Mười hai triệu năm trăm nghìn đồng', 'không bán, cầm cố hay chuyển nhượng', 'Vốn mua giống', 'Hộ chưa trả lời']) expect(text).toContain(said)
  })

  it('is there in English, too', async () => {
    const text = await textOf(await fetched(`/tai-ve/bien-ban/${delivery}.pdf?ngon-ngu=en`, village.officer))
    for (const said of ['RECORD OF HAND-OVER', '12,500,000', 'Twelve million five hundred thousand VND']) expect(text).toContain(said)
  })

  it('holds what the household answered', async () => {
    await village.done(village.head, 'confirmReceipt', { deliveryId: `Delivery:${delivery}`, answer: 'SHORT', received: '12000000', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
    expect(await textOf(await fetched(`/tai-ve/bien-ban/${delivery}.pdf?ngon-ngu=vi`, village.officer))).toContain('Nhận thiếu: 12.000.000 đồng')
  })

  it('is not for the giving side, a visitor or an officer elsewhere, and not there for an unknown number', async () => {
    const elsewhere = await village.signIn('mattran.mytho')
    const answers = await Promise.all([village.giver, village.visitor, elsewhere].map((actor) => fetched(`/tai-ve/bien-ban/${delivery}.pdf`, actor)))
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect((await fetched(`/tai-ve/bien-ban/00000000-0000-4000-8000-000000000000.pdf`, village.officer)).status).toBe(404)
  })

  it('refuses a number of a decision that is too long, and writes nothing', async () => {
    const { allocationId: other } = await village.matched('GOAT', 3)
    const { problem } = await village.officer.do('dispatch', { allocationId: other, quantity: '3', witnessName: 'Đinh Văn Làm Chứng', decisionNo: 'x'.repeat(61) }, 'delivery { id }')
    expect(problem).toMatchObject({ code: 'TOO_LONG', field: 'decisionNo' })
  })
})

describe('the certificate of a pledge', () => {
  it('counts as received only what was confirmed, and names no household', async () => {
    const { allocationId, code } = await village.matched('GOAT', 10)
    const deliveryId = await village.handedOver(allocationId, 10)
    await village.done(village.head, 'confirmReceipt', { deliveryId, answer: 'SHORT', received: '7', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
    const text = await textOf(await fetched(`/tai-ve/ghi-nhan/${code}.pdf?ngon-ngu=vi`, village.visitor))
    expect(text).toContain('GIẤY GHI NHẬN')
    expect(text).toMatch(/con 10 10 7/)
    const { rows: [home] } = await village.owner.query('select head_name, code from household where id = $1', [village.home.householdId.split(':')[1]])
    expect(text).not.toContain(home.head_name)
    expect(text).not.toContain(home.code)
  })

  it('is not there for a code that is none', async () => {
    expect((await fetched('/tai-ve/ghi-nhan/VNN00000000.pdf', village.visitor)).status).toBe(404)
  })
})
