import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '../../src/domain/officer.ts'
import type { World } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { askedForHelp, inChat, type Chat } from './inChat.ts'
import { openInstance, type Instance } from './instance.ts'

/* An order that lacks a word is asked about, and several orders come in one message. */

const MINUTE = 60_000

/** A working Monday morning that goes on when the test says so. */
let now = Date.parse('2026-11-23T09:00:00+08:00')
let database: TestDatabase
let service: Instance
let world: World

beforeAll(async () => {
  database = await testDatabase()
  world = { ...database.world, now: () => now }
  service = openInstance(database, world)
})
afterAll(() => database?.close())

const talk = (name: string, role: Officer['role'], place: string) => inChat(service, () => now, name, role, place)

let villages = 500
const newVillage = () => `420702104${String((villages += 1))}`

/** An officer of a village of his own with so many tasks, which he has taken and of which he sees the list. */
async function busy(name: string, tasks: number): Promise<{ chat: Chat; village: string }> {
  const village = newVillage()
  const chat = await talk(name, 'village', village)
  for (let n = 0; n < tasks; n++) {
    now += 1000
    await askedForHelp(service, database, village)
  }
  await chat.says('待办')
  await chat.says('都接了')
  return { chat, village }
}

async function statuses(village: string): Promise<string[]> {
  const rows = await database.sql('select status from task where region_code = $1 order by created_at', [village])
  return rows.map(row => String(row['status']))
}

/** What the log of a village's first task says last. */
async function lastAction(village: string): Promise<unknown> {
  const rows = await database.sql('select id from task where region_code = $1 order by created_at limit 1', [village])
  const id = String(rows[0]?.['id'])
  const actions = await service.kept.store.transaction({ kind: 'system' }, tx => tx.tasks.actions(id))
  return actions.at(-1)?.event
}

describe('what an order lacks is asked for', () => {
  test('挂起 without a reason: the next sentence is it, as it was said', async () => {
    const { chat, village } = await busy('问一', 1)
    expect(await chat.says('挂起 1')).toMatch(/为什么挂起？[^]*家里没人[^]*先不挂起/)
    expect(await chat.says('等她男人从武汉回来')).toContain('已挂起：')
    expect(await lastAction(village)).toEqual({ type: 'paused', reason: '等她男人从武汉回来' })
    expect(await chat.says('等她男人从武汉回来')).not.toContain('已挂起')
  })

  test('a common reason is one number or one tap', async () => {
    const { chat, village } = await busy('问二', 1)
    await chat.says('挂起 1')
    expect(await chat.says('2')).toContain('已挂起：')
    expect(await lastAction(village)).toEqual({ type: 'paused', reason: '家里没人，改天再去' })
    await chat.says('恢复 1')
    await chat.says('挂起 1')
    expect(await chat.presses('desk/because:bureau')).toContain('已挂起：')
  })

  test('办结 without words: asked back until there are some; 好的 is no evidence', async () => {
    const { chat, village } = await busy('问三', 1)
    expect(await chat.says('一号办了')).toMatch(/怎么办的？[^]*先不办结/)
    expect(await chat.says('好的')).toContain('请说一句怎么办的')
    expect(await statuses(village)).toEqual(['leased'])
    expect(await chat.says('到家里看过，手续都补齐了')).toContain('已办结：')
    expect(await lastAction(village)).toEqual({ type: 'done', evidence: '到家里看过,手续都补齐了'.replace(',', '，') })
  })

  test('办结 answered by a photo: 办结 again closes on it', async () => {
    const { chat, village } = await busy('问四', 1)
    await chat.says('办结 1')
    expect(await chat.sends({ place: '下柯村' })).toMatch(/位置1处[^]*回复“办结”/)
    expect(await chat.says('办结')).toContain('已办结：')
    expect(await statuses(village)).toEqual(['done'])
  })

  test('转办 without a person: a name alone is enough', async () => {
    const { chat, village } = await busy('问五', 1)
    await talk('王建国', 'village', village)
    await talk('李秋菊', 'village', village)
    expect(await chat.says('转办 1')).toMatch(/转给谁？[^]*王建国[^]*先不转/)
    expect(await chat.says('给老王吧')).toContain('已问王建国：')
  })

  test('转办 to several of that name: the list again, and its number', async () => {
    const { chat, village } = await busy('问六', 1)
    await talk('赵大明', 'village', village)
    await talk('赵小明', 'village', village)
    await chat.says('转办 1')
    const list = await chat.says('老赵')
    expect(list).toMatch(/“老赵”对不上一个人/)
    const at = list.split('\n').findIndex(line => line.startsWith('赵小明'))
    expect(await chat.says(String(at))).toContain('已问赵小明：')
  })

  test.each([
    ['算了', '没有挂起'],
    ['先不挂起', '没有挂起'],
  ])('%s is the way out', async (word, told) => {
    const { chat, village } = await busy(`问七${word}`, 1)
    await chat.says('挂起 1')
    expect(await chat.says(word)).toContain(told)
    expect(await chat.says('等派出所回函')).not.toContain('已挂起')
    expect(await statuses(village)).toEqual(['leased'])
  })

  test('another order replaces the question, and says what was left', async () => {
    const { chat, village } = await busy('问八', 2)
    await chat.says('挂起 1')
    expect(await chat.says('办结 2 打过电话')).toMatch(/^刚才那件还没有挂起。\n已办结：/)
    expect(await chat.says('等派出所回函')).not.toContain('已挂起')
    expect(await statuses(village)).toEqual(['leased', 'done'])
    await chat.says('挂起 1')
    expect(await chat.says('挂起 1 等派出所回函')).toMatch(/^已挂起：/)
  })

  test('a question and a matter are no reasons', async () => {
    const { chat, village } = await busy('问九', 1)
    await chat.says('挂起 1')
    expect(await chat.says('挂起影响考核吗？')).toContain('刚才那件还没有挂起')
    await chat.says('挂起 1')
    expect(await chat.says('生育登记')).toMatch(/刚才那件还没有挂起[^]*？/)
    expect(await statuses(village)).toEqual(['leased'])
  })

  test('after the minutes of the pack nobody waits for the answer any more', async () => {
    const { chat, village } = await busy('问十', 1)
    await chat.says('挂起 1')
    now += 14 * MINUTE
    expect(await chat.says('嗯')).toContain('请说一句为什么挂起')
    now += 2 * MINUTE
    expect(await chat.says('等派出所回函')).toContain('等您回答的时间过了，刚才那件没有挂起')
    expect(await statuses(village)).toEqual(['leased'])
  })

  test('the answer goes to the task that was meant, also when the list has moved, and from another instance', async () => {
    const { chat, village } = await busy('问十一', 2)
    await chat.says('挂起 2')
    // The list is asked for on a page, the second task becomes the first one: the number meant another by now.
    await database.sql(
      `update task set promise_due = '2026-11-01' where id = (select id from task where region_code = $1 order by created_at desc limit 1)`,
      [village],
    )
    const restarted = openInstance(database, world)
    const address = { channel: 'web' as const, sender: chat.sender, messageKey: `after-${village}` }
    const said = { kind: 'text' as const, text: '等村里开会' }
    const answer = () =>
      restarted.app.takeTurn({ address, input: said, said: '', receivedAt: now, passiveBudgetMs: null })
    expect((await answer()).replies.map(({ text }) => text).join()).toContain('已挂起：')
    expect(await answer()).toMatchObject({ repeated: true })
    expect(await statuses(village)).toEqual(['leased', 'paused'])
  })

  test('what cannot be paused is not asked about', async () => {
    const { chat } = await busy('问十二', 1)
    await chat.says('挂起 1 等回函')
    expect(await chat.says('挂起 1')).not.toContain('为什么')
    expect(await chat.says('办结 1')).toContain('先回复“恢复”')
  })

  test('in the middle of a matter of his own nothing is asked twice at once', async () => {
    const { chat } = await busy('问十三', 1)
    await chat.says('生育登记')
    expect(await chat.says('挂起 1')).toMatch(/挂起要写原因/)
    expect(await chat.says('孩子爸爸')).not.toContain('已挂起')
  })
})

