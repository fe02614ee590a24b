import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { layDemo } from '../e2e/demoData.ts'
import { DEMO_PASSWORD, startService, type RunningService } from '../e2e/service.ts'
import { stageCampaigns, type StagedCampaign, type StagedHousehold } from '../e2e/surveyStage.ts'
import { inChromium, launchChromium } from './chromium.ts'
import { consoleIsBuilt } from './pages.ts'
import { WHOLE_STORY_MS } from './stage.ts'
import { startVisit } from './visit.ts'

/* The page of a questionnaire on old and small phones, and what supervisors read of it. */

const VILLAGES = ['420702104212', '420702104201', '420702104202', '420702100202', '420702100203']
const ANSWERS = [14, 9, 3, 12, 8]
const WORDS = ['窗口中午没人', '中午找不到人', '下班太早', '王主任中午不在', '中午能值班就好，电话13800000000']

const campaign = (id: string, title: string, opened: number, status: StagedCampaign['status']): StagedCampaign => ({
  ...{ id, kind: 'satisfaction', title, opened, status },
  households: VILLAGES.flatMap((village, v): StagedHousehold[] =>
    Array.from({ length: (ANSWERS[v] ?? 0) + 4 }, (_, n) => ({ id: `${id}-${v}-${n}`, village, status: 'asked' })),
  ),
})

inChromium(() => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxin-survey-pages-'))
  let browser: Browser
  let service: RunningService
  let tokens: Map<string, string>

  beforeAll(async () => {
    await consoleIsBuilt()
    await layDemo(dataDir, DEMO_PASSWORD)
    tokens = await stageCampaigns(dataDir, [
      campaign('c-now', '2026年满意度问卷', -2, 'running'),
      campaign('c-half', '2026年上半年问卷', -12, 'running'),
    ])
    service = await startService({ dataDir })
    for (const id of ['c-now', 'c-half']) await answerAll(id)
    browser = await launchChromium()
  }, WHOLE_STORY_MS)
  afterAll(async () => {
    await browser?.close()
    await service?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const link = (household: string) => `${service.url}/s/${tokens.get(household)}`

  async function answerAll(id: string): Promise<void> {
    const homes = ANSWERS.flatMap((answers, v) => Array.from({ length: answers }, (_, n) => `${id}-${v}-${n}`))
    for (const [n, home] of homes.entries()) {
      const used = n % 3 === 0 ? { used: 'none' } : { used: 'window', attitude: n % 7 === 0 ? '2' : '5', once: 'yes' }
      const judged = n % 6 === 0 ? { overall: '2', why: ['waited'] } : { overall: '4' }
      const answers = { ...judged, ...used, words: n < 5 ? (WORDS[n] ?? null) : null }
      const response = await fetch(link(home), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ answers, finish: true }),
      })
      expect(response.status).toBe(200)
    }
  }

  test.each([
    { album: 'survey-390', width: 390, home: 'c-now-0-14' },
    { album: 'survey-320', width: 320, home: 'c-now-0-15' },
  ])(
    'somebody answers question by question on a phone of $width px',
    async ({ album, width, home }) => {
      const visit = await startVisit({ browser, url: service.url, album, width, elder: true })
      const { page } = visit
      await page.goto(link(home))
      await visit.look('first')
      await page.getByRole('button', { name: '基本满意' }).click()
      await page.getByText('第2题').waitFor()
      await visit.look('second')
      await page.getByRole('button', { name: '到窗口办' }).click()
      await page.getByRole('button', { name: '不满意', exact: true }).click()
      await page.getByRole('button', { name: '没有', exact: true }).click()
      await page.getByRole('textbox').fill('材料跑了三趟')
      await visit.look('words')
      await page.getByRole('button', { name: '下一题' }).click()
      await page.getByText('都答完了').waitFor()
      await visit.look('summary')
      await page.getByRole('link', { name: '改' }).first().click()
      await page.getByText('您刚才选了：基本满意').waitFor()
      await visit.look('changing')
      await page.getByRole('button', { name: '非常不满意' }).click()
      await page.getByRole('checkbox', { name: '跑了好几趟' }).check()
      await page.getByRole('checkbox', { name: '没说清楚' }).check()
      await visit.look('reasons')
      await page.getByRole('button', { name: '下一题' }).click()
      await page.getByRole('button', { name: '交上去' }).click()
      await page.getByText('收到了，谢谢您花时间。').waitFor()
      await visit.look('thanks')
      await page.goto(link(home))
      await page.getByText('您家这份问卷已经交了').waitFor()
      expect(visit.findings).toEqual([])
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test('an old phone that runs no script answers as well', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      locale: 'zh-CN',
      viewport: { width: 320, height: 480 },
    })
    const page = await context.newPage()
    await page.goto(link('c-now-0-16'))
    await page.click('button[value="4"]')
    await page.click('button[value="none"]')
    await page.click('button[value="skip"]')
    await page.click('button[value="finish"]')
    expect(await page.textContent('main')).toContain('收到了')
    await context.close()
  })

  test.each([
    { album: 'survey-results-1280', width: 1280 },
    { album: 'survey-results-390', width: 390 },
  ])(
    'the county reads what a survey found: $width px',
    async ({ album, width }) => {
      const visit = await startVisit({ browser, url: service.url, album, width })
      const { page } = visit
      await page.goto(`${service.url}/console#surveys`)
      await page.getByLabel('账号').fill('county')
      await page.getByLabel('密码').fill(DEMO_PASSWORD)
      await page.getByRole('button', { name: '登录' }).click()
      await page.getByRole('heading', { name: '总的结果' }).waitFor()
      await visit.look('top')
      await page
        .getByText('都提到')
        .or(page.getByRole('heading', { name: /上班时间/ }))
        .first()
        .scrollIntoViewIfNeeded()
      expect(await page.textContent('main')).not.toMatch(/13800000000|王主任/)
      await visit.look('texts')
      await page.getByRole('heading', { name: '各乡镇、各村' }).scrollIntoViewIfNeeded()
      await visit.look('places')
      await page.getByRole('heading', { name: '历次' }).scrollIntoViewIfNeeded()
      await visit.look('trend')
      await page.getByRole('combobox', { name: /^地区/ }).selectOption({ index: 1 })
      await page.getByText('分题、流失和意见只看整次问卷的').waitFor()
      await visit.look('town')
      expect(visit.findings).toEqual([])
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )
})
