// Builds the browser client: hashed assets, messages compiled, every text asset compressed once at build time.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import compileMessage from 'icu-minify/compile'
import { defineConfig, type Plugin } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))
const outDir = join(root, 'dist')

export default defineConfig({
  root,
  base: '/',
  plugins: [compiledMessages(), react(), precompress()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What changes only when a dependency does keeps its name, so a release costs returning visitors little.
          groups: [{ name: 'vendor', test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|use-intl)[\\/]/ }],
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
      filter: { id: /[\\/]i18n[\\/](vi|en)\.json$/ },
      handler: (code) => ({ code: JSON.stringify(JSON.parse(code, compiled)), map: null }),
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
