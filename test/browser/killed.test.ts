import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { json, logIn, newGuest } from '../e2e/people.ts'
import { answersOf, withCheck } from '../e2e/registration.ts'
import { openLine, type CuttableLine } from './cuttableLine.ts'
import { pagesAreBuilt } from './pages.ts'
import { log, takePhone, type Desk, type Phone } from './phone.ts'
import { onStage, WHOLE_STORY_MS } from './stage.ts'

/*
 * The page dies right after each step of an officer's work without network; it is opened again, still without network, then
 * the network comes back. What the service has in the end is compared with what the officer did: nothing lost, in order, once.
 */

const TEST_MS = 120_000

/** One step. `sent`: what it adds to the log of the task; `seen`: what the page shows of it when it is opened again. */
interface Step {
  name: string
  does(phone: Phone): Promise<void>
  sent: string[]
  seen(phone: Phone): Promise<void>
}

const kept = (phone: Phone, what: string) => phone.shows(`已存在手机里，连上后自动发送：${what}`)
const unsent = (n: number) => (phone: Phone) => phone.shows(`${n} 条未发送`)

/** 人工 in the middle of a registration: a task that closes on what was done. */
const TASK = /^群众要求人工服务/

async function opensTask(phone: Phone): Promise<void> {
  await phone.page().getByRole('button', { name: TASK }).first().click()
  await phone.page().getByRole('heading', { name: TASK }).waitFor()
}

async function presses(phone: Phone, button: string): Promise<void> {
  await phone.page().getByRole('button', { name: button, exact: true }).waitFor()
  await phone.presses(button)
}

async function says(phone: Phone, button: string, words: string): Promise<void> {
  await presses(phone, button)
  await phone.page().getByLabel('理由').fill(words)
}

async function writesWith(phone: Phone, button: string, words: string): Promise<void> {
  await says(phone, button, words)
  await phone.presses('确定')
  await kept(phone, button)
}

const list: Step = {
  name: 'the list is open',
  does: phone => phone.shows('没有网络，看到的是'),
  sent: [],
  seen: phone => phone.page().getByRole('list', { name: '任务' }).waitFor(),
}

const open: Step = { name: 'a task is open', does: opensTask, sent: [], seen: opensTask }

const lease: Step = {
  name: 'it is taken',
  does: async phone => {
    await phone.presses('接单')
    await kept(phone, '接单')
  },
  sent: ['leased'],
  seen: unsent(1),
}

const note: Step = {
  name: 'a reason is half written',
  does: phone => says(phone, '暂停', '群众外出'),
  sent: [],
  async seen(phone) {
    await opensTask(phone)
    await presses(phone, '暂停')
    expect(await phone.page().getByLabel('理由').inputValue()).toBe('群众外出')
    await phone.presses('关闭')
  },
}

const records: Step = {
  name: 'a voice note is recorded',
  async does(phone) {
    await phone.presses('关闭')
    await presses(phone, '录语音')
    await presses(phone, '开始录音')
    await phone.shows('正在录音 1 秒')
    await phone.presses('说完了')
    await phone.shows(/^已录 \d 秒，还没保存$/)
  },
  sent: [],
  async seen(phone) {
    await opensTask(phone)
    await presses(phone, '录语音')
    await phone.shows(/^已录 \d 秒，还没保存$/)
    await phone.presses('关闭')
  },
}

const keeps: Step = {
  name: 'the voice note is kept',
  async does(phone) {
    await phone.presses('保存')
    await kept(phone, '录语音')
  },
  sent: [],
  seen: unsent(2),
}

const pause: Step = {
  name: 'it is paused with the reason',
  does: phone => writesWith(phone, '暂停', '群众外出，下周回'),
  sent: ['paused'],
  seen: unsent(3),
}

const resume: Step = {
  name: 'it goes on',
  async does(phone) {
    await presses(phone, '继续')
    await kept(phone, '继续')
  },
  sent: ['resumed'],
  seen: unsent(4),
}

const close: Step = {
  name: 'it is closed with what was done',
  does: phone => writesWith(phone, '办结', '已打电话，帮群众办好了'),
  sent: ['done'],
  seen: unsent(5),
}

const hurries: Step = {
  name: 'a colleague is chosen, and why is half written',
  async does(phone) {
    await presses(phone, '转办')
    await phone
      .page()
      .getByRole('button', { name: /^陈志强/ })
      .click()
    await phone.page().getByLabel('为什么转').fill('我明天外出')
  },
  sent: [],
  async seen(phone) {
    await opensTask(phone)
    await presses(phone, '转办')
    await phone
      .page()
      .getByRole('button', { name: /^陈志强/, pressed: true })
      .waitFor()
    expect(await phone.page().getByLabel('为什么转').inputValue()).toBe('我明天外出')
    await phone.presses('关闭')
  },
}

const offers: Step = {
  name: 'it is offered',
  async does(phone) {
    await phone.presses('确定')
    await kept(phone, '转办')
  },
  sent: ['transferOffered'],
  seen: unsent(1),
}

const day: Step[] = [list, open, lease, note, records, keeps, pause, resume, close]
const transfer: Step[] = [hurries, offers]

