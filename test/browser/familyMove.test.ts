import { expect, test } from 'vitest'
import { withCheck } from '../e2e/registration.ts'
import { DEMO_PASSWORD } from '../e2e/service.ts'
import { filed } from './filed.ts'
import { opensPage } from './menu.ts'
import { consoleIsBuilt } from './pages.ts'
import { onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit } from './visit.ts'

/* 这家搬走了: the town looks at what would go along, and moves it. */

onStage(consoleIsBuilt, stage => {
  test.each([
    { album: '1280', width: 1280, surname: '皇甫', day: '0401' },
    { album: '390', width: 390, surname: '尉迟', day: '0402' },
    { album: '320', width: 320, surname: '澹台', day: '0403' },
  ])(
    'the town moves a family to another village after a look at what goes along: $album px',
    async ({ album, width, surname, day }) => {
      const { browser, service } = stage
      const guest = await filed(service.url, `${surname}小红`, withCheck(`4207021989${day}000`))
      const visit = await startVisit({ browser, url: service.url, album: `family-move-${album}`, width })
      const { page } = visit
      await page.goto(`${service.url}/console`)
      await page.getByLabel('账号').fill('town')
      await page.getByLabel('密码').fill(DEMO_PASSWORD)
      await page.getByRole('button', { name: '登录' }).click()
      await opensPage(page, '任务')
      const row = page
        .getByRole('region', { name: '待接的任务' })
        .getByRole('row', { name: new RegExp(surname.slice(0, 1)) })
        .last()
      await row.getByRole('button', { name: /^这家搬走了/ }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('搬到哪个乡镇').selectOption({ label: '沼山镇' })
      await dialog.getByLabel('搬到哪个村').getByRole('option', { name: '下柯村' }).waitFor({ state: 'attached' })
      await dialog.getByLabel('搬到哪个乡镇').selectOption({ label: '外县（区）' })
      await dialog.getByLabel('12位编码').fill('420704108202')
      await dialog.getByLabel('为什么').fill('全家搬走')
      await dialog.getByRole('button', { name: '先看会转哪些' }).click()
      await dialog.getByText(/^会转 1 件到/).waitFor()
      await dialog.getByText(/^那边由谁办/).waitFor()
      await visit.look('preview')
      await dialog.getByRole('button', { name: '确认转走 1 件' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page.getByText('已转走 1 件，群众和双方都会收到消息。').waitFor()
      await visit.look('moved')
      expect(JSON.stringify(await (await guest.get('/api/applications')).json())).toContain('长港镇')
      expect([...visit.findings, ...visit.problems]).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )
})
