// `npm test`: types, lint, GraphQL documents, then every test; arguments go to vitest. The last line counts. Safe to repeat.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, say, setUp, tool } from './set-up.mjs'

const count = { passed: 0, failed: 0, skipped: 0 }
const folder = mkdtempSync(join(tmpdir(), 'chungtay-test-'))

// Whatever ends this process, the last line is the count.
process.on('exit', (code) => {
  rmSync(folder, { recursive: true, force: true })
  if (code !== 0 && count.failed === 0) count.failed = 1
  console.log(`${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`)
})

delete process.env.NODE_ENV // production would leave the tests' own packages out
await setUp({ tests: true })

heading('Kiểu dữ liệu, cách viết, truy vấn GraphQL của giao diện', "Types, lint, the client's GraphQL documents")
await Promise.all([check('tsc', '--noEmit'), check('oxlint'), check('gql.tada', 'check')])
await runTests()
process.exitCode = count.failed > 0 ? 1 : 0

/** What it says is of interest when it fails. */
async function check(...command) {
  if ((await run(...tool(...command), { quiet: true })) === 0) return void count.passed++
  count.failed++
  say(`Không đạt: ${command.join(' ')}`, `Failed: ${command.join(' ')}`)
}

async function runTests() {
  heading('Quy tắc, API, câu chuyện, giao diện, trình duyệt', 'Rules, API, stories, client, browser')
  const report = join(folder, 'report.json')
  const withoutBrowser = Boolean(process.env.SKIP_BROWSER)
  try {
    const code = await run(...tool('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`,
      ...(withoutBrowser ? ['--project=!e2e'] : []), ...process.argv.slice(2)))
    const failedBefore = count.failed
    for (const file of JSON.parse(readFileSync(report, 'utf8')).testResults) countFile(file)
    if (code !== 0 && count.failed === failedBefore) count.failed++ // an error outside any test
    if (withoutBrowser) count.skipped++
  } catch (error) {
    console.error(error)
    count.failed++
  }
}

function countFile({ status, assertionResults }) {
  const kinds = assertionResults.map((test) => (test.status in count ? test.status : 'skipped'))
  for (const kind of kinds) count[kind]++
  if (status === 'failed' && !kinds.includes('failed')) count.failed++ // the file itself does not load
}

function heading(vietnamese, english) {
  console.log()
  say(vietnamese, english)
}
