// The household's pages, as a browser without scripts asks for them: opening the slip, what it shows and to whom, and the answer's way.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { words } from '../../server/src/pages/household/words.ts'
import { cookieNamed } from '../../server/src/platform/cookies.ts'
import { type Given, type HelpedHousehold, helpedHousehold, slipFor } from '../support/helped-household.ts'
import { type Shown, type Telephone, telephone as telephoneTo } from '../support/telephone.ts'
import { type Actor, type World, startWorld } from '../support/world.ts'

let world: World
let officer: Actor

beforeAll(async () => {
  world = await startWorld({ config: { proxies: 1, contact: 'Mặt trận xã Hải Ninh (giờ làm việc), 0203 388 1234' } })
  officer = await world.signIn('mattran.haininh')
})
afterAll(() => world?.end())

const telephone = (network?: string): Telephone => telephoneTo(world.url, network)

const helped = (...gifts: Given[]) => helpedHousehold(world, officer, gifts)
async function opened(...gifts: Given[]): Promise<HelpedHousehold & { phone: Telephone; home: Shown }> {
  const household = await helped(...gifts)
  const phone = telephone()
  return { ...household, phone, home: await phone.openNew(household.code) }
}

/** A link on another site's page was followed. */
const ELSEWHERE = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }

const text = (page: Shown) => page.text.replace(/<(style|svg)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ').replaceAll('\u00a0', ' ').replace(/\s+/g, ' ')
const keyIn = (page: Shown) => /name="khoa" value="([^"]+)"/.exec(page.text)![1]!
const receipts = async (delivery: string) =>
  (await world.owner.query('select answer::text, received::int, channel::text, slip_id is not null as "bySlip", note from receipt where delivery_id = $1 order by at', [delivery])).rows