describe('several in one message', () => {
  test('are closed by the same words, a line for each', async () => {
    const { chat, village } = await busy('多一', 3)
    expect(await chat.says('一号二号都办结了，打过电话')).toMatch(/^1号：已办结：.*\n2号：已办结：/)
    expect(await statuses(village)).toEqual(['done', 'done', 'leased'])
  })

  test('without words are asked about once, and those with photos are closed', async () => {
    const { chat, village } = await busy('多二', 3)
    await chat.says('查 1')
    await chat.sends({ place: '下柯村' })
    expect(await chat.says('1、2、3都办结了')).toMatch(
      /^1号：已办结：[^]*2号：还差一句怎么办的[^]*3号：还差[^]*这2件怎么办的？/,
    )
    expect(await chat.says('都上门看过了，没问题')).toMatch(/^2号：已办结：[^]*3号：已办结：/)
    expect(await statuses(village)).toEqual(['done', 'done', 'done'])
  })

  test('all wait for the rain to stop', async () => {
    const { chat, village } = await busy('多三', 3)
    expect((await chat.says('都挂起，等下雨停')).match(/已挂起/g)).toHaveLength(3)
    expect(await statuses(village)).toEqual(['paused', 'paused', 'paused'])
    expect(await chat.says('都挂起')).toContain('没有您在办的')
  })

  test('what others hold is named and left alone', async () => {
    const { chat, village } = await busy('多四', 2)
    const other = await talk('多四同事', 'village', village)
    await other.says('待办')
    expect(await other.says('1和2都办结，打过电话')).toMatch(/^1号：这件由多四在办。\n2号：这件由多四在办。/)
    expect(await other.says('都办结，打过电话')).toContain('没有您在办的')
    expect(await chat.says('1、9都办结')).toContain('没有这个编号')
  })

  test('a case is granted by its number, never by 都', async () => {
    const { chat, village } = await busy('多五', 2)
    await database.sql(
      `update task set source = 'applicationStep' where id = (select id from task where region_code = $1 order by created_at limit 1)`,
      [village],
    )
    expect(await chat.says('都办结，打过电话')).toMatch(/1号：要出结果的请单独说“办结 1”[^]*2号：已办结：/)
    expect(await statuses(village)).toEqual(['leased', 'done'])
  })

  test('no more than ten at once', async () => {
    const { chat } = await busy('多六', 1)
    expect(await chat.says('1、2、3、4、5、6、7、8、9、10、11都挂起')).toMatch(/没有这个编号|一次最多10件/)
  })

  test('a town urges several', async () => {
    const { village } = await busy('多七', 2)
    const town = await talk('多七镇', 'town', village.slice(0, 9))
    let list = await town.says('待办')
    for (let n = 0; n < 12 && !list.includes('多七在办'); n++) list = await town.says('更多')
    const numbers = [...list.matchAll(/(\d+)\. [^\n]*多七在办/g)].map(match => match[1])
    const told = await town.says(`${numbers.join('、')}都催一下`)
    expect(told.match(/已催办/g)?.length ?? 0).toBe(numbers.length)
  })
})
