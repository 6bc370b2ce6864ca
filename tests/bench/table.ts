// Prints rows: as a table for people, as one JSON object a line for programs.
import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import type { Row } from './row.ts'

const number = (value: number) => (Number.isFinite(value) ? value.toFixed(value < 10 ? 2 : 1) : '–')

export function printTable(rows: Row[], notes: string[]): void {
  const cells = rows.map((row) => [
    row.forInformation ? ' ' : row.ok ? '✓' : '✗', row.name, number(row.ratio), row.forInformation ? '' : `${row.atMost ? '≤' : '≥'} ${row.goal}`, row.of,
  ])
  const head = ['', 'what', 'ratio', 'goal', 'of']
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i]!.length)))
  const line = (row: string[]) => row.map((cell, i) => (i === 2 ? cell.padStart(widths[i]!) : i === 4 ? cell : cell.padEnd(widths[i]!))).join('  ')
  console.log([...notes, '', line(head), line(widths.map((width, i) => '─'.repeat(i === 4 ? 2 : width))), ...cells.map(line)].join('\n'))
  const asked = rows.filter((row) => !row.forInformation)
  console.log(`\n${asked.filter((row) => row.ok).length} of ${asked.length} reach their goal.`)
}

export function printJson(rows: Row[]): void {
  for (const { name, ratio, goal, ok, of } of rows) console.log(JSON.stringify({ name, ratio: Number(ratio.toFixed(4)), goal, ok, of }))
}

export function machine(): string {
  const [first] = cpus()
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}; Node ${process.versions.node}`
}

const PEERS = ['graphql', '@apollo/server', '@pothos/core', '@prisma/client', 'graphql-yoga', 'mercurius', 'graphql-jit', 'postgraphile', 'graphql-ws', 'ws', 'pg']

export function versions(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Record<'dependencies' | 'devDependencies', Record<string, string>>
  const all = { ...manifest.dependencies, ...manifest.devDependencies }
  return PEERS.filter((name) => all[name]).map((name) => `${name} ${all[name]}`).join(', ')
}
