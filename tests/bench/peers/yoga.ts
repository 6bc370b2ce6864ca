// graphql-yoga over the same schema of Pothos and Prisma, as its documentation shows it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createYoga } from 'graphql-yoga'
import { schema } from './documented-schema.ts'
import { announce } from './serve.ts'

const server = createServer(createYoga({ schema, logging: 'error' }))
server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port))
