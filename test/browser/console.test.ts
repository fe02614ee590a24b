import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { DEMO_PASSWORD, startService, type RunningService } from '../e2e/service.ts'
import { inChromium, launchChromium } from './chromium.ts'
import { consoleIsBuilt } from './pages.ts'
import { startVisit, type Visit } from './visit.ts'

const daysSchema = z.object({ from: z.iso.date(), to: z.iso.date() })

/** A start, a build perhaps, seven pages with a picture and axe, on a busy machine. */
const WHOLE_STORY_MS = 240_000

inChromium(() => {
  let browser: Browser
  let service: RunningService

  beforeAll(async () => {
    await consoleIsBuilt()
    service = await startService()
    browser = await launchChromium()
  }, WHOLE_STORY_MS)

  afterAll(async () => {
    await browser?.close()
    await service?.dispose()
  })

  const open = async (album: string, width: number) => {
    const visit = await startVisit({ browser, url: service.url, album: `console-${album}`, width })
    await visit.page.goto(`${service.url}/console`)
    return visit
  }

  test.each([
    { album: '1280', width: 1280 },
    { album: '390', width: 390 },
  ])(
    'a supervisor reads the figures, follows one to its cases, and reads the check table: $album px',
    async ({ album, width }) => {
      const visit = await open(album, width)
      const { page } = visit
      await page.getByLabel('账号').waitFor()
      await visit.look('log-in')
      await logIn(visit, 'county')

      await page.getByRole('heading', { name: '网办率', exact: true }).waitFor()
      await page.locator('svg').first().waitFor()
      await visit.look('overview')
      await page.getByRole('button', { name: '看办件：网办率' }).click()
      await page
        .getByRole('dialog')
        .getByRole('cell', { name: /^SY\d{6}-\d{6}$/ })
        .first()
        .waitFor()
      await visit.look('cases')
      await page.getByRole('button', { name: '关闭' }).click()

      await page.getByRole('link', { name: '网办率' }).click()
      await page.getByRole('cell', { name: '年老、有病或残疾' }).waitFor()
      await page.locator('svg').nth(1).waitFor()
      await visit.look('online')

      await page.getByRole('link', { name: '检查表' }).click()
      await page.getByText('网上办证率未能达到100%的按比例最高扣3分').waitFor()
      await visit.look('check-table')

      await page.getByRole('link', { name: '导出' }).click()
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: /XLSX/ }).click()
      expect((await download).suggestedFilename()).toMatch(/^服务与效能指标-420702-.*\.xlsx$/)
      await visit.look('export')
      expect(visit.findings).toEqual([])
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test(
    'the days are those of the service until the officer chooses, whatever the clock of the browser says',
    { timeout: WHOLE_STORY_MS },
    async () => {
      const visit = await open('days', 1280)
      const { page } = visit
      await page.clock.setFixedTime(new Date('2020-02-03T04:05:06Z'))
      const first = page.waitForResponse(response => new URL(response.url()).pathname === '/api/indicators')
      await logIn(visit, 'county')
      const { from, to } = daysSchema.parse(await (await first).json())
      expect([await page.getByLabel('起').inputValue(), await page.getByLabel('止').inputValue()]).toEqual([from, to])
      expect(to.slice(0, 4)).not.toBe('2020')

      const second = page.waitForRequest(request => request.url().includes('/api/indicators?'))
      await page.getByLabel('起').fill(`${to.slice(0, 8)}01`)
      await page.getByRole('button', { name: '查看', exact: true }).click()
      expect(new URL((await second).url()).search).toBe(`?from=${to.slice(0, 8)}01`)
      await page.getByRole('heading', { name: `${to.slice(0, 8)}01 – ${to}` }).waitFor()
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
  )

  test('a village officer is sent to his desk', { timeout: WHOLE_STORY_MS }, async () => {
    const visit = await open('village', 390)
    await logIn(visit, 'village')
    await visit.page.getByText('您的岗位不看指标').waitFor()
    expect(visit.problems).toEqual([])
    await visit.context.close()
  })
})

async function logIn({ page }: Visit, username: string): Promise<void> {
  await page.getByLabel('账号').fill(username)
  await page.getByLabel('密码').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
}
