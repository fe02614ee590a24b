import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { json, logIn } from '../e2e/people.ts'
import { withCheck } from '../e2e/registration.ts'
import { isOfCutLine } from './cutLineWords.ts'
import { filed } from './filed.ts'
import { officerOn } from './officer.ts'
import { pagesAreBuilt } from './pages.ts'
import { endLogin, residentOn, type Resident } from './resident.ts'
import { onStage } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

const TEST_MS = 90_000

onStage(pagesAreBuilt, stage => {
  let visit: Visit
  let albums = 0

  beforeEach(async () => {
    visit = await startVisit({
      browser: stage.browser,
      url: stage.service.url,
      width: 390,
      album: `trouble-${++albums}`,
    })
  })

  afterEach(async () => {
    await visit.context.close()
  })

  describe('a resident', () => {
    let resident: Resident
    beforeEach(async () => {
      resident = residentOn(visit, stage.service.url)
      await resident.opens()
    })

    const toldOnce = async (text: string) => {
      const headers = { authorization: `Bearer ${await resident.token()}` }
      const response = await fetch(`${stage.service.url}/api/chat/history?limit=100`, { headers })
      const { items } = await json<{ items: { from: string; text: string | null }[] }>(response)
      return items.filter(item => item.from === 'resident' && item.text === text).length
    }

    test(
      'without a connection sees that nothing is lost; when it is back the answer arrives once',
      async () => {
        for (const label of ['生育登记', '孩子妈妈', '同意']) await resident.presses(label)
        const sent = turnsSent(visit)
        await visit.context.setOffline(true)
        await resident.tries('戴小云')
        await visit.page.getByText('没发出去，正在重试').waitFor()
        await visit.page.getByText('网络断了。您说的话都留着，连上后自动发送。').waitFor()
        await visit.look('offline')
        await visit.context.setOffline(false)
        await resident.hears('请问您的身份证号')
        await visit.page.getByText('网络断了').waitFor({ state: 'hidden' })
        await visit.look('online-again')
        expect(sent.length).toBeGreaterThan(1)
        expect(new Set(sent).size).toBe(1)
        expect(await toldOnce('戴小云')).toBe(1)
        expect(visit.findings).toEqual([])
        // The browser writes down each request that found no network; nothing else may stand there.
        expect(visit.problems.filter(line => !isOfCutLine(line))).toEqual([])
      },
      TEST_MS,
    )

    test(
      'who reloads in the middle finds every word, the question that stands, and what was not sent yet',
      async () => {
        for (const label of ['生育登记', '孩子爸爸', '同意']) await resident.presses(label)
        const before = await resident.bubbles()
        await visit.page.reload()
        await resident.hears('请问您的姓名')
        expect(await resident.bubbles()).toEqual(before)

        const sent = turnsSent(visit)
        await visit.page.route('**/api/chat/turns', route => route.abort())
        await resident.tries('戴大山')
        await visit.page.getByText('没发出去，正在重试').waitFor()
        await visit.page.reload()
        await visit.page.getByText('没发出去，正在重试').waitFor()
        await visit.page.unroute('**/api/chat/turns')
        await resident.hears('请问您的身份证号')
        expect(new Set(sent).size).toBe(1)
        expect(await toldOnce('戴大山')).toBe(1)
      },
      TEST_MS,
    )

    test(
      'whose answer got lost on the way back gets the same answer, and it counts once',
      async () => {
        const sent = turnsSent(visit)
        let lost = 0
        await visit.page.route('**/api/chat/turns', async route => {
          if (lost++ > 0) return route.continue()
          await route.fetch()
          return route.abort()
        })
        await resident.tries('生育登记')
        await resident.hears('您是孩子的什么人')
        expect([sent.length > 1, new Set(sent).size]).toEqual([true, 1])
        expect(await toldOnce('生育登记')).toBe(1)
        expect((await resident.bubbles()).filter(words => words === '您是孩子的什么人？')).toHaveLength(1)
      },
      TEST_MS,
    )

    test(
      'with a login that has ended is logged in again and told that this chat is a new one',
      async () => {
        await resident.presses('生育登记')
        await endLogin(visit)
        await visit.page.reload()
        await visit.page.getByText('上次的登录过期了，这里是新的聊天。').waitFor()
        await resident.hears('请问您要办什么')
        await visit.look('login-ended')
        await resident.presses('生育登记')
        await visit.page.getByText('上次的登录过期了').waitFor({ state: 'hidden' })

        await endLogin(visit)
        await resident.says('你好')
        await visit.page.getByText('上次的登录过期了，这里是新的聊天。').waitFor()
        await resident.says('生育登记')
        await resident.hears('您是孩子的什么人')
        expect(visit.findings).toEqual([])
        // A refused token is written down by the browser; nothing else may stand there.
        expect(visit.problems.filter(line => !line.includes('401'))).toEqual([])
      },
      TEST_MS,
    )

    test(
      'who types fast and presses Enter loses no letter, and the field is empty again',
      async () => {
        const field = visit.page.getByLabel('在这里打字')
        await field.pressSequentially('生育登记的事情我想问一问', { delay: 8 })
        await visit.page.keyboard.press('Enter')
        await resident.talk.getByText('生育登记的事情我想问一问', { exact: true }).waitFor()
        await visit.page.waitForTimeout(400)
        expect(await field.inputValue()).toBe('')
      },
      TEST_MS,
    )
  })

  describe('an officer', () => {
    test(
      'with a wrong password reads why in Chinese, and may add a one-time code',
      async () => {
        const officer = officerOn(visit, stage.service.url)
        await officer.opens()
        await visit.press('登录')
        await officer.warning('请填账号和密码。')
        await officer.typesLogin('village2', 'not-the-password')
        await visit.press('登录')
        await officer.warning('账号、密码或动态验证码不对')
        await visit.look('wrong-login')
        await officer.typesLogin('village2')
        await visit.page.getByLabel('动态验证码').fill('12345')
        await visit.press('登录')
        await officer.warning('动态验证码是六位数字。')
        await officer.typesLogin('village2')
        await visit.page.getByLabel('动态验证码').fill('123456')
        const asked = visit.page.waitForRequest(`${stage.service.url}/api/officer/login`)
        await visit.press('登录')
        expect((await asked).postDataJSON()).toMatchObject({ username: 'village2', totp: '123456' })
        await visit.page.getByRole('list', { name: '任务' }).waitFor()
        expect(visit.findings).toEqual([])
      },
      TEST_MS,
    )

    test(
      'reads in Chinese that a task is not there, is taken, or that too much was sent',
      async () => {
        await filed(stage.service.url, '戴小云', withCheck('42070219930501000'))
        const officer = officerOn(visit, stage.service.url)
        await officer.logsIn('village')
        await visit.page.goto(`${stage.service.url}/officer/task?id=${randomUUID()}`)
        await visit.page.getByText('没有找到这个任务，可能已转给别处。').waitFor()
        await visit.look('no-such-task')
        await officer.opensList()
        await officer.takesUp(/戴\*/)
        await takenByTown(stage.service.url)
        await visit.press('接单')
        await officer.warning(/任务刚刚有变化.*现在由 陈志强 经办/)
        await visit.look('taken')
        await visit.press('查看完整信息')
        await visit.page.getByLabel('理由').fill('核对证件')
        await visit.page.route('**/reveal', route => route.continue({ postData: 'x'.repeat(400_000) }))
        await visit.press('确定')
        await officer.warning('内容太大')
        await visit.look('too-large')
        expect(visit.findings).toEqual([])
        // Each refusal is written down by the browser; nothing else may stand there.
        expect(visit.problems.filter(line => !/status of (404|409|413)/.test(line))).toEqual([])
      },
      TEST_MS,
    )
  })
})

/** Message ids of all turns that leave this page from now on, repeats included. */
function turnsSent({ page }: Visit): string[] {
  const ids: string[] = []
  page.on('request', request => {
    if (request.method() === 'POST' && request.url().endsWith('/api/chat/turns'))
      ids.push(request.postDataJSON().messageId)
  })
  return ids
}

/** The town takes her task while the village looks at it. */
async function takenByTown(url: string): Promise<void> {
  const town = await logIn(url, 'town')
  type Row = { id: string; summary: string }
  const { items } = await json<{ items: Row[] }>(await town.get('/api/tasks?status=open&limit=100'))
  const task = items.find(({ summary }) => summary.includes('戴*'))
  await json(await town.post(`/api/tasks/${task?.id}/lease`))
}
