import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '../../src/domain/officer.ts'
import type { World } from '../../src/domain/world.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { askedForHelp as helpAskedIn, inChat as chatWith, type Chat } from './inChat.ts'
import { openInstance, type Instance } from './instance.ts'

const VILLAGE = '420702104212'
const HOUR = 3_600_000

/** A working Monday morning that goes on when the test says so. */
let now = Date.parse('2026-11-23T09:00:00+08:00')
let database: TestDatabase
let service: Instance
let world: World
let births = 0

beforeAll(async () => {
  database = await testDatabase()
  world = { ...database.world, now: () => now }
  service = openInstance(database, world)
})
afterAll(() => database?.close())

const inChat = (name: string, role: Officer['role'], place: string): Promise<Chat> =>
  chatWith(service, () => now, name, role, place)

/** A place of its own for each test, so that lists hold only its tasks. */
let villages = 212
const newVillage = () => `420702104${String((villages += 1))}`

/** A registration of that village; id of its task. */
async function registered(): Promise<string> {
  now += 1000
  const born = `4207021994${String(101 + births++).padStart(4, '0')}000`
  const sender = randomUUID()
  await registerUpTo('submit', answersOf(VILLAGE, withCheck(born)), text => service.say(sender, text))
  const [row] = await database.sql(`select id from task order by created_at desc, id desc limit 1`)
  return String(row?.['id'])
}

/** Told apart by when they came. */
function askedForHelp(village: string): Promise<string> {
  now += 1000
  return helpAskedIn(service, database, village)
}

/** A new task of the village, which the officer has taken: the first of the list he sees now. */
async function leases(officer: Chat, village: string): Promise<void> {
  await askedForHelp(village)
  await officer.says('待办')
  await officer.says('接单 1')
}

describe('one task', () => {
  test('is taken, passed over, taken up again and closed on what was done', async () => {
    const village = newVillage()
    const zhang = await inChat('张小梅', 'village', village)
    expect(await zhang.says('待办')).toBe('现在没有待办任务。')
    await askedForHelp(village)
    expect(await zhang.says('待办')).toMatch(/^待办共1件：\n1\. .*｜待接｜/)
    expect(await zhang.says('办结 1 打过电话')).toBe('这件您还没有接单，请先接单。')
    expect(await zhang.says('第一个我接了')).toContain('已接单：')
    expect(await zhang.says('挂起 1')).toContain('为什么挂起？')
    expect(await zhang.says('一号先放一放，等她回来')).toContain('已挂起：')
    expect(await zhang.says('待办')).toContain('您在办，已挂起')
    expect(await zhang.says('恢复 1')).toContain('接着办：')
    expect(await zhang.says('办结 1')).toContain('怎么办的？')
    expect(await zhang.says('查 1')).toContain('可以：退单 1、挂起 1（写原因）')
    expect(await zhang.says('一号办好了，已打电话告知')).toContain('已办结：')
    expect(await zhang.says('办结 1 再来')).toBe('这件已经结束，不用再办。')
    const [row] = await database.sql(`select status from task where region_code = $1`, [village])
    expect(row?.['status']).toBe('done')
  })

  test('can be several in one breath, and given away by a name; what others hold stays theirs', async () => {
    const village = newVillage()
    const he = await inChat('孙一鸣', 'village', village)
    const she = await inChat('李春花', 'village', village)
    for (let n = 0; n < 4; n++) await askedForHelp(village)
    await she.says('待办')
    await she.says('接单 2')
    await he.says('代办')
    expect(await he.says('接1和9')).toContain('没有这个编号')
    expect(await he.says('接1和2')).toMatch(/^已接单1件：.*另外1件接不了/)
    expect(await he.says('都接了')).toMatch(/^已接单2件：/)
    expect(await he.says('都接了')).toMatch(/^一件也没有接/)
    expect(await he.says('三号给李春花')).toContain('已问李春花')
    await he.says('待办')
    expect(await he.says('1号挂起来，等她回来')).toContain('已挂起：')
    await he.says('恢复 1')
    await he.says('办结 1 已打电话')
    expect(await he.says('1号是谁家的')).toContain('状态：已办，孙一鸣办的')
  })

  test('keeps its number while new ones come in, until the list is asked for again', async () => {
    const village = newVillage()
    const zhang = await inChat('李小梅', 'village', village)
    const first = await askedForHelp(village)
    await zhang.says('待办')
    now += HOUR
    const second = await askedForHelp(village)
    await database.sql(`update task set promise_due = '2026-11-01' where id = $1`, [second])
    await zhang.says('接单 1')
    const [row] = await database.sql(`select id from task where assignee_id = $1`, [zhang.officer.id])
    expect(row?.['id']).toBe(first)
    expect(await zhang.says('接单 2')).toContain('没有这个编号')
    expect(await zhang.says('待办')).toContain('2. ')
  })

  test('more than a screen goes on with 更多: every task once, with one number', async () => {
    const village = newVillage()
    const zhang = await inChat('蒋十一', 'village', village)
    for (let n = 0; n < 13; n++) await askedForHelp(village)
    const first = await zhang.says('待办')
    expect(first.match(/^\d+\. /gm)).toHaveLength(10)
    await zhang.says('接单 10')
    expect((await zhang.says('更多')).match(/^\d+\. /gm)).toEqual(['11. ', '12. ', '13. '])
    expect(await zhang.says('更多')).toContain('后面没有了')
    expect(await zhang.says('待办')).toMatch(/1\. [^\n]*您在办/)
  })

  test('says why it cannot be done: somebody else has it, the lease ran out, it is over', async () => {
    const village = newVillage()
    const [zhang, wang] = [await inChat('张一', 'village', village), await inChat('王二', 'village', village)]
    const id = await askedForHelp(village)
    await Promise.all([zhang.says('待办'), wang.says('待办')])
    await zhang.says('接单 1')
    expect(await wang.says('接单 1')).toBe('这件由张一在办。')
    expect(await wang.says('办结 1 我办的')).toBe('这件由张一在办。')
    now += 72 * HOUR
    await service.app.officer.lease(wang.officer, id, null)
    expect(await zhang.says('办结 1 打过电话')).toMatch(/王二在办/)
  })
})

