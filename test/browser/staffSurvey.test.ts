import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/runtime/config.ts'
import { eventLog, openLog } from '../../src/runtime/log.ts'
import { openDatabase } from '../../src/runtime/openDatabase.ts'
import { realWorld } from '../../src/runtime/realWorld.ts'
import { layDemo } from '../e2e/demoData.ts'
import { DEMO_PASSWORD, startService, type RunningService } from '../e2e/service.ts'
import { inChromium, launchChromium } from './chromium.ts'
import { opensPage } from './menu.ts'
import { officerOn } from './officer.ts'
import { consoleIsBuilt, pagesAreBuilt } from './pages.ts'
import { WHOLE_STORY_MS } from './stage.ts'
import { startVisit } from './visit.ts'

/* 干部知晓率 from the county's form over an officer's phone to the figures. */

const RIGHT = {
  ...{ registerWhen: 'both', missingPapers: 'allAtOnce', penalty: 'notCharged' },
  ...{ refused: 'appeal', pledge: 'myChoice' },
}
/** Officers of two towns beside those of the demo, with sessions that need no log-in. */
const others = [104, 105].flatMap(town => [1, 2, 3, 4, 5].map(n => `420702${town}20${n}`))
const tokens = new Map(others.map(place => [place, randomBytes(32).toString('base64url')]))

inChromium(() => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxin-staff-survey-'))
  let browser: Browser
  let service: RunningService

  beforeAll(async () => {
    await pagesAreBuilt()
    await consoleIsBuilt()
    await layDemo(dataDir, DEMO_PASSWORD)
    await othersWithSessions()
    service = await startService({ dataDir })
    browser = await launchChromium()
  }, WHOLE_STORY_MS)
  afterAll(async () => {
    await browser?.close()
    await service?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  async function othersWithSessions(): Promise<void> {
    const log = openLog('silent')
    const world = realWorld()
    const database = await openDatabase(readConfig({ DATA_DIR: dataDir }), world, { log, events: eventLog(log, world) })
    const at = world.now()
    for (const [place, token] of tokens) {
      const officer = {
        id: place,
        username: `v${place}`,
        name: '测试专干',
        role: 'village' as const,
        regionCode: place,
      }
      const account = { ...officer, officePhone: null, disabled: false }
      const officerId = await database.kept.officers.upsert({
        ...{ officer: account, passwordHash: 'none', totpSecret: null, at },
      })
      const tokenHash = createHash('sha256').update(token).digest()
      await database.kept.auth.openOfficerSession({
        ...{ tokenHash, officerId, csrfToken: 'csrf', at, expiresAt: at + 3_600_000 },
      })
    }
    await database.close()
  }

  async function answer(place: string, id: string, answers: Record<string, string>): Promise<number> {
    const headers = { cookie: `nuanxin=${tokens.get(place)}`, origin: service.url, 'x-csrf-token': 'csrf' }
    const { status } = await fetch(`${service.url}/api/my-staff-surveys/${id}/answers`, {
      ...{ method: 'POST', headers: { ...headers, 'content-type': 'application/json' } },
      body: JSON.stringify({ answers, finish: true }),
    })
    return status
  }

  const console = async (album: string, width: number) => {
    const visit = await startVisit({ browser, url: service.url, album, width })
    const { page } = visit
    await page.goto(`${service.url}/console`)
    await page.getByLabel('账号').fill('county')
    await page.getByLabel('密码').fill(DEMO_PASSWORD)
    await page.getByRole('button', { name: '登录' }).click()
    await opensPage(page, '问卷投放')
    await page.getByRole('heading', { name: '干部知晓率' }).waitFor()
    return visit
  }

  test.each([
    { width: 390, title: '第一次小问卷' },
    { width: 1280, title: '第二次小问卷' },
  ])(
    'the county asks, an officer answers on his phone, and figures come after the end: $width px',
    async ({ width, title }) => {
      const desk = await console(`staff-survey/county-${width}`, width)
      await desk.press('发起干部问卷')
      await desk.page.getByLabel('村级专干').uncheck()
      await desk.page.getByLabel('乡镇经办').uncheck()
      await desk.page.getByText('不到 5 人不能发起').waitFor()
      await desk.page.getByLabel('村级专干').check()
      await desk.page.getByLabel('乡镇经办').check()
      await desk.page.getByLabel('题目（工作人员会看到）').fill(title)
      await desk.look('form')
      const begun = desk.page.waitForResponse(
        found => found.url().endsWith('/api/staff-surveys') && found.request().method() === 'POST',
      )
      await desk.page.getByRole('button', { name: '发起', exact: true }).click()
      const { id } = (await (await begun).json()) as { id: string }
      await desk.page.getByText('截止以后才出结果').waitFor()
      await desk.look('begun')

      const visit = await startVisit({ browser, url: service.url, album: `staff-survey/officer-${width}`, width })
      const { page } = visit
      await officerOn(visit, service.url).logsIn('village')
      const card = page.getByRole('group', { name: title })
      await card.waitFor()
      await visit.look('card')
      await card.getByRole('button', { name: '现在答' }).click()
      await page.getByText('和您的姓名分开存').waitFor()
      await visit.look('say')
      await visit.press('开始答')
      await visit.press('生之前能办，生了以后也能补')
      await page.getByText('第2题').waitFor()
      await visit.look('second')
      // The phone is put away, and the page opened anew: what was answered is still there.
      await page.reload()
      await visit.press('接着答')
      await page.getByText('第2题').waitFor()
      await visit.press('一次说清全部缺什么')
      await page.getByText('第3题').waitFor()
      await visit.press('不清楚')
      await page.getByText('第4题').waitFor()
      await visit.press('申请行政复议，或者去法院')
      await page.getByText('第5题').waitFor()
      await visit.press('自己选，不签就交证明')
      await page.getByText('都答完了').waitFor()
      await visit.look('sum')
      await visit.press('交上去')
      await page.getByText('现在的法律没有社会抚养费').waitFor()
      await visit.look('answers')
      expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('registerWhen')
      await visit.press('回到任务')
      await page.getByRole('list', { name: '任务' }).waitFor()
      await expect.poll(() => card.count()).toBe(0)
      expect([visit.findings, visit.problems]).toEqual([[], []])
      await visit.context.close()

      for (const [n, place] of others.entries())
        expect(await answer(place, id, n % 3 === 0 ? { ...RIGHT, penalty: 'charged', pledge: 'unsure' } : RIGHT)).toBe(
          200,
        )
      await desk.page.getByRole('button', { name: title }).click()
      await desk.press('现在截止，出结果')
      await desk.page.getByText('按乡镇（含各村）').waitFor()
      await desk.page.getByText('知晓率（5 题答对 4 题以上的人）').scrollIntoViewIfNeeded()
      await desk.look('figures')
      expect(await desk.page.getByText('63.6% · 7 / 11').count()).toBeGreaterThan(0)
      expect([desk.findings, desk.problems]).toEqual([[], []])
      await desk.context.close()
    },
    WHOLE_STORY_MS,
  )
})
