// docs/compose/nginx.conf before a hub, behind one more proxy as one that ends TLS: photos, addresses and sockets come through.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request as ask } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newFollowCode } from '../../server/src/features/pledges/code.ts'
import { connectLive } from '../support/live-client.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import type { World } from '../support/world.ts'
import { jpeg, segment } from '../support/pictures.ts'

const conf = () => readFile(new URL('../../docs/compose/nginx.conf', import.meta.url), 'utf8')
const MOST = 6 * 1024 * 1024

it('lets bodies through that the hub itself takes, and counts nobody as another', async () => {
  const text = await conf()
  expect(Number(/client_max_body_size (\d+)m;/.exec(text)?.[1]) * 1024 * 1024).toBeGreaterThan(MOST + 8 * 1024)
  expect(text).toContain('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;')
  expect(text).not.toContain('real_ip')
})

describe('behind two proxies', () => {
  let village: Village<World>
  let folder: string
  let url: string
  const proxies: ChildProcess[] = []

  const freePort = () => new Promise<number>((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => found(port))
    })
  })

  /** As in its container, but for what only a container has: its own /tmp, its port, Docker's name server, and a newer nginx that asks it again. */
  async function startNginx(name: string, port: number, to: number) {
    const own = `${folder}/${name}`
    const text = (await conf())
      .replaceAll('/tmp/', `${own}-`).replace('listen 8080;', `listen 127.0.0.1:${port};`)
      .replace(/^ *resolver .*$/m, '').replace(/^ *zone hub .*$/m, '').replace('server hub:4000 resolve;', `server 127.0.0.1:${to};`)
      .replace('worker_connections 16384;', 'worker_connections 256;').replace('worker_processes 2;', 'worker_processes 1;')
    await writeFile(`${own}.conf`, text)
    const nginx = spawn('nginx', ['-c', `${own}.conf`, '-g', 'daemon off;'], { stdio: ['ignore', 'ignore', 'pipe'] })
    proxies.push(nginx)
    let said = ''
    nginx.stderr!.on('data', (chunk) => (said += chunk))
    const ended = new Promise<never>((_, failed) => nginx.once('exit', (code) => failed(new Error(`nginx ended with ${code}: ${said}`))))
    ended.catch(() => {})
    await Promise.race([ended, vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200), { timeout: 20_000 })])
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chungtay-nginx-'))
    await chmod(folder, 0o711) // nginx's workers are nobody where it is started as root
    village = await startVillage({ config: { demo: true, proxies: 2, publicUrl: 'https://chungtay.example.vn' } })
    const [inner, outer] = [await freePort(), await freePort()]
    await startNginx('inner', inner, village.port)
    await startNginx('outer', outer, inner)
    url = `http://127.0.0.1:${outer}`
  })
  afterAll(async () => {
    await Promise.all(proxies.map((nginx) => new Promise((gone) => nginx.exitCode !== null ? gone(null) : (nginx.once('exit', gone), nginx.kill('SIGTERM')))))
    await village?.end()
    await rm(folder, { recursive: true, force: true })
  })

  it('a photo of six megabytes is kept', async () => {
    const delivery = await village.handedOver((await village.matched('GOAT', 1)).allocationId, 1)
    const padding = Array.from({ length: 96 }, () => segment(0xfe, Buffer.alloc(65_400, 'x')))
    const photo = Buffer.concat([jpeg.subarray(0, 2), ...padding, jpeg.subarray(2)])
    expect(photo.length).toBeGreaterThan(MOST - 64 * 1024)
    expect(photo.length).toBeLessThan(MOST)
    const form = new FormData()
    form.set('photo', new Blob([new Uint8Array(photo)]), 'anh.jpg')
    for (const [name, value] of Object.entries({ idempotencyKey: randomUUID(), caption: 'Hai con dê trước chuồng mới', consent: 'yes', consentFrom: 'Chủ hộ' })) form.set(name, value)
    const response = await fetch(`${url}/tai-len/bien-ban/${uuidOf(delivery)}`, { method: 'POST', body: form, headers: { cookie: village.officer.cookie! } })
    expect(response.status).toBe(201)
  })

  it("what is too large for the hub is refused in the hub's own words", async () => {
    const delivery = await village.handedOver((await village.matched('GOAT', 1)).allocationId, 1)
    const response = await fetch(`${url}/tai-len/bien-ban/${uuidOf(delivery)}`, {
      method: 'POST', body: new Uint8Array(MOST + 512 * 1024), headers: { cookie: village.officer.cookie!, 'content-type': 'multipart/form-data; boundary=x' } })
    expect([response.status, (await response.json() as any).errors[0].extensions.code]).toEqual([413, 'BODY_TOO_LARGE'])
  })

  /** One wrong follow code, from this address of the machine. */
  const guess = (from: string, claimed?: string) => new Promise<string>((answered, failed) => {
    const body = JSON.stringify({ query: `{ pledgeByCode(code: "${newFollowCode()}") { id } }` })
    const sent = ask(`${url}/graphql`, {
      method: 'POST', localAddress: from, headers: { 'content-type': 'application/json', 'content-length': body.length, connection: 'close', ...(claimed ? { 'x-forwarded-for': claimed } : {}) },
    }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk)).on('end', () => answered(/TOO_MANY_ATTEMPTS/.test(text) ? 'limited' : text))
    })
    sent.on('error', failed).end(body)
  })

  it('each visitor counts by their own address, whatever they claim', async () => {
    for (let n = 0; n < 60 && (await guess('127.0.0.2', `203.0.113.${n}`)) !== 'limited'; n++);
    expect(await guess('127.0.0.2', '198.51.100.7')).toBe('limited')
    expect(await guess('127.0.0.2')).toBe('limited')
    expect(await guess('127.0.0.3')).not.toBe('limited')
  })

  it('a socket opens and hears what happens', async () => {
    const client = connectLive({ ...village, url }, { cookie: village.officer.cookie })
    const feed = client.subscribe('subscription { events(scope: { area: "Area:p22" }, after: "0.0") { __typename } }')
    expect(await feed.next(() => true, 10_000)).toMatchObject({ data: { events: { __typename: expect.any(String) } } })
    await client.dispose()
  })
})
