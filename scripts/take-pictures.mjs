// `node scripts/take-pictures.mjs`: takes the two pictures of the README, docs/images/resident.png and officer.png, from
// a demo of its own. Needs Chromium: the system's, or the one named by CHROMIUM.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { build, giveUp, install, root, say } from './setup.mjs'

const PASSWORD = 'demo-of-the-pictures'
/** A small phone, sharp enough for a zoom; less than 150 kB each, because everybody who opens the README loads them. */
const PHONE = { width: 360, height: 720 }
const MOST_BYTES = 150_000
const READY_MS = 90_000

const program = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  file => file && existsSync(file),
)

async function freePort() {
  const server = createServer()
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise(resolve => server.close(resolve))
  return port
}

/** The built service with a fresh demo; `end` stops it and removes its data. */
async function startDemo() {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nuanxin-pictures-'))
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: folder,
    NUANXIN_DEMO_PASSWORD: PASSWORD,
    LOG_LEVEL: 'warn',
  }
  const service = spawn(process.execPath, [path.join(root, 'dist/main.js'), '--role', 'all'], { cwd: root, env })
  const ended = new Promise(resolve => service.on('exit', resolve))
  const end = async () => {
    service.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  for (const deadline = Date.now() + READY_MS; ;) {
    if (
      await fetch(`${url}/readyz`).then(
        answer => answer.ok,
        () => false,
      )
    )
      return { url, end }
    if (Date.now() > deadline || service.exitCode !== null) {
      await end()
      throw new Error('the demo did not start')
    }
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

async function takePicture(browser, name, walk) {
  const page = await browser.newPage({
    viewport: PHONE,
    deviceScaleFactor: 1.5,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const press = words => page.getByRole('button', { name: words, exact: true }).last().click()
  await walk(page, press)
  await page.waitForTimeout(400) // the last scrolling and the field's own pause are over
  const file = path.join(root, 'docs/images', `${name}.png`)
  await page.screenshot({ path: file })
  await page.close()
  const { size } = statSync(file)
  say(`${path.relative(root, file)} ${Math.round(size / 1000)} kB`)
  if (size > MOST_BYTES) throw new Error(`${name}.png is larger than ${MOST_BYTES} bytes`)
}

const resident = url => async (page, press) => {
  const hears = words => page.locator('.service', { hasText: words }).last().waitFor()
  await page.goto(url)
  await hears('请问您要办什么')
  await press('生育登记')
  await hears('您是孩子的什么人')
  await press('孩子妈妈')
  await hears('您同意吗')
}

const officer = url => async (page, press) => {
  await page.goto(`${url}/officer`)
  await page.getByLabel('账号').fill('village')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await press('登录')
  await page.getByRole('list', { name: '任务' }).waitFor()
}

if (!program) giveUp('找不到 Chromium / no Chromium here; name it in CHROMIUM')
await install({ dev: true })
await build(['server', 'h5'])
mkdirSync(path.join(root, 'docs/images'), { recursive: true })
const demo = await startDemo()
const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--no-first-run'] })
try {
  await takePicture(browser, 'resident', resident(demo.url))
  await takePicture(browser, 'officer', officer(demo.url))
} finally {
  await browser.close()
  await demo.end()
}
