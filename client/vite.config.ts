// Builds the browser client: hashed assets, messages compiled, every text asset compressed once at build time.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { initGraphQLTada } from 'gql.tada'
import { type DocumentNode, print } from 'graphql'
import compileMessage from 'icu-minify/compile'
import { defineConfig, type Plugin } from 'vite'
import { documentsOf } from '../server/src/graphql/trusted.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const outDir = join(root, 'dist')

export default defineConfig({
  root,
  base: '/',
  plugins: [compiledMessages(), react(), trustedDocuments(), precompress()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What changes only when a dependency does keeps its name, so a release costs returning visitors little.
          // What every page needs comes in few files: each request costs a slow line a round trip, and small files compress badly.
          groups: [
            { name: 'vendor', tags: ['$initial'], test: /node_modules/, priority: 2 },
            { name: 'first', tags: ['$initial'], priority: 1 },
            { name: 'parts', test: /client[\\/]src[\\/]ui[\\/](?!QrCode)/ },
            { name: 'desk', test: /client[\\/]src[\\/]features[\\/]desk[\\/]/, minShareCount: 3 },
          ],
        },
      },
    },
  },
})

/** Parses ICU messages here, not on the reader's phone: 10 kB of parser (gzip) stays out of the first load. */
function compiledMessages(): Plugin {
  const compiled = (_key: string, value: unknown) => (typeof value === 'string' ? compileMessage(value) : value)
  return {
    name: 'compiled-messages',
    apply: 'build',
    enforce: 'pre',
    config: () => ({ resolve: { alias: [{ find: /^use-intl\/format-message$/, replacement: 'use-intl/format-message/format-only' }] } }),
    transform: {
      filter: { id: /[\\/]i18n[\\/](vi|en)[\\/]\w+\.json$/ },
      handler: (code) => ({ code: JSON.stringify(JSON.parse(code, compiled)), map: null }),
    },
  }
}

/** Lists what the client asks and schema/operations publishes: all that the hub answers to in production. */
function trustedDocuments(): Plugin {
  const sources = async (folder: string, ending: RegExp) => {
    const names = (await readdir(folder, { recursive: true })).filter((name) => ending.test(name))
    return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  }
  return {
    name: 'trusted-documents',
    apply: 'build',
    async generateBundle() {
      // What the client writes is not what it sends: some directives are gql.tada's own, which it takes out when it reads them.
      const read = initGraphQLTada()
      const written = (await sources(join(root, 'src'), /\.tsx?$/))
        .flatMap((source) => [...source.matchAll(/\bgraphql\(\s*`([^`]*)`/g)].map(([, text]) => print(read(text!) as DocumentNode)))
      const published = await sources(join(root, '../schema/operations'), /\.graphql$/)
      const documents = [...documentsOf(written), ...documentsOf(published)].sort(([a], [b]) => (a < b ? -1 : 1))
      this.emitFile({ type: 'asset', fileName: 'trusted-documents.json', source: JSON.stringify(Object.fromEntries(documents)) })
    },
  }
}

/** Writes .br and .gz beside each text asset: the server only picks a file, it never compresses while a visitor waits. */
function precompress(): Plugin {
  const compressible = new Set(['.js', '.css', '.html', '.svg', '.json', '.webmanifest', '.txt'])
  const brotli = promisify(brotliCompress)
  const gzipped = promisify(gzip)
  return {
    name: 'precompress',
    apply: 'build',
    async closeBundle() {
      const names = await readdir(outDir, { recursive: true })
      for (const name of names.filter((name) => compressible.has(extname(name)))) {
        const path = join(outDir, name)
        const bytes = await readFile(path)
        await writeFile(`${path}.br`, await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
        await writeFile(`${path}.gz`, await gzipped(bytes, { level: 9 }))
      }
    },
  }
}
