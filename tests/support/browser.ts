// Finds a Chromium, or gets one, and starts it for the journeys in tests/e2e.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium, type Browser } from 'playwright-core'

const run = promisify(execFile)

/** Those without windows come first: pages are the same, and take a third less time. */
const USUAL_PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const QUIET = ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** `keepsPages`: as people's browsers do, it puts a page that is left away, to show it again as it was on Back. */
export async function launchBrowser({ keepsPages = false } = {}): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(), args: QUIET, ...(keepsPages && { ignoreDefaultArgs: ['--disable-back-forward-cache'] }) })
}

/** Before the journeys begin: getting a browser may take longer than a test may. */
export default async function setup(): Promise<void> {
  await findBrowser()
}

async function findBrowser(): Promise<string> {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (existsSync(given)) return given
    throw new Error(`Không có tệp CHROMIUM_PATH=${given} / CHROMIUM_PATH=${given} does not exist`)
  }
  return installed() ?? (await installFromDebian()) ?? (await unpackFromNpm()) ?? refuse()
}

const installed = () => USUAL_PLACES.find((place) => existsSync(place))

async function installFromDebian(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  console.log('• Cài Chromium từ kho của hệ điều hành / Installing Chromium from the system\'s packages')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = (name: string) => run('apt-get', ['install', '-y', '--no-install-recommends', name], { env })
  const either = () => install('chromium-headless-shell').catch(() => install('chromium'))
  await either().catch(() => run('apt-get', ['update'], { env }).then(either)).catch(() => {}) // the next way is tried
  return installed()
}

/** A build for serverless hosts, which brings the libraries that a bare server lacks. */
async function unpackFromNpm(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const usual = process.env.TMPDIR
  // It unpacks under fixed names into the temporary folder, where anybody could have put a program of that name.
  process.env.TMPDIR = fileURLToPath(new URL('../../.data/browser', import.meta.url))
  mkdirSync(process.env.TMPDIR, { recursive: true })
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x' // makes it unpack those libraries and point the loader at them
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    const path = await packed.executablePath()
    await run(path, ['--version'])
    return path
  } catch {
    return undefined
  } finally {
    if (usual === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = usual
  }
}

function refuse(): never {
  throw new Error(
    'Cần một trình duyệt cho các bài thử cuối: hãy cài Chromium hay Chrome, hoặc đặt CHROMIUM_PATH, hoặc bỏ qua bằng SKIP_BROWSER=1. / ' +
      'The last tests need a browser: install Chromium or Chrome, or set CHROMIUM_PATH, or skip them with SKIP_BROWSER=1.',
  )
}
