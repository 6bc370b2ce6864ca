// Prints the schema to schema/schema.graphql; run it after every change of the API. Safe to repeat.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { printSchema } from 'graphql'
import { schema } from '../server/src/schema.ts'

writeFileSync(fileURLToPath(new URL('../schema/schema.graphql', import.meta.url)), `${printSchema(schema)}\n`)
