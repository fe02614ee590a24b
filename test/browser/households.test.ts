import { expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../e2e/service.ts'
import { newGuest } from '../e2e/people.ts'
import { officerOn } from './officer.ts'
import { opensPage } from './menu.ts'
import { consoleIsBuilt, pagesAreBuilt } from './pages.ts'
import { goesOnAs } from './resident.ts'
import { onScreens, onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

/* 住户绑定 and 我家: figures from the door, sent from the other phone, seen and ended on both. */

const screens = onScreens({ nth: 0 }, { nth: 1 }, { nth: 2 })

onStage(pagesAreBuilt, stage => {
  test.each(screens)(
    'an officer shows a household its figures, the resident types them, and both see and can end it: $album px',
    async ({ album, width, elder, nth }) => {
      const { browser, service } = stage
      const { url } = service
      const his = await startVisit({ browser, url, width, elder, album: `households-${album}` })
      const hers = await startVisit({ browser, url, width, elder, album: `own-household-${album}` })
      await goesOnAs(hers, await newGuest(url))
      await officerOn(his, url).logsIn('village')
      const code = await showsFigures(his, url, nth)
      await typesFigures(hers, url, code)
      await seesAndEnds(his)
      await hers.page.reload()
      await hers.page.getByText('还没有绑定。').waitFor()
      expect([...his.findings, ...hers.findings]).toEqual([])
      expect([...his.problems, ...hers.problems]).toEqual([])
      await Promise.all([his.context.close(), hers.context.close()])
    },
    WHOLE_STORY_MS,
  )
})

async function showsFigures({ page, press, look }: Visit, url: string, nth: number): Promise<string> {
  await page.goto(`${url}/officer/households`)
  await page.getByRole('list', { name: '住户绑定' }).waitFor()
  await look('list')
  await page.getByRole('listitem').filter({ hasText: '还没有人收' }).nth(nth).getByRole('button').click()
  await press('给这一户绑定码')
  await page.getByText('十分钟内有效').waitFor()
  await look('figures')
  const shown = await page.locator('.code-card .digits').textContent()
  return shown?.replace(/\s/g, '') ?? ''
}

async function typesFigures({ page, press, look }: Visit, url: string, code: string): Promise<void> {
  await page.goto(`${url}/pages/mydata/index`)
  await page.getByText('还没有绑定。').waitFor()
  const field = page.getByLabel('村干部给的八位数字')
  await field.fill('1234')
  await press('绑定')
  await page.getByText('数字是八位').waitFor()
  await field.fill(code)
  await press('绑定')
  await page.getByText('绑定好了。').waitFor()
  await page.getByText('村干部上门绑定').waitFor()
  await look('bound')
  await page.getByRole('button', { name: /不是我家，解除/ }).click()
  await page.getByText('您自己的办件不受影响。').waitFor()
  await look('end')
  await press('不了，先留着')
}

async function seesAndEnds({ page, press, look }: Visit): Promise<void> {
  await press('住户发好了，看看绑上没有')
  await page.getByText('有1人收这一户的消息').last().waitFor()
  await look('one')
  await press('绑错了，解除')
  await press('确定')
  await page.getByText('还没有人收这一户的消息').last().waitFor()
  await press('这一户不在了')
  await press('搬走了')
  await look('gone')
  await press('确定')
  await press('还在，改回来')
  await press('确定')
  await page.getByRole('button', { name: '这一户不在了' }).waitFor()
}

onStage(consoleIsBuilt, stage => {
  test.each([
    { album: '1280', width: 1280 },
    { album: '390', width: 390 },
    { album: '320', width: 320 },
  ])(
    'the town looks up why a household got nothing, and what would help: $album px',
    async ({ album, width }) => {
      const { browser, service } = stage
      const visit = await startVisit({ browser, url: service.url, width, album: `why-not-sent-${album}` })
      const { page } = visit
      await page.goto(`${service.url}/console`)
      await page.getByLabel('账号').fill('town')
      await page.getByLabel('密码').fill(DEMO_PASSWORD)
      await visit.press('登录')
      await opensPage(page, '住户与消息')
      await page.getByLabel('村（社区）').selectOption({ label: '下柯村' })
      await visit.press('查')
      const nobody = page.getByRole('region', { name: '住户与消息' }).getByRole('row', { name: /没有/ }).first()
      await nobody.waitFor()
      await visit.look('list')
      await nobody.getByRole('button').click()
      await page.getByText('还没有主动发过消息。').waitFor()
      await page.getByText(/请村干部上门/).waitFor()
      await visit.look('one')
      expect([...visit.findings, ...visit.problems]).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )
})
