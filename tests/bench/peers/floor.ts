// The floor: node:http, one prepared statement that builds the JSON, the viewer found by the hub's own query, nothing else.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolveViewer } from '../../../server/src/features/identity/sessions.ts'
import { sessionCookie } from '../../../server/src/platform/cookies.ts'
import type { Database } from '../../../server/src/platform/db.ts'
import type { Floor } from '../floors/floor.ts'
import * as giving from '../floors/giving.ts'
import * as herds from '../floors/herds.ts'
import * as hotRead from '../floors/hot-read.ts'
import * as matchingReads from '../floors/matching.ts'
import * as privateReads from '../floors/private.ts'
import * as publicReads from '../floors/public.ts'
import { announce, newPool } from './serve.ts'

const floors: Record<string, Floor> = { ...hotRead, ...publicReads, ...privateReads, ...giving, ...herds, ...matchingReads }
const pool = newPool()
const gate = { gate: pool } as unknown as Database
const cookie = sessionCookie(null)

async function answer(body: string, token: string | null): Promise<string> {
  const { operationName, variables } = JSON.parse(body) as { operationName: string; variables?: Record<string, unknown> }
  const { text, values } = floors[operationName]!
  const viewer = await resolveViewer(gate, token)
  const { rows } = await pool.query<{ value: string }>({ name: operationName, text, values: values(variables ?? {}, viewer) })
  return `{"data":${rows[0]!.value}}`
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    answer(Buffer.concat(chunks).toString(), cookie.read(request)).then(
      (text) => response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) }).end(text),
      (error: unknown) => {
        console.error(error)
        response.writeHead(500).end('{}')
      },
    )
  })
})
server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port))
