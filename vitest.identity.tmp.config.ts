import { defineConfig } from 'vitest/config'
export default defineConfig({
  plugins: [{ name: 'dev', enforce: 'pre', resolveId(id, importer) { if (id === './schema.ts' && importer?.endsWith('/server/src/app.ts')) return '/tmp/dev-schema.ts' } }],
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: { include: ['tests/api/identity.test.ts'], globalSetup: 'tests/support/global-setup.ts', testTimeout: 30000, hookTimeout: 60000 },
  server: { fs: { strict: false } },
})
