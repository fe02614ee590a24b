import { afterAll, beforeAll, expect, test } from 'vitest'
import { json, logIn, type OfficerClient } from '../e2e/people.ts'
import { DEMO_PASSWORD } from '../e2e/service.ts'
import { wecomEnv } from '../e2e/wechatEnv.ts'
import { startMockWecom, type MockWecom } from '../mock-wechat/wecom.ts'
import { opensPage } from './menu.ts'
import { consoleIsBuilt } from './pages.ts'
import { onStage, WHOLE_STORY_MS, type Stage } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

/* What town and county do about tasks that others hold: urge, read the chain, hand over; and whose WeCom account is whose. */

interface Row {
  id: string
  summary: string
  assigneeName: string | null
  allowedActions: string[]
}

let wecom: MockWecom
beforeAll(async () => {
  wecom = await startMockWecom()
})
afterAll(() => wecom?.close())

const play = (stage: Stage, { album, width }: { album: string; width: number }) => {
  const open = async (album: string, width: number, username: string) => {
    const visit = await startVisit({ browser: stage.browser, url: stage.service.url, album: `board-${album}`, width })
    await visit.page.goto(`${stage.service.url}/console`)
    await visit.page.getByLabel('账号').fill(username)
    await visit.page.getByLabel('密码').fill(DEMO_PASSWORD)
    await visit.page.getByRole('button', { name: '登录' }).click()
    return visit
  }

  test(
    `the town urges who holds a late task, reads that in its chain, and hands over exactly what it was shown: ${album} px`,
    async () => {
      const { url } = stage.service
      const village = await logIn(url, 'village')
      const late = await takesLateTask(village)
      const visit = await open(album, width, 'town')
      await opensPage(visit.page, '任务')
      await urges(visit, late)
      await readsChain(visit, late)
      await handsOver(visit, late)
      const town = await logIn(url, 'town')
      const { task } = await json<{ task: Row }>(await town.get(`/api/tasks/${late.id}`))
      expect(task.assigneeName).toBe('陈志强')
      expect(visit.findings).toEqual([])
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test(
    `the county binds a member of WeCom to an officer and takes it back: ${album} px`,
    async () => {
      const visit = await open(`binding-${album}`, width, 'county')
      const { page, look } = visit
      await opensPage(page, '人员')
      await page.getByRole('button', { name: /^绑定 王建国/ }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('还没有绑定。').waitFor()
      await dialog.getByLabel('成员账号（UserId）').fill(`wang-${album}`)
      await dialog.getByRole('button', { name: '绑定企业微信', exact: true }).click()
      const bound = dialog.getByRole('listitem').filter({ hasText: `wang-${album}` })
      await bound.waitFor()
      await look('bound')
      await bound.getByRole('button', { name: `解绑 企业微信 wang-${album}` }).click()
      await dialog.getByText('还没有绑定。').waitFor()
      await look('unbound')
      expect(visit.findings).toEqual([])
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )
}

const screens = [
  { album: '1280', width: 1280 },
  { album: '390', width: 390 },
  { album: '320', width: 320 },
]
// A demo for each: how many of its tasks are late hangs on the day of the week, and one is urged once a day.
for (const screen of screens) {
  onStage(
    consoleIsBuilt,
    stage => play(stage, screen),
    async () => wecomEnv(wecom),
  )
}

/** One of the demo's, taken by the officer of its village. */
async function takesLateTask(village: OfficerClient): Promise<Row> {
  const { items } = await json<{ items: Row[] }>(await village.get('/api/tasks?overdue=1&limit=100'))
  const late = items.find(({ allowedActions }) => allowedActions.includes('lease'))
  if (!late) throw new Error('the demo has no late task left')
  await json(await village.post(`/api/tasks/${late.id}/lease`))
  return late
}

const lateRow = ({ page }: Visit, { summary }: Row) =>
  page
    .getByRole('region', { name: '逾期的任务' })
    .getByRole('row')
    .filter({ hasText: summary })
    .filter({ hasText: '王建国' })

async function urges(visit: Visit, late: Row): Promise<void> {
  const { page, look } = visit
  const row = lateRow(visit, late).first()
  await row.getByRole('button', { name: /^催办/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('想说的话（可不填）').fill('群众在等，请先联系')
  await look('urge')
  await dialog.getByRole('button', { name: '催办' }).click()
  await dialog.waitFor({ state: 'detached' })
  await row.getByText('催办（1）').waitFor()
}

async function readsChain(visit: Visit, late: Row): Promise<void> {
  const { page, look } = visit
  await lateRow(visit, late).first().getByRole('button', { name: /^经过/ }).click()
  const dialog = page.getByRole('dialog')
  const line = dialog.getByRole('row').filter({ hasText: '群众在等，请先联系' })
  await line.getByText(/陈志强.*乡镇经办.*沼山镇/).waitFor()
  await look('chain')
  await dialog.getByRole('button', { name: '关闭' }).click()
}

async function handsOver({ page, look }: Visit, { summary }: Row): Promise<void> {
  await page.getByRole('button', { name: '移交任务' }).click()
  const dialog = page.getByRole('dialog')
  const choose = async (label: string, name: RegExp) => {
    const option = await dialog.getByLabel(label).getByRole('option', { name }).first().getAttribute('value')
    await dialog.getByLabel(label).selectOption(option)
  }
  await choose('从谁手里', /王建国/)
  await choose('交给谁', /陈志强/)
  await dialog.getByLabel('为什么').fill('岗位调整')
  await dialog.getByRole('button', { name: '先看会交哪些' }).click()
  await dialog.getByRole('listitem').filter({ hasText: summary }).first().waitFor()
  await look('preview')
  const confirm = dialog.getByRole('button', { name: /^确认移交 \d+ 件$/ })
  const moved = (await confirm.innerText()).replace(/\D/g, '')
  // What was looked at is what is done: another reason is looked at anew.
  await dialog.getByLabel('为什么').fill('岗位调整，交给镇里')
  await dialog.getByRole('button', { name: '先看会交哪些' }).click()
  await confirm.click()
  await page
    .getByRole('status')
    .filter({ hasText: `已移交 ${moved} 件，双方都会收到消息。` })
    .waitFor()
  await look('handed')
}
