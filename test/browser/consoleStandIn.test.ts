import { expect, test } from 'vitest'
import { json, logIn } from '../e2e/people.ts'
import { DEMO_PASSWORD } from '../e2e/service.ts'
import { opensPage } from './menu.ts'
import { consoleIsBuilt } from './pages.ts'
import { onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit } from './visit.ts'

/* A supervisor does the work of an absent colleague on the supervisors' pages. */

const DAY_MS = 86_400_000
const SHANGHAI_MS = 8 * 3_600_000
const dayIn = (days: number) => new Date(Date.now() + SHANGHAI_MS + days * DAY_MS).toISOString().slice(0, 10)

onStage(consoleIsBuilt, stage => {
  test.each([
    { album: '1280', width: 1280 },
    { album: '390', width: 390 },
    { album: '320', width: 320 },
  ])(
    'a supervisor chooses whose work to do, reads on every page whose it is, and is told when the absence is over: $album px',
    async ({ album, width }) => {
      const { browser, service } = stage
      const { url } = service
      const head = await logIn(url, 'county')
      const days = { officer: 'demo-town', from: dayIn(0), to: dayIn(1), substitute: 'demo-county' }
      const { id } = await json<{ id: string }>(await head.post('/api/officer-absences', days))

      const visit = await startVisit({ browser, url, width, album: `console-standin-${album}` })
      const { page } = visit
      await page.goto(`${url}/console`)
      await page.getByLabel('账号').fill('county')
      await page.getByLabel('密码').fill(DEMO_PASSWORD)
      await page.getByRole('button', { name: '登录' }).click()
      const whose = page.getByLabel('办谁的工作')
      await whose.waitFor()
      await page.getByRole('navigation', { name: '页面' }).getByRole('button', { name: '管理' }).click()
      await page.getByRole('link', { name: '审计记录', exact: true }).waitFor()
      await visit.look('own')

      await whose.selectOption({ label: '代 沼山镇 陈志强' })
      const line = page.getByRole('status').filter({ hasText: '正在代 沼山镇 陈志强 办理。记录里写的是您的名字。' })
      await line.waitFor()
      // The town has no trail to read, and of the county no other town.
      expect(await page.getByRole('link', { name: '审计记录', exact: true }).count()).toBe(0)
      await opensPage(page, '任务')
      await page
        .getByRole('region', { name: '各地任务' })
        .getByRole('row', { name: /^下柯村/ })
        .waitFor()
      await visit.look('tasks')

      await opensPage(page, '导出')
      await page.getByText(/沼山镇 · \d{4}-/).waitFor()
      const asked = page.waitForRequest(request => request.url().includes('/api/indicators.xlsx'))
      const saved = page.waitForEvent('download')
      await page.getByRole('link', { name: /Excel|XLSX/i }).click()
      expect((await asked).headers()['x-stand-in-for']).toBe('town')
      expect((await saved).suggestedFilename()).toMatch(/\.xlsx$/)
      await visit.look('files')

      await page.reload()
      await line.waitFor()
      expect((await head.post(`/api/officer-absences/${id}/end`)).status).toBe(204)
      await opensPage(page, '任务')
      await page.getByText('代班已经结束，下面是您自己的工作。').waitFor()
      await line.waitFor({ state: 'detached' })
      expect(await whose.count()).toBe(0)
      await page.getByRole('region', { name: '各地任务' }).getByRole('row').nth(1).waitFor()
      await visit.look('over')
      // It is said until it was noted, whatever page he is on when it is found out.
      await page.getByRole('button', { name: '知道了' }).click()
      expect(await page.getByText('代班已经结束').count()).toBe(0)
      expect(visit.findings).toEqual([])
      // A question that was on its way when the absence ended is refused, and the browser notes it.
      expect(visit.problems.filter(text => !/status of 403/.test(text))).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )
})