describe('a slip', () => {
  it('takes its code out of the address into a cookie of these pages alone, which no script and no other site can use', async () => {
    const { code } = await helped()
    const response = await fetch(`${world.url}/h/${code}`, { redirect: 'manual', headers: { 'sec-fetch-site': 'none', accept: 'text/html' } })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/h?vua-mo=1')
    expect(response.headers.getSetCookie()).toEqual([`chungtay_phieu=${code}; Path=/h; HttpOnly; SameSite=Strict`])
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('over https is kept in a cookie that goes over https alone', () => {
    expect(cookieNamed('chungtay_phieu', { secure: true, path: '/h', sameSite: 'Strict' }).write('A')).toBe('__Secure-chungtay_phieu=A; Path=/h; HttpOnly; SameSite=Strict; Secure')
  })

  it('asks for six digits at its first use, twice, and then opens', async () => {
    const { code, headName } = await helped()
    const phone = telephone()
    const first = await phone.get(`/h/${code}`)
    expect(first).toMatchObject({ status: 200, path: '/h?vua-mo=1' })
    expect(text(first)).toContain(words.vi.choosePin.title)
    expect(first.text).not.toContain(headName)

    const home = await phone.post('/h', { so: '280719', lai: '280719' })
    expect(home.status).toBe(200)
    expect(text(home)).toContain(words.vi.home.title)
    expect(home.text).toContain(headName)
    expect(text(await phone.get('/h'))).toContain(words.vi.home.title)
  })

  it.each([
    ['that a neighbour would guess', { so: '123456', lai: '123456' }, words.vi.choosePin.weak],
    ['typed in two ways', { so: '280719', lai: '280718' }, words.vi.choosePin.differ],
    ['that are five', { so: '28071', lai: '28071' }, words.vi.notSixDigits],
    ['that are none', { so: '', lai: '' }, words.vi.notSixDigits],
  ])('takes no digits %s, and says so beside the field', async (_which, fields, says) => {
    const { code } = await helped()
    const phone = telephone()
    await phone.get(`/h/${code}`)
    const page = await phone.post('/h', fields)
    expect(page.status).toBe(422)
    expect(page.text).toContain(`<title>${words.vi.error}`)
    expect(page.text).toMatch(/<p class="wrong" id="so-wrong">.*<input id="so" name="so" required aria-invalid="true" aria-describedby="so-wrong" autofocus/)
    expect(text(page)).toContain(says)
    expect(page.text).not.toContain('28071')
  })

  it('is opened by its typed code, in any spelling of it', async () => {
    const { code } = await helped()
    const page = await telephone().post('/h/ma', { ma: ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4, 8)} ${code.slice(8)}` })
    expect(text(page)).toContain(words.vi.choosePin.title)
  })

  it('with a mistyped code keeps what was typed', async () => {
    const page = await telephone().post('/h/ma', { ma: '7DJG "RN" <b>' })
    expect(page.status).toBe(404)
    expect(page.text).toContain('value="7DJG &quot;RN&quot; &lt;b&gt;"')
    expect(text(page)).toContain(words.vi.code.wrong)
  })

  it('asks another telephone for the digits; five wrong ones pause that telephone for minutes, never the household', async () => {
    const { code, phone } = await opened()
    const other = telephone()
    expect(text(await other.get(`/h/${code}`))).toContain(words.vi.givePin.title)
    for (let i = 0; i < 5; i++) {
      const page = await other.post('/h', { so: `90817${i}` })
      expect(page.status).toBe(422)
      expect(text(page)).toContain(words.vi.givePin.wrong)
    }
    const paused = await other.post('/h', { so: '280719' })
    expect(paused.status).toBe(429)
    expect(Number(paused.headers.get('retry-after'))).toBeGreaterThan(600)
    expect(text(paused)).toMatch(/Khoảng 1[45] phút nữa bác thử lại\. Phiếu của nhà mình không bị khóa\./)
    expect(paused.text).toContain('href="tel:02033881234"')

    expect(text(await phone.get('/h'))).toContain(words.vi.home.title)
    const third = telephone()
    await third.get(`/h/${code}`)
    expect(text(await third.post('/h', { so: '280719' }))).toContain(words.vi.home.title)
  })

  it('that was replaced, or never was, opens nothing, and says that the help is still there', async () => {
    const { phone, householdId, code } = await opened()
    await slipFor(officer, householdId)
    for (const page of [await phone.get('/h'), await telephone().get(`/h/${code}`), await telephone().get('/h/0000-0000-0000'), await telephone().get('/h/x')]) {
      expect(page.status).toBe(404)
      expect(text(page)).toContain(`${words.vi.gone.title} ${words.vi.gone.lead.join(' ')}`)
    }
    expect(phone.jar.has('chungtay_phieu')).toBe(false)
  })

  it('is asked for again after leaving a shared telephone', async () => {
    const { phone, code } = await opened()
    expect(text(await phone.get('/h/thoat'))).toContain(words.vi.leave.title)
    const left = await phone.post('/h/thoat', {})
    expect(text(left)).toContain(words.vi.code.left)
    expect(phone.jar.size).toBe(0)
    expect(text(await phone.get(`/h/${code}`))).toContain(words.vi.givePin.title)
  })

  it('of another household can be opened on the same telephone, by its own digits', async () => {
    const { phone } = await opened()
    const neighbour = await opened()
    await phone.post('/h/ma', { ma: neighbour.code })
    const page = await phone.post('/h', { so: '280719' })
    expect(page.text).toContain(neighbour.headName)
  })

  it('is not lost on a link that another site shows: the browser asks again from a page of ours', async () => {
    const { phone } = await opened()
    // Strict cookies stay behind on the way from elsewhere.
    const bare = await telephone().get('/h/ma', ELSEWHERE)
    expect(bare.text).toContain('<meta http-equiv="refresh" content="0;url=/h/ma?vua-mo=1">')
    expect(bare.text).toContain('<a class="button main" href="/h/ma?vua-mo=1">')
    expect(text(await phone.get('/h?vua-mo=1'))).toContain(words.vi.home.title)
  })

  it('says so when the browser keeps nothing', async () => {
    expect(text(await telephone().get('/h?vua-mo=1'))).toContain(words.vi.code.notKept)
  })

  it('stands in no line of the log', async () => {
    const { code } = await opened()
    expect(JSON.stringify(world.logged)).not.toContain(code)
  })
})

describe('the home page', () => {
  it('shows first what waits for an answer, then what is coming, with giver, quantity, day and place', async () => {
    const { home } = await opened(
      { kind: 'GOAT', quantity: 4, giver: 'Nhà Vườn Bên Suối', isComing: true },
      { kind: 'CASH_CAPITAL', quantity: 1_500_000, giver: 'Quán Cơm Bà Ví Dụ' })
    const said = text(home)
    expect(said).toMatch(/Bác trả lời giúp 1,5 triệu đồng hỗ trợ vốn Quán Cơm Bà Ví Dụ tặng\. Giao (thứ|Chủ) .+ tại Thôn .+?\. Nhà mình đã nhận chưa\?.* Sắp đến 4 con dê giống Nhà Vườn Bên Suối tặng\. Hẹn trước/)
  })

  it('names no giver who wishes not to be named, not even one who gave openly before', async () => {
    const { home } = await opened(
      { kind: 'PIG', quantity: 2, giver: 'Ông Lặng Lẽ', anonymous: true }, { kind: 'PIG', quantity: 3, giver: 'Bà Có Tên' })
    expect(home.text).not.toContain('Ông Lặng Lẽ')
    expect(text(home)).toContain(words.vi.home.fromUnnamed)
    expect(text(home)).toContain('Bà Có Tên tặng.')
    const { phone } = await opened({ kind: 'PIG', quantity: 1, giver: 'Người Lúc Có Lúc Không' })
    await world.owner.query(`
      with given as (select pledge.id, party_id from pledge join party on party.id = party_id where name = 'Người Lúc Có Lúc Không')
      insert into pledge (transfer_code, party_id, anonymous, area_id, expected_on, state) select 'open-' || id, party_id, false, 'c06733', current_date, 'VERIFIED' from given`)
    await world.owner.query(`update pledge set anonymous = true where transfer_code not like 'open-%' and party_id in (select id from party where name = 'Người Lúc Có Lúc Không')`)
    expect((await phone.get('/h')).text).not.toContain('Người Lúc Có Lúc Không')
  })

  it('is kind when there is nothing yet', async () => {
    const { home } = await opened()
    expect(text(home)).toContain(`${words.vi.home.none} ${words.vi.home.noneLead.join(' ')}`)
  })

  it('writes as text whatever people typed', async () => {
    const { phone, deliveries } = await opened({ kind: 'PIG', quantity: 2, giver: '<script>alert(1)</script>', detail: '"><img src=x>', note: "'</p>&" })
    const question = await phone.get(`/h/nhan/${deliveries[0]}`)
    for (const page of [await phone.get('/h'), question]) expect(page.text).not.toMatch(/<script>alert|<img|'<\/p>&/)
    expect(question.text).toContain('<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi> tặng.')
    expect(question.text).toContain('&quot;&gt;&lt;img src=x&gt;')
  })

  it('runs no script and no style but its own', async () => {
    const { home } = await opened()
    const policy = home.headers.get('content-security-policy')!
    expect(policy).toMatch(/default-src 'self';.*style-src 'sha256-[A-Za-z0-9+/=]{44}'/)
    expect(policy).not.toContain('unsafe')
    expect(home.text).not.toMatch(/ style=| on\w+=/)
  })
})

describe('an answer', () => {
  it('of "all of it" is written down once, by the slip, and thanked for with a code', async () => {
    const { phone, deliveries: [delivery] } = await opened({ kind: 'GOAT', quantity: 3 })
    expect(text(await phone.get(`/h/nhan/${delivery}`))).toContain('Đúng, đủ Có nhưng thiếu Không đúng loại Chưa nhận được Trả lời thật không làm nhà mình mất phần giúp.')
    const check = await phone.get(`/h/nhan/${delivery}/xem-lai?tra-loi=FULL`)
    const thanks = await phone.post(`/h/nhan/${delivery}`, { khoa: keyIn(check), 'tra-loi': 'FULL' })
    expect(thanks.path).toBe(`/h/nhan/${delivery}/bien-nhan`)
    expect(await receipts(delivery!)).toEqual([{ answer: 'FULL', received: 3, channel: 'SLIP', bySlip: true, note: '' }])
    const { rows: [{ id }] } = await world.owner.query('select id from receipt where delivery_id = $1', [delivery])
    expect(thanks.text).toContain(`${id.slice(0, 4)}-${id.slice(4, 8)}`.toUpperCase())
    expect(text(thanks)).toContain(words.vi.receipt.thanks[0])
    expect(text(await phone.get('/h'))).toMatch(/Đã nhận 3 con dê giống Đã nhận đủ/)
  })

  it('sent twenty times at once is written down once', async () => {
    const { phone, deliveries: [delivery] } = await opened({ kind: 'GOAT', quantity: 3 })
    const khoa = keyIn(await phone.get(`/h/nhan/${delivery}/xem-lai?tra-loi=NOT_RECEIVED`))
    const pages = await Promise.all(Array.from({ length: 20 }, () => phone.post(`/h/nhan/${delivery}`, { khoa, 'tra-loi': 'NOT_RECEIVED' })))
    expect(new Set(pages.map((page) => page.path))).toEqual(new Set([`/h/nhan/${delivery}/bien-nhan`]))
    expect(await receipts(delivery!)).toHaveLength(1)
  })

  it('of "not received" opens a task, costs nothing, and can be given again once it came', async () => {
    const { phone, deliveries: [delivery] } = await opened({ kind: 'COW', quantity: 1 })
    const question = await phone.get(`/h/nhan/${delivery}`)
    expect(text(question)).not.toContain(words.vi.answers.SHORT) // of one cow there is no part
    const told = await phone.post(`/h/nhan/${delivery}`, { khoa: randomUUID(), 'tra-loi': 'NOT_RECEIVED', 'loi-nhan': 'Chưa thấy ai đến.' })
    expect(text(told)).toContain('Cán bộ xã đã nhận được tin. Trong 3 ngày, cán bộ sẽ tìm hiểu.')
    const { rows } = await world.owner.query('select kind::text, closed_at is null as open from task where delivery_id = $1', [delivery])
    expect(rows).toEqual([{ kind: 'NOT_RECEIVED', open: true }])
    expect(text(await phone.get('/h'))).toMatch(/Bác đã báo, cán bộ đang lo .*Báo chưa nhận được/)

    await phone.post(`/h/nhan/${delivery}`, { khoa: randomUUID(), 'tra-loi': 'FULL' })
    expect((await receipts(delivery!)).map(({ answer, note }) => [answer, note])).toEqual([['NOT_RECEIVED', 'Chưa thấy ai đến.'], ['FULL', '']])
  })

  it('of "all of it" stays so, and says that there is no need to send another', async () => {
    const { phone, deliveries: [delivery] } = await opened({ kind: 'GOAT', quantity: 3 })
    const stale = keyIn(await phone.get(`/h/nhan/${delivery}/xem-lai?tra-loi=WRONG`))
    await phone.post(`/h/nhan/${delivery}`, { khoa: randomUUID(), 'tra-loi': 'FULL' })
    for (const page of [await phone.post(`/h/nhan/${delivery}`, { khoa: stale, 'tra-loi': 'WRONG' }), await phone.get(`/h/nhan/${delivery}`)]) {
      expect(page.status).toBe(409)
      expect(text(page)).toContain(`${words.vi.settled.title} ${words.vi.settled.lead[0]}`)
    }
    expect(await receipts(delivery!)).toHaveLength(1)
  })

  it('of "too little" counts with plus and minus, within what was handed over', async () => {
    const { phone, deliveries: [delivery] } = await opened({ kind: 'POULTRY', quantity: 5 })
    const shown = (page: Shown) => /name="so"[^>]*value="([^"]*)"/.exec(page.text)?.[1]
    const page = `/h/nhan/${delivery}/bao-nhieu`
    expect(shown(await phone.get(page))).toBe('4')
    expect(shown(await phone.get(`${page}?so=4&doi=them`))).toBe('4')
    expect(shown(await phone.get(`${page}?so=3&doi=them`))).toBe('4')
    expect(shown(await phone.get(`${page}?so=3&doi=bot`))).toBe('2')
    expect(shown(await phone.get(`${page}?so=1&doi=bot`))).toBe('1')
    const [outside, whole] = [words.vi.howMany.outside('4 con'), 'Ở đây chỉ ghi số nguyên. Có phải là']
    for (const [typed, says] of [
      ['0', outside], ['5', outside], ['', outside], ['nhiều', 'Hãy ghi bằng chữ số.'], ['0,5', `${whole} 1 hay 5?`], ['1.5', `${whole} 1, 2 hay 15?`], ['-3', 'Số ở đây không thể âm. Có phải là 3?'],
      ['3/5', 'Hãy ghi một số thôi. Có phải là 3 hay 5?'], ['1e1', 'Có phải là 10?'], ['3 đ', 'Đơn vị ở đây là con.'], ['999999999999999999', outside],
    ] as const) {
      const refused = await phone.get(`${page}?so=${encodeURIComponent(typed)}`)
      expect(refused.status).toBe(422)
      expect(shown(refused)).toBe(typed)
      expect(text(refused)).toContain(says)
    }
    expect((await phone.get(`${page}?so=${encodeURIComponent('３ con')}`)).path).toBe(`/h/nhan/${delivery}/xem-lai?tra-loi=SHORT&so=3`)
    const check = await phone.get(`${page}?so=2`)
    expect(check.path).toBe(`/h/nhan/${delivery}/xem-lai?tra-loi=SHORT&so=2`)
    expect(text(check)).toContain('Bác trả lời: Có nhưng thiếu, mới có 2 con')
    await phone.post(`/h/nhan/${delivery}`, { khoa: keyIn(check), 'tra-loi': 'SHORT', so: '2' })
    expect(await receipts(delivery!)).toMatchObject([{ answer: 'SHORT', received: 2 }])
    expect(text(await phone.get('/h'))).toContain('Báo thiếu: mới có 2 con')
  })

  it('about money takes separators, and steps that suit the sum', async () => {
    const { phone, deliveries: [delivery] } = await opened({ kind: 'CASH_CAPITAL', quantity: 10_000_000 })
    const page = await phone.get(`/h/nhan/${delivery}/bao-nhieu?so=9.500.000&doi=bot`)
    expect(page.text).toContain('value="9.000.000"')
    expect(text(await phone.get(`/h/nhan/${delivery}/bao-nhieu?so=9%20500%20000`))).toContain('mới có 9,5 triệu đồng')
  })

  it('that is too long to be kept is shown again as it was typed', async () => {
    const { phone, deliveries: [delivery] } = await opened({ kind: 'GOAT', quantity: 3 })
    const note = `Dê ốm <nặng>. ${'a'.repeat(500)}`
    const page = await phone.post(`/h/nhan/${delivery}`, { khoa: randomUUID(), 'tra-loi': 'WRONG', 'loi-nhan': note })
    expect(page.status).toBe(422)
    expect(text(page)).toContain(words.vi.check.noteTooLong)
    expect(page.text).toContain(`>${note.replace('<', '&lt;').replace('>', '&gt;')}</textarea>`)
    expect(await receipts(delivery!)).toEqual([])
  })

  it('survives a slip that has to be opened first: nothing that was typed is lost', async () => {
    const { code, phone, deliveries: [delivery] } = await opened({ kind: 'GOAT', quantity: 3 })
    phone.jar.delete('chungtay_may')
    const asked = await phone.post(`/h/nhan/${delivery}`, { khoa: randomUUID(), 'tra-loi': 'SHORT', so: '2', 'loi-nhan': 'Một con bị ốm' })
    expect(text(asked)).toContain(words.vi.givePin.title)
    const then = /name="tiep" value="([^"]+)"/.exec(asked.text)![1]!.replaceAll('&amp;', '&')
    const check = await phone.post('/h', { so: '280719', tiep: then })
    expect(check.path).toContain(`/h/nhan/${delivery}/xem-lai?`)
    expect(text(check)).toContain('mới có 2 con')
    expect(check.text).toContain('>Một con bị ốm</textarea>')

    // Nor where even the code is gone.
    phone.jar.clear()
    const paper = await phone.get(`/h/nhan/${delivery}`)
    expect(text(paper)).toContain(words.vi.code.title)
    const typed = await phone.post('/h/ma', { ma: code, tiep: `/h/nhan/${delivery}` })
    expect(typed.path).toBe(`/h/nhan/${delivery}`)
  })

  it('that could not be written down is there to be sent again, as it was', async () => {
    const { phone, deliveries: [delivery] } = await opened({ kind: 'GOAT', quantity: 3 })
    const fields = { khoa: randomUUID(), 'tra-loi': 'WRONG', 'loi-nhan': 'Không phải "dê cỏ"' }
    await world.owner.query('revoke insert on receipt from chungtay_app')
    const broken = await phone.post(`/h/nhan/${delivery}`, fields).finally(() => world.owner.query('grant insert on receipt to chungtay_app'))
    expect(broken.status).toBe(500)
    expect(text(broken)).toContain(words.vi.broken.lead[0])
    expect(broken.text).toContain(`<form method="post" action="/h/nhan/${delivery}">`)
    const kept = Object.fromEntries([...broken.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [name!, value!.replaceAll('&quot;', '"')]))
    expect(kept).toEqual(fields)
    await phone.post(`/h/nhan/${delivery}`, kept)
    expect(await receipts(delivery!)).toMatchObject([{ answer: 'WRONG', note: 'Không phải "dê cỏ"' }])
  })

  it('goes on to addresses of these pages only', async () => {
    const { code } = await opened()
    for (const tiep of ['https://elsewhere.example/', '//elsewhere.example', '/h/../cb', '/hx', '/cb']) {
      const phone = telephone()
      await phone.get(`/h/${code}`)
      expect((await phone.post('/h', { so: '280719', tiep })).path).toBe('/h?vua-mo=1')
    }
  })

  it('about a delivery to another household finds nothing, and writes nothing', async () => {
    const { phone } = await opened()
    const { deliveries: [foreign] } = await helped({ kind: 'GOAT', quantity: 3 })
    for (const page of ['', '/bao-nhieu', '/xem-lai?tra-loi=FULL', '/bien-nhan']) {
      const shown = await phone.get(`/h/nhan/${foreign}${page}`)
      expect(shown.status).toBe(404)
      expect(shown.text).not.toContain('dê giống')
    }
    expect((await phone.post(`/h/nhan/${foreign}`, { khoa: randomUUID(), 'tra-loi': 'FULL' })).status).toBe(404)
    expect((await phone.get(`/h/nhan/${randomUUID()}`)).status).toBe(404)
    expect(await receipts(foreign!)).toEqual([])
  })

  it('sent by a page of another site is refused', async () => {
    const { phone, deliveries: [delivery] } = await opened({ kind: 'GOAT', quantity: 3 })
    const fields = { khoa: randomUUID(), 'tra-loi': 'FULL' }
    expect((await phone.post(`/h/nhan/${delivery}`, fields, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(await receipts(delivery!)).toEqual([])
  })

  it('by a proxy is shown as the proxy\'s', async () => {
    const { phone, deliveries: [delivery] } = await opened({ kind: 'GOAT', quantity: 3 })
    await world.owner.query(`
      insert into receipt (delivery_id, pledge_id, party_id, household_id, area_id, answer, received, channel, account_id, person_id, witness_name)
      select delivery.id, pledge_id, party_id, household_id, area_id, 'FULL', quantity, 'PROXY', account.id, account.person_id, 'Bà Làm Chứng'
      from delivery, account where delivery.id = $1 and account.login = 'thon1.haitien'`, [delivery])
    await world.owner.query(`update delivery set answer = 'FULL', received = quantity where id = $1`, [delivery])
    expect(text(await phone.get('/h'))).toContain(words.vi.home.byProxy)
  })
})

describe('every page', () => {
  /** One of each, with whatever can stand on it. */
  async function all(): Promise<Shown[]> {
    const { phone, code, deliveries: [goats, money] } = await opened(
      { kind: 'GOAT', quantity: 4, detail: 'Ba con cái, một con đực', note: 'Nhận ở nhà văn hóa' }, { kind: 'CASH_CAPITAL', quantity: 10_000_000 },
      { kind: 'COW', quantity: 1, isComing: true })
    const other = telephone()
    const pages = [await other.get('/h'), await other.get('/h/ma'), await other.get(`/h/${code}`), await other.post('/h', { so: '1' }), await other.get('/h/x'), await other.get('/h/a/b')]
    pages.push(await other.get(`/h/${code}`, ELSEWHERE), await other.get('/h', ELSEWHERE))
    pages.push(await telephone().get(`/h/${(await helped()).code}`), await phone.get(`/h/${(await helped()).code}`), await phone.post('/h/dong-y', { ho: '00000000', 'dong-y': 'co', khoa: randomUUID() }))
    for (const path of ['/h', '/h/thoat', `/h/nhan/${goats}`, `/h/nhan/${goats}/bao-nhieu`, `/h/nhan/${money}/bao-nhieu?so=x`, `/h/nhan/${goats}/xem-lai?tra-loi=SHORT&so=2`]) pages.push(await phone.get(path))
    pages.push(await phone.post(`/h/nhan/${goats}`, { khoa: randomUUID(), 'tra-loi': 'SHORT', so: '2' }), await phone.post(`/h/nhan/${money}`, { khoa: randomUUID(), 'tra-loi': 'FULL' }))
    pages.push(await phone.get('/h'), await phone.get(`/h/nhan/${money}`))
    return pages
  }

  it('is a page by itself of 30 kB at most, with its title, its language and whom to call', async () => {
    for (const page of await all()) {
      expect(Buffer.byteLength(page.text)).toBeLessThan(30_000)
      expect(page.text).toMatch(/^<!doctype html><html lang="vi">[\s\S]*<title>[^<]{5,} – Chung Tay<\/title>/)
      expect(page.text.match(/<h1>/g)).toHaveLength(1)
      expect(page.text).toContain('href="tel:02033881234"')
      expect(page.text).toContain('Mặt trận xã Hải Ninh (giờ làm việc)')
      expect(page.text).not.toMatch(/undefined|\[object|<link rel="stylesheet"|<img/)
      expect(page.headers.get('cache-control')).toBe('no-store')
    }
  })

  it('of a household with much of everything is still within 30 kB', async () => {
    const { phone, deliveries: [one], householdId } = await opened({ kind: 'GOAT', quantity: 28, giver: `Công ty ${'Tên Rất Dài '.repeat(9)}`.trim() })
    const copies = (answer: string | null, count: number) => world.owner.query(`
      insert into delivery (allocation_id, pledge_id, party_id, household_id, area_id, quantity, witness_name, dispatched_by, dispatcher_person_id, confirm_by, answer, received)
      select allocation_id, pledge_id, party_id, household_id, area_id, 4, witness_name, dispatched_by, dispatcher_person_id, confirm_by, $2::"ReceiptAnswer", 0
      from delivery, generate_series(1, $3) where id = $1`, [one, answer, count])
    await copies('NOT_RECEIVED', 30)
    await copies(null, 8)
    await copies('FULL', 25)
    const id = householdId.split(':')[1]
    await world.owner.query(`insert into need (household_id, area_id, kind_code, quantity, verified_at) select $1, 'h06733_001', 'PIG', n, now() from generate_series(1, 20) n`, [id])
    await world.owner.query(`insert into line_fact (line_id, stage, amount) select line_id, 'PROMISED', 20 from allocation where household_id = $1`, [id])
    await world.owner.query(`
      insert into allocation (line_id, need_id, pledge_id, party_id, household_id, recipient_code, area_id, kind_code, decided_by)
      select line_id, need.id, pledge_id, party_id, $1, recipient_code, allocation.area_id, allocation.kind_code, decided_by
      from allocation, need where allocation.household_id = $1 and need.household_id = $1 and need.kind_code = 'PIG'`, [id])
    await world.owner.query(`insert into line_fact (line_id, stage, amount, allocation_id) select line_id, 'ALLOCATED', 1, id from allocation where household_id = $1 and allocated = 0`, [id])
    const home = await phone.get('/h')
    expect(home.text.match(/<article class="card ask"/g)).toHaveLength(9)
    expect(home.text.match(/<article/g)).toHaveLength(12 + 5 + 6 + 6)
    expect(text(home)).toContain('Còn 20 lần nhận trước nữa.')
    expect(Buffer.byteLength(home.text)).toBeLessThan(30_000)
  })

  it('speaks in sentences of twelve words at most', () => {
    const sentencesOf = (part: unknown): string[] =>
      typeof part === 'string' ? part.split(/(?<=[.?!…])\s+/)
        : typeof part === 'function' ? sentencesOf(part('3', 3))
          : Object.values(part as object).flatMap(sentencesOf)
    const sentences = [...sentencesOf(words.vi), ...sentencesOf(words.en)]
    expect(sentences.length).toBeGreaterThan(200)
    expect(sentences.filter((sentence) => sentence.split(/\s+/).length > 12)).toEqual([])
  })

  it('speaks English to those who ask for it, and goes on doing so', async () => {
    const { phone } = await opened({ kind: 'GOAT', quantity: 4 })
    expect((await phone.get('/h', { 'accept-language': 'en-GB' })).text).toContain('<html lang="vi">')
    const page = await phone.get('/h?ngon-ngu=en')
    expect(page.text).toContain('<html lang="en">')
    expect(text(page)).toContain('Breeding goat, 4 head')
    expect(text(await phone.get('/h/thoat'))).toContain(words.en.leave.title)
    expect(text(await phone.get('/h/thoat?ngon-ngu=vi'))).toContain(words.vi.leave.title)
  })

  it('is compressed for those who can read that', async () => {
    const response = await fetch(`${world.url}/h`, { headers: { 'accept-encoding': 'gzip' } })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(await response.text()).toContain(words.vi.code.title)
  })

  it('has a script of 10 kB at most, which it can do without', async () => {
    const page = await telephone().get('/h')
    const [, src] = /<script src="([^"]+)" defer><\/script>/.exec(page.text)!
    const response = await fetch(world.url + src!)
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect((await response.text()).length).toBeLessThan(10_000)
  })
})
