// Apollo Server standalone over Pothos and Prisma, as their documentation shows it.
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { schema } from './documented-schema.ts'
import { announce } from './serve.ts'

const { url } = await startStandaloneServer(new ApolloServer({ schema }), { listen: { port: 0, host: '127.0.0.1' } })
announce(Number(new URL(url).port))
