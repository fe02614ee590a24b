import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { layDemo } from '../e2e/demoData.ts'
import { eventually, json, logIn } from '../e2e/people.ts'
import { DEMO_PASSWORD, startService, type RunningService } from '../e2e/service.ts'
import { stageCampaigns, type StagedHousehold } from '../e2e/surveyStage.ts'
import { inChromium, launchChromium } from './chromium.ts'
import { isOfCutLine } from './cutLineWords.ts'
import { goesWay, officerOn } from './officer.ts'
import { pagesAreBuilt } from './pages.ts'
import { WHOLE_STORY_MS } from './stage.ts'
import { startVisit } from './visit.ts'

/* 上门问卷: the household answers on the officer's phone, with a line and without. */

const homes = ['d-1', 'd-2'].map((id): StagedHousehold => ({ id, village: '420702104212', status: 'officer' }))

inChromium(() => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxin-door-pages-'))
  let browser: Browser
  let service: RunningService

  beforeAll(async () => {
    await pagesAreBuilt()
    await layDemo(dataDir, DEMO_PASSWORD)
    const campaign = { id: 'c-door', kind: 'satisfaction' as const, title: '2026年满意度问卷', opened: -2 }
    await stageCampaigns(dataDir, [{ ...campaign, status: 'running', households: homes }])
    service = await startService({ dataDir })
    browser = await launchChromium()
  }, WHOLE_STORY_MS)
  afterAll(async () => {
    await browser?.close()
    await service?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const codes = async () => {
    const town = await logIn(service.url, 'town')
    const slips = await json<{ items: { code: string }[] }>(await town.get('/api/surveys/c-door/door-slips'))
    return slips.items.map(({ code }) => code)
  }

  test.each([
    { album: 'door/390', width: 390, offline: false },
    { album: 'door/320', width: 320, offline: true },
  ])(
    'the household answers by itself, once, and nobody reads it afterwards: $width px, without a line: $offline',
    async ({ album, width, offline }) => {
      const [code = ''] = await codes()
      const visit = await startVisit({ browser, url: service.url, album, width })
      const { page } = visit
      await officerOn(visit, service.url).logsIn('town')
      await visit.look('list')
      await goesWay(page, '上门问卷')
      await page.getByText('没有码，谁也不能替他答').waitFor()
      await page.getByLabel('住户的回答码').fill('12')
      await visit.press('打开问卷')
      await page.getByText('回答码是8位数字').waitFor()
      await page.getByLabel('住户的回答码').fill('00000000')
      await visit.press('打开问卷')
      await page.getByText('没有这个码').waitFor()
      await visit.look('code')
      await page.getByLabel('住户的回答码').fill(code)
      await visit.press('打开问卷')
      await page.getByText('请把手机交给住户').waitFor()
      await visit.look('hand')
      if (offline) await visit.context.setOffline(true)
      await visit.press('我是住户，开始答')
      await visit.look('first')
      await visit.press('不满意')
      await page.getByText('哪里不好').waitFor()
      await visit.press('跑了好几趟')
      await visit.press('没说清楚')
      await visit.look('reasons')
      await visit.press('下一题')
      await page.getByText('这一年，您家主要怎么办过').waitFor()
      await visit.press('没办过')
      await page.getByText('还想说点什么').waitFor()
      await visit.press('上一题')
      await visit.press('没办过')
      await page.getByLabel('写在这里').fill('窗口中午没人')
      await visit.look('words')
      await visit.press('下一题')
      await page.getByText('都答完了').waitFor()
      await visit.look('sum')
      await visit.press('交上去')
      await page.getByText(offline ? '有信号时自动交上去' : '收到了，谢谢您').waitFor()
      await visit.look('thanks')
      await visit.press('问下一户')
      if (offline) {
        await page.getByText('有1份答完了').waitFor()
        await visit.look('waiting')
        // Nobody has to press anything.
        await visit.context.setOffline(false)
      }
      await eventually(async () => !(await codes()).includes(code))
      await page.getByLabel('住户的回答码').fill(code)
      await visit.press('打开问卷')
      await page.getByText('这户已经答过了').waitFor()
      const kept = await page.evaluate(() => JSON.stringify(localStorage))
      expect(kept).not.toContain('窗口中午没人')
      expect(visit.findings).toEqual([])
      // The wrong code, and the line that was cut.
      const expected = (problem: string) => isOfCutLine(problem) || /status of 404.*api\/surveys\/door/.test(problem)
      expect(visit.problems.filter(problem => !expected(problem))).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test('an officer sees what was said of his work without who, and appeals', async () => {
    const visit = await startVisit({ browser, url: service.url, album: 'door/ratings', width: 390 })
    const { page } = visit
    await officerOn(visit, service.url).logsIn('village')
    await goesWay(page, '对我的评价')
    await page.getByText('只显示月份和选的原因').waitFor()
    await page.getByText('可以申诉到').first().waitFor()
    await visit.look('mine')
    await page.getByRole('button', { name: '申诉' }).first().click()
    await visit.press('交给县级')
    await page.getByText('至少两个字').waitFor()
    await page.getByLabel('我的说明').fill('那天停电，窗口办不了')
    await visit.look('appeal')
    await visit.press('交给县级')
    await page.getByText('我的说明：那天停电，窗口办不了').waitFor()
    await page.getByText('申诉了，等县级决定').waitFor()
    await visit.look('appealed')
    expect(visit.findings).toEqual([])
    expect(visit.problems).toEqual([])
    await visit.context.close()
  })
})
