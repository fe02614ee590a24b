import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { eventually, json, logIn } from '../e2e/people.ts'
import { withCheck } from '../e2e/registration.ts'
import { DEMO_PASSWORD } from '../e2e/service.ts'
import { filed } from './filed.ts'
import { opensPage } from './menu.ts'
import { consoleIsBuilt } from './pages.ts'
import { onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit } from './visit.ts'

/* 差评 and 亲属申请 on the supervisors' pages. */

interface TaskJson {
  id: string
  applicationId: string | null
  source: string
  summary: string
  fence: number
}

onStage(consoleIsBuilt, stage => {
  const open = async (album: string, width: number, username: string) => {
    const visit = await startVisit({ browser: stage.browser, url: stage.service.url, album: `desk-${album}`, width })
    const { page } = visit
    await page.goto(`${stage.service.url}/console`)
    await page.getByLabel('账号').fill(username)
    await page.getByLabel('密码').fill(DEMO_PASSWORD)
    await page.getByRole('button', { name: '登录' }).click()
    return visit
  }

  /** Registered in the village by somebody of this name; answers the number of the case. */
  const register = async (name: string, id: string) => {
    const guest = await filed(stage.service.url, name, id)
    const number = /SY\d{6}-\d{6}/.exec(await (await guest.get('/api/chat/history')).text())?.[0] ?? ''
    return { guest, number }
  }

  /** The village decides her case, she is very dissatisfied, and the officer appeals. */
  const rateBadly = async (name: string, id: string): Promise<string> => {
    const { guest, number } = await register(name, id)
    const village = await logIn(stage.service.url, 'village')
    const { items } = await json<{ items: TaskJson[] }>(await village.get('/api/tasks?status=open&limit=100'))
    for (const task of items.filter(({ applicationId }) => applicationId !== null)) {
      const address = `/api/applications/${task.applicationId}`
      if ((await json<{ number: string }>(await village.get(address))).number !== number) continue
      const { fence } = await json<TaskJson>(await village.post(`/api/tasks/${task.id}/lease`))
      await json(await village.post(`${address}/decide`, { decision: 'granted' }, fence))
    }
    await eventually(async () => (await (await guest.get('/api/chat/history')).text()).includes('非常不满意'))
    for (const words of ['非常不满意', '跑了三趟', '2和5']) await guest.says(words)
    return number
  }

  const appeal = async (reason: string) => {
    const village = await logIn(stage.service.url, 'village')
    const mine = await json<{ items: { id: string }[] }>(await village.get('/api/bad-ratings/mine'))
    // The newest: the demo has one of its own.
    expect((await village.post(`/api/bad-ratings/${mine.items[0]?.id}/appeal`, { reason })).status).toBe(204)
  }

  /** The town speaks with who rated. */
  const speak = async (number: string, evidence: string) => {
    const town = await logIn(stage.service.url, 'town')
    const { items } = await json<{ items: TaskJson[] }>(await town.get('/api/tasks?status=open&limit=100'))
    const task = items.find(({ source, summary }) => source === 'badRating' && summary.includes(number))
    const { fence } = await json<TaskJson>(await town.post(`/api/tasks/${task?.id}/lease`))
    await json(await town.post(`/api/tasks/${task?.id}/close`, { evidence }, fence))
  }

  test.each([
    { album: 'ratings-1280', width: 1280, surname: '欧阳', day: '0311', verdict: 'setAside', shown: '不予采信' },
    { album: 'ratings-390', width: 390, surname: '司马', day: '0312', verdict: 'upheld', shown: '维持评价' },
  ])(
    'the town sees which step is due, the county decides the appeal with a reason, and nobody is told who rated: $width px',
    async ({ album, width, surname, day, verdict, shown }) => {
      const number = await rateBadly(`${surname}小红`, withCheck(`4207021990${day}000`))
      const his = await open(`${album}/town`, width, 'town')
      await opensPage(his.page, '差评')
      const waiting = his.page.getByRole('region', { name: '没办完的' }).getByRole('row', { name: /还没联系/ })
      await waiting.first().getByRole('cell', { name: '联系', exact: true }).waitFor()
      await his.look('to-contact')

      await speak(number, '电话里道了歉，补正的事说清楚了')
      const reason = `停电那天系统打不开 ${width}`
      await appeal(reason)
      await his.page.reload()
      const row = his.page.getByRole('region', { name: '没办完的' }).getByRole('row', { name: /等县级决定/ })
      await row.getByRole('cell', { name: '整改', exact: true }).waitFor()
      expect(await his.page.getByRole('button', { name: /^决定/ }).count()).toBe(0)
      await row.getByRole('button', { name: /^经过/ }).click()
      await his.page.getByRole('dialog').getByText('电话里道了歉').waitFor()
      await his.look('what-happened')

      const hers = await open(`${album}/county`, width, 'county')
      const { page } = hers
      await opensPage(page, '差评')
      const appeals = page.getByRole('region', { name: '等县级决定的申诉' })
      const decide = appeals.getByRole('button', { name: /^决定/ })
      await decide.waitFor()
      await hers.look('appeals')
      await decide.click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText(`申诉的理由：${reason}`).waitFor()
      await dialog.getByRole('combobox').selectOption(verdict)
      await dialog.getByLabel('原因').fill('查了停电记录')
      await hers.look('verdict')
      for (const one of [page, his.page])
        expect(await one.textContent('body')).not.toMatch(new RegExp(`${surname}|小红|13800000001`))
      await dialog.getByRole('button', { name: '决定' }).click()
      await dialog.waitFor({ state: 'detached' })
      await appeals.waitFor({ state: 'detached' })
      const after = page.getByRole('region', { name: verdict === 'setAside' ? '办完的、不予采信的' : '没办完的' })
      await after.getByRole('cell', { name: shown, exact: true }).first().waitFor()
      await hers.look('decided')
      expect([...his.findings, ...hers.findings]).toEqual([])
      expect([...his.problems, ...hers.problems]).toEqual([])
      await his.context.close()
      await hers.context.close()
    },
    WHOLE_STORY_MS,
  )

  test('what is late is marked, and counted above the list', { timeout: WHOLE_STORY_MS }, async () => {
    const visit = await open('ratings-late', 390, 'county')
    const { page } = visit
    await page.getByRole('navigation', { name: '页面' }).waitFor()
    const late = {
      ...{ id: 'late', applicationId: 'a', taskId: null, place: { code: '420702104212', name: '下柯村' }, level: 1 },
      ...{ at: '2026-01-05T09:00:00+08:00', status: 'received', contactDue: '2026-01-06', repairDue: '2026-01-26' },
      ...{ next: { step: 'contacted', due: '2026-01-06', overdue: true }, dueProvisional: true, appeal: null },
      ...{ mayDecide: false, log: [] },
    }
    await page.route('**/api/bad-ratings?*', route => {
      const isAppeals = route.request().url().includes('appealed')
      return route.fulfill({ json: { items: isAppeals ? [] : [late] } })
    })
    await opensPage(page, '差评')
    await page.getByText('没办完 1 件，逾期 1 件').waitFor()
    const row = page.getByRole('region', { name: '没办完的' }).getByRole('row', { name: /2026-01-06/ })
    await row.getByText('逾期').waitFor()
    await row.getByText('暂定').waitFor()
    await visit.look('late')
    expect(visit.findings).toEqual([])
    expect(visit.problems).toEqual([])
    await visit.context.close()
  })

  test.each([
    { album: 'relatives-1280', width: 1280, surname: '诸葛', day: '0313', wish: 'see', granted: true },
    { album: 'relatives-390', width: 390, surname: '上官', day: '0314', wish: 'delete', granted: false },
  ])(
    'the town enters what a relative asks for, notes the papers, and decides: $width px',
    async ({ album, width, surname, day, wish, granted }) => {
      const { number } = await register(`${surname}小红`, withCheck(`4207021990${day}000`))
      const visit = await open(album, width, 'town')
      const { page } = visit
      await opensPage(page, '亲属申请')
      await page.getByRole('button', { name: '登记申请' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('谁来申请').fill(`${surname}大军`)
      await dialog.getByLabel('和去世的人的关系').fill('儿子')
      await dialog.getByLabel('申请人电话').fill('13800000002')
      await dialog.getByLabel('去世的人', { exact: true }).fill(`${surname}小红`)
      await dialog.getByLabel('去世的人的办件编号').fill(number)
      await dialog.getByLabel('要做什么').selectOption(wish)
      await dialog.getByLabel('自己的正当利益').fill('办遗产公证要用')
      await visit.look('enter')
      await dialog.getByRole('button', { name: '登记申请' }).click()
      await dialog.waitFor({ state: 'detached' })

      const row = page.getByRole('region', { name: '亲属申请' }).getByRole('row', { name: new RegExp(surname) })
      await row.getByRole('cell', { name: '等核对证件' }).waitFor()
      await visit.look('entered')
      await row.getByRole('button', { name: /^核对证件/ }).click()
      await dialog.getByLabel('看了哪些证件').fill('身份证、户口簿、死亡证明')
      await visit.look('papers')
      await dialog.getByRole('button', { name: '核对证件' }).click()
      await row.getByRole('cell', { name: '等决定' }).waitFor()

      await row.getByRole('button', { name: /^决定/ }).click()
      await dialog.getByText('身份证、户口簿、死亡证明').waitFor()
      await dialog.getByRole('combobox').selectOption(granted ? 'granted' : 'refused')
      if (!granted) {
        await dialog.getByLabel('去世的人生前另有安排').check()
        await dialog.getByLabel('原因').fill('本人写明都留着')
      }
      await visit.look('verdict')
      await dialog.getByRole('button', { name: '决定' }).click()
      await row.getByRole('cell', { name: granted ? '已同意' : '不同意：本人写明都留着' }).waitFor()
      if (granted) {
        const saving = page.waitForEvent('download')
        await row.getByRole('button', { name: /^存成文件/ }).click()
        const saved = await saving
        expect(saved.suggestedFilename()).toBe('去世的人的信息.json')
        expect(readFileSync(await saved.path(), 'utf8')).toContain(number)
      }
      await visit.look('decided')
      expect(visit.findings).toEqual([])
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )
})
