import { expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../e2e/service.ts'
import { opensPage } from './menu.ts'
import { consoleIsBuilt } from './pages.ts'
import { onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit } from './visit.ts'

/* A list that ends households: those where somebody seems to be are named, and their count is written before anything else is. */

const VILLAGE = '420702104212'

onStage(consoleIsBuilt, stage => {
  test.each([
    { album: '1280', width: 1280, first: 1 },
    { album: '390', width: 390, first: 4 },
    { album: '320', width: 320, first: 7 },
  ])(
    'the county is stopped by a list that ends households with speakers and much of a village: $album px',
    async ({ album, width, first }) => {
      const { browser, service } = stage
      const visit = await startVisit({ browser, url: service.url, width, album: `list-ends-${album}` })
      const { page } = visit
      await page.goto(`${service.url}/console`)
      await page.getByLabel('账号').fill('county')
      await page.getByLabel('密码').fill(DEMO_PASSWORD)
      await page.getByRole('button', { name: '登录' }).click()
      await opensPage(page, '名单导入')
      await page.getByLabel(/^文件/).setInputFiles({
        ...{ name: '住户.csv', mimeType: 'text/csv', buffer: Buffer.from(listFrom(first, album)) },
      })
      await page.getByRole('button', { name: '试运行' }).click()
      await page.getByText('其中 7 户记为不在了').waitFor()
      const inUse = page.getByRole('region', { name: '请核对：这些户好像还有人' })
      expect(await inUse.getByRole('row', { name: /有人在替这一户收消息/ }).count()).toBe(2)
      await page
        .getByRole('region', { name: '请核对：这些村少得多' })
        .getByRole('row', { name: /下柯村/ })
        .waitFor()
      const apply = page.getByRole('button', { name: '确认写入' })
      expect(await apply.isDisabled()).toBe(true)
      await page.getByText('写对户数，才能写入。').scrollIntoViewIfNeeded()
      await visit.look('stopped')
      await page.getByLabel('一共几户记为不在了').fill('2')
      expect(await apply.isDisabled()).toBe(true)
      await page.getByLabel('一共几户记为不在了').fill('7')
      await visit.look('said')
      await apply.click()
      await page.getByRole('heading', { name: '已全部写入' }).waitFor()
      await visit.look('written')
      expect([...visit.findings, ...visit.problems]).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )
})

/** Two of the demo that can be written to, and five that come to the list as gone. */
function listFrom(first: number, album: string): string {
  const numbers = [first, first + 1].map(n => `DEMO-${String(n).padStart(3, '0')}`)
  const fresh = [1, 2, 3, 4, 5].map(n => `NEW-${album}-${n}`)
  const rows = [...numbers, ...fresh].map(number => `${number},${VILLAGE},李秀英,搬走`)
  return ['户编号,村代码,户主姓名,住户状态', ...rows].join('\r\n')
}
