// Four kinds of tests: pure rules, the API and its stories on PostgreSQL, the client in a made-up browser, whole journeys in a real one.
import { defineConfig } from 'vitest/config'

// Two builds of graphql in one process refuse each other's types, so everyone gets the one that Node itself loads.
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] }
const globalSetup = 'tests/support/global-setup.ts'
// What is awaited may wait for another test file that is writing in the same server: a second, the usual patience, is too short.
const poll = { poll: { timeout: 20_000 } }
// What needs programs that are not in npm: `npm run drill`.
const drill = process.argv.includes('--project=drill')
  ? [{ resolve, test: { name: 'drill', include: ['tests/drill/**/*.test.ts'], globalSetup, expect: poll, testTimeout: 60_000, hookTimeout: 60_000 } }]
  : []

export default defineConfig({
  test: {
    // The machine may have two cores, and PostgreSQL wants one of them now and then.
    maxWorkers: 2,
    projects: [
      { resolve, test: { name: 'rules', isolate: false, include: ['common/**/*.test.ts', 'server/src/**/*.test.ts'], testTimeout: 30_000 } },
      {
        resolve,
        test: {
          name: 'api',
          isolate: false,
          include: ['tests/api/**/*.test.ts', 'tests/stories/**/*.test.ts', 'tests/*.test.ts'],
          globalSetup,
          expect: poll,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { extends: 'client/vite.config.ts', root: 'client', test: { name: 'client', include: ['src/**/*.test.{ts,tsx}'], environment: 'happy-dom', testTimeout: 30_000 } },
      ...drill,
      {
        resolve,
        test: {
          name: 'e2e',
          isolate: false,
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: [globalSetup, 'tests/support/browser.ts'],
          expect: poll,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 }, // after all others
        },
      },
    ],
  },
})