describe('passing on', () => {
  test('the other says yes or no; a name counts only when it is one person’s', async () => {
    const village = newVillage()
    const zhang = await inChat('张三', 'village', village)
    const wang = await inChat('王建国', 'village', village)
    const other = await inChat('王秀英', 'village', village)
    await leases(zhang, village)
    expect(await zhang.says('一号转给老王')).toMatch(/“老王”对不上一个人[^]*王建国[^]*王秀英/)
    expect(await zhang.says('先不转')).not.toContain('已问')
    expect(await zhang.says('一号转给王建国，他熟悉这户')).toContain('已问王建国：')
    expect(await zhang.says('一号转给王秀英')).toContain('已经问过王建国了')
    expect(await other.says('同意')).toBe('没有等您答复的转办。')
    expect(await wang.says('待办')).toContain('张三想转给您，回复“同意 1”或“不同意 1”')
    expect(await wang.says('不同意 1 这周请假')).toContain('已回绝')
    expect(await zhang.says('这件转给王建国')).toContain('已问王建国：')
    expect(await wang.says('同意')).toContain('已接过来：')
    expect(await zhang.says('办结 1 打过电话')).toBe('这件由王建国在办。')
  })

  test('who is nobody’s name gets the list of those who could take it', async () => {
    const village = newVillage()
    const zhang = await inChat('赵四', 'village', village)
    const wang = await inChat('钱五', 'village', village)
    await leases(zhang, village)
    const list = await zhang.says('转办 1 给 孙悟空')
    expect(list).toContain('能接这件的有')
    const at = list.split('\n').findIndex(line => line.startsWith('钱五'))
    expect(await zhang.says(String(at))).toContain('已问钱五：')
    expect(await wang.says('同意')).toContain('已接过来：')
  })

  test('a town urges, a village does not', async () => {
    const village = newVillage()
    const zhang = await inChat('周六', 'village', village)
    const town = await inChat('吴七', 'town', village.slice(0, 9))
    await leases(zhang, village)
    expect(await zhang.says('催办 1')).toContain('催办由乡镇、县级用')
    let list = await town.says('待办')
    for (let n = 0; n < 9 && !list.includes('周六在办'); n++) list = await town.says('更多')
    const number = /(\d+)\. [^\n]*周六在办/.exec(list)?.[1] ?? ''
    expect(await town.says(`催办 ${number} 群众来问了`)).toContain('已催办：')
  })
})