onStage(pagesAreBuilt, stage => {
  let line: CuttableLine
  let phone: Phone
  let village: Desk
  let town: Desk
  let people = 0
  let task = ''

  beforeAll(async () => {
    village = await logIn(stage.service.url, 'village')
    town = await logIn(stage.service.url, 'town')
  }, WHOLE_STORY_MS)
  beforeEach(async () => {
    line = await openLine(stage.service.url)
    phone = await takePhone({ browser: stage.browser, line, width: 390, album: `killed-${++people}`, elder: false })
    await phone.visit.context.grantPermissions(['microphone'])
  })
  afterEach(async () => {
    await ends(task)
    await phone.visit.context.close()
    await line.close()
  })

  /** A task of this officer's village; those of the tests before are closed, so that the list shows one of this name. */
  const newTask = async () => {
    const guest = await newGuest(stage.service.url)
    const id = withCheck(`42070219940${String((people % 9) + 1)}${String(people + 9)}000`)
    const said = answersOf('420702104212', id).map(text => (text === '李秀英' ? '祁小云' : text))
    for (const text of [...said.slice(0, 8), '人工']) await guest.says(text)
    const { items } = await json<{ items: { id: string; createdAt: string; source: string }[] }>(
      await village.get('/api/tasks?status=open&limit=100'),
    )
    const found = items.find(({ source }) => source === 'halfFilledCase')
    if (!found) throw new Error('no task')
    return found.id
  }

  /** The list and all that belongs to the task lie on the phone, and the worker holds the page. */
  const readies = async (task: string) => {
    await phone.carriesOn(village)
    await phone.keepsPage()
    await phone.page().waitForFunction(id => localStorage.getItem(`nuanxin.copy./api/tasks/${id}`), task)
  }

  const notes = async (task: string) =>
    (await json<{ items: object[] }>(await village.get(`/api/tasks/${task}/evidence`))).items.length

  const sendsAll = async () => {
    await phone.online()
    await phone.page().getByText('条未发送').waitFor({ state: 'detached' })
  }

  /** The next test shall find one task of this name in the list. */
  const ends = async (task: string) => {
    const path = `/api/tasks/${task}`
    const found = async () =>
      (await json<{ task: { status: string; assigneeName: string | null; fence: number } }>(await town.get(path))).task
    const { status, assigneeName, fence } = await found()
    if (status === 'done') return
    const holder = assigneeName === '陈志强' ? town : village
    if (status === 'open') await json(await holder.post(`${path}/lease`))
    if (status === 'paused') await json(await holder.post(`${path}/resume`, {}, fence))
    await json(await holder.post(`${path}/close`, { evidence: '试完了' }, (await found()).fence))
  }

  test.each(day.map((step, n) => ({ after: step.name, n })))(
    'without network the page is killed when $after: nothing is lost, and all is sent once and in order',
    async ({ n }) => {
      task = await newTask()
      await readies(task)
      await phone.offline()
      await phone.isKilled()
      const done = day.slice(0, n + 1)
      for (const step of done) await step.does(phone)
      await phone.isKilled()
      await done.at(-1)?.seen(phone)
      expect(await log(town, task)).toEqual(['created'])
      await phone.isKilled()
      await sendsAll()
      const expected = ['created', ...done.flatMap(({ sent }) => sent)]
      await expect.poll(() => log(town, task), { timeout: 20_000 }).toEqual(expected)
      // Whoever comes back once more sends nothing a second time.
      await phone.isKilled()
      await phone.page().getByRole('list', { name: '任务' }).waitFor()
      expect(await log(town, task)).toEqual(expected)
      expect(await notes(task)).toBe(done.includes(keeps) ? 1 : 0)
      expect(phone.problems()).toEqual([])
    },
    TEST_MS,
  )

  test.each(transfer.map((step, n) => ({ after: step.name, n })))(
    'a transfer without network, killed when $after, loses neither the words nor the order',
    async ({ n }) => {
      task = await newTask()
      await json(await village.post(`/api/tasks/${task}/lease`))
      await readies(task)
      await opensTask(phone)
      // Who could take it was asked once while there was a network.
      await presses(phone, '转办')
      await phone
        .page()
        .getByRole('button', { name: /^陈志强/ })
        .waitFor()
      await phone.presses('关闭')
      await phone.offline()
      const done = transfer.slice(0, n + 1)
      for (const step of done) await step.does(phone)
      await phone.isKilled()
      await done.at(-1)?.seen(phone)
      await phone.isKilled()
      await sendsAll()
      const expected = ['created', 'leased', ...done.flatMap(({ sent }) => sent)]
      await expect.poll(() => log(town, task), { timeout: 20_000 }).toEqual(expected)
      expect(phone.problems()).toEqual([])
    },
    TEST_MS,
  )

  test(
    'a conflict outlives the page at each of its steps, and what was given up is not sent',
    async () => {
      task = await newTask()
      await readies(task)
      await opensTask(phone)
      await phone.offline()
      await lease.does(phone)
      await pause.does(phone)
      await json(await town.post(`/api/tasks/${task}/lease`))
      await phone.isKilled()
      await phone.online()
      await phone.shows(/没有办成：接单/)
      await phone.isKilled()
      await phone.shows(/没有办成：接单/)
      await phone.shows('现在由 陈志强 经办。')
      await phone.offline()
      await phone.isKilled()
      await phone.presses('知道了，不办了')
      await phone.isKilled()
      await phone.shows('1 条未发送')
      await phone.online()
      await phone.shows(/没有办成：暂停/)
      await phone.isKilled()
      await phone.shows(/没有办成：暂停/)
      await phone.presses('知道了，不办了')
      await phone.page().getByText('没有办成').waitFor({ state: 'detached' })
      await phone.isKilled()
      await phone.page().getByRole('list', { name: '任务' }).waitFor()
      expect(
        await phone
          .page()
          .getByText(/没有办成|条未发送/)
          .count(),
      ).toBe(0)
      expect(await log(town, task)).toEqual(['created', 'leased'])
      expect(phone.problems()).toEqual([])
    },
    TEST_MS,
  )
})
