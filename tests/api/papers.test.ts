// Papers to print: the record of a hand-over for those who stood at it, the certificate for whoever holds the code, and nobody else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayInVietNam, later, spoken } from '../../server/src/platform/day.ts'
import { type Village, startVillage } from '../support/matched.ts'
import { textOf } from '../support/pdf-text.ts'
import { type Actor, pledged, verified } from '../support/world.ts'

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

  it('of a post, or of a purchase, says the terms that it was promised on', async () => {
    const recordOf = async (kind: string, quantity: number) => {
      const { allocationId } = await village.matched(kind, quantity)
      const id = (await village.handedOver(allocationId, quantity)).split(':')[1]!
      return textOf(await fetched(`/tai-ve/bien-ban/${id}.pdf?ngon-ngu=vi`, village.officer))
    }
    expect(await recordOf('JOB', 2)).toContain(`Làm tại Xã Hải Ninh, 6.500.000 đồng một tháng, từ ${spoken(dayInVietNam())} Được dạy: May công nghiệp`)
    expect(await recordOf('OFFTAKE', 1_200)).toContain('giá sàn 8.000 đồng một kg')
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
    const { allocationId, code, transferCode } = await village.matched('GOAT', 10)
    const deliveryId = await village.handedOver(allocationId, 10)
    await village.done(village.head, 'confirmReceipt', { deliveryId, answer: 'SHORT', received: '7', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
    const text = await textOf(await fetched(`/tai-ve/ghi-nhan/${code}.pdf?ngon-ngu=vi`, village.visitor))
    expect(text).toContain('GIẤY GHI NHẬN')
    expect(text).toMatch(/con 10 10 7/)
    const { rows: [home] } = await village.owner.query('select head_name, code from household where id = $1', [village.home.householdId.split(':')[1]])
    expect(text).not.toContain(home.head_name)
    expect(text).not.toContain(home.code)
    // It is shown around: the code on it opens nothing.
    expect(text).toContain(`Mã chuyển khoản: ${transferCode}`)
    expect(text).not.toMatch(new RegExp([...code].join('[- ]?')))
  })

  it('says under each line the terms it was promised on, and what has come of them, in either language', async () => {
    const today = dayInVietNam()
    const [starts, ends] = [later(today, { days: 30 }), later(today, { months: 4 })]
    const pledge = await pledged(village.giver, {
      areaId: 'Area:c06733',
      lines: [
        { kind: 'JOB', quantity: '3', detail: 'Có ăn trưa', post: { areaId: 'Area:c06709', skillsWanted: ['Đọc bản vẽ'], skillsTaught: ['May công nghiệp', 'Sửa máy'], wage: '6500000', startsOn: starts } },
        { kind: 'OFFTAKE', quantity: '1200', agreement: { product: 'Khoai tây', seasonFrom: today, seasonTo: ends, floorPrice: '8000' } },
      ],
    })
    await verified(village.officer, pledge)
    const said = async (language: string) => textOf(await fetched(`/tai-ve/ghi-nhan/${pledge.code}.pdf?ngon-ngu=${language}`, village.visitor))
    const vi = await said('vi')
    for (const words of [
      `Làm tại Phường Móng Cái 2, 6.500.000 đồng một tháng, từ ${spoken(starts)}`, 'Được dạy: May công nghiệp, Sửa máy', 'Cần biết: Đọc bản vẽ',
      `Khoai tây, mùa từ ${spoken(today)} đến ${spoken(ends)}, giá sàn 8.000 đồng một kg`, 'Chưa mua kg nào trên 1.200 kg đã hứa']) expect(vi).toContain(words)
    const en = await said('en')
    for (const words of [
      `Work in Phường Móng Cái 2, 6,500,000 VND a month, from ${starts}`, 'Taught at work: May công nghiệp, Sửa máy', 'Needed: Đọc bản vẽ',
      `Khoai tây, season from ${today} to ${ends}, floor price 8,000 VND a kg`, 'None of the 1,200 kg promised bought yet']) expect(en).toContain(words)
  })

  it('says how much of a purchase was bought, for how much, and paid for', async () => {
    const { allocationId, code } = await village.received('OFFTAKE', 1_200)
    for (const [kind, quantity, unitPrice] of [['PRODUCE_BOUGHT', '700', '8500'], ['PRODUCE_PAID', '500']] as const) {
      await village.done(village.officer, 'recordOutcome', { allocationId, kind, quantity, observedOn: dayInVietNam(), ...(unitPrice && { unitPrice }) }, 'outcome { id }')
    }
    expect(await textOf(await fetched(`/tai-ve/ghi-nhan/${code}.pdf?ngon-ngu=vi`, village.visitor))).toContain('Đã mua 700 trên 1.200 kg đã hứa, trị giá 5.950.000 đồng; đã trả tiền 500 kg')
  })

  it.each(['山田製作所', '한국 자선 재단', 'มูลนิธิไทย', 'קרן שלום', 'ООО «Заря» 🐐'])('prints a giver called %s as they write it', async (name) => {
    const made = await village.visitor.do('makePledge', {
      party: { kind: 'FOREIGN', name }, areaId: 'Area:c06733', anonymous: false, expectedOn: later(dayInVietNam(), { days: 7 }), lines: [{ kind: 'GOAT', quantity: '2' }],
    }, 'pledge { id version followCode }')
    await verified(village.officer, made.pledge)
    const text = await textOf(await fetched(`/tai-ve/ghi-nhan/${made.pledge.followCode}.pdf?ngon-ngu=vi`, village.visitor))
    // A reader of a PDF gets what stands from right to left word by word, each word in either order, its letters as they are joined.
    const plain = text.normalize('NFKC').replaceAll(' ', '')
    const stands = (word: string) => [word, [...word].reverse().join('')].some((written) => plain.includes(written))
    expect(name.normalize('NFKC').split(' ').filter((word) => !stands(word))).toEqual([])
    expect(text).not.toMatch(/\[U\+|\ufffd/)
  })

  it('is not there for a code that is none', async () => {
    expect((await fetched('/tai-ve/ghi-nhan/VNN00000000.pdf', village.visitor)).status).toBe(404)
  })
})