describe('evidence', () => {
  test('a photo and a place go to the task named last, and close it', async () => {
    const village = newVillage()
    const zhang = await inChat('郑八', 'village', village)
    const id = await askedForHelp(village)
    const residentId = await service.kept.auth.residentBySender({ channel: 'web', sender: zhang.sender, at: now })
    const upload = { residentId, mimeType: 'image/png', bytes: new Uint8Array([1]), at: now }
    for (const photo of ['p1', 'p2']) await service.kept.auth.saveUpload({ ...upload, id: `${village}${photo}` })
    expect(await zhang.sends({ photo: `${village}p1` })).toContain('附到哪一件？')
    await zhang.says('待办')
    await zhang.says('接单 1')
    expect(await zhang.says('附到 1')).toContain('照片1张')
    now += 1000
    expect(await zhang.sends({ place: '凤凰街道滨湖社区' })).toContain('位置1处')
    now += 1000
    expect(await zhang.sends({ photo: `${village}p2` })).toContain('照片1张')
    now += 3 * HOUR
    expect(await zhang.sends({ photo: `${village}p2` })).toContain('附到哪一件？')
    expect(await zhang.says('查 1')).toContain('已附照片、位置3份')
    expect(await zhang.says('办结 1')).toContain('已办结：')
    expect(await zhang.sends({ place: '下柯村' })).toMatch(/已经结束[^]*附到哪一件？/)
    await leases(zhang, village)
    expect(await zhang.says('附到 1')).toContain('位置1处')
    const pieces = await service.kept.store.transaction({ kind: 'system' }, tx => tx.evidence.ofTask(id))
    expect(pieces.map(({ piece }) => piece)).toEqual([
      { kind: 'photo', upload: `${village}p1`, lost: false },
      { kind: 'place', latitude: 30.39, longitude: 114.89, label: '凤凰街道滨湖社区' },
      { kind: 'photo', upload: `${village}p2`, lost: false },
    ])
    const seen = (regionCode: string) =>
      service.kept.store.transaction({ kind: 'officer', officerId: 'nobody', regionCode }, tx => tx.evidence.ofTask(id))
    expect(await seen('420703')).toEqual([])
    expect(await seen(village)).toHaveLength(3)
  })

  test('a photo of somebody else is no evidence of his', async () => {
    const village = newVillage()
    const zhang = await inChat('冯九', 'village', village)
    await leases(zhang, village)
    expect(await zhang.sends({ photo: 'not-his' })).toBe('照片没有收好，请重新发一次。')
    expect(await zhang.says('查 1')).not.toContain('已附')
  })
})

describe('help', () => {
  test('what the law says is told with its source, and nothing that has none', async () => {
    const zhang = await inChat('陈十', 'village', VILLAGE)
    await registered()
    await zhang.says('待办')
    await zhang.says('接单 1')
    const ground = await zhang.says('依据 1')
    expect(ground).toMatch(/^生育登记，.*现行规定：/)
    for (const line of ground.split('\n').slice(1))
      expect(line).toMatch(/（.+，\d{4}-\d\d-\d\d核对.*）$|没有核实，请向当地核实$/)
    expect(ground).not.toContain('产品默认')
    expect(await zhang.says('一号怎么跟群众说？')).toMatch(/^您好，我是.*生育登记/)
    expect(await zhang.says('告知 1')).toMatch(/只能告知一次|还没有核实/)
    const report = await zhang.says('日报')
    expect(report).toMatch(/工作日报（陈十）\n接单1件，办结0件/)
    expect(report).toContain('手上还有1件')
  })
})
