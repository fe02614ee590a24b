import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCare } from '../../src/app/care/careFamilyOf.ts'
import { makeComplaintDesk } from '../../src/app/complaints/complaintDesk.ts'
import { makeTaskDesk, type TaskDesk } from '../../src/app/tasks/taskDesk.ts'
import { fileByChat, lease, openOffice, VILLAGE, type Office } from './caseLife.ts'
import { talk } from './residents.ts'

/* 催一下 and 没办好: by chat and by what the page asks, on a real database, with the limits of the pack. */

const PLACE = '湖北省鄂州市梁子湖区沼山镇下柯村'
let office: Office
let desk: TaskDesk

beforeAll(async () => {
  office = await openOffice()
  desk = makeTaskDesk(office.service.parts)
  await office.service.appoint('town', 'town', '420702104')
  await office.service.appoint('county3', 'county', '420702')
})
afterAll(() => office?.database.close())

const say = (sender: string, ...texts: string[]) => talk(office.service, sender, ...texts)

async function residentOf(sender: string): Promise<string> {
  const address = { channel: 'web' as const, sender, messageKey: randomUUID() }
  return (await office.service.kept.store.turns.open(address, office.world.now())).resident.id
}

/** A call that was asked for, and closed by the county without one. */
async function closedCall(sender: string): Promise<string> {
  await say(sender, '人工')
  const residentId = await residentOf(sender)
  const [asked] = await desk.resident.requests(residentId)
  const id = asked?.id ?? ''
  const leased = await office.service.app.officer.lease(office.county, id, null)
  if (!leased.ok) throw new Error(leased.refusal.code)
  const closed = await office.service.app.officer.close(office.county, id, leased.value.fence, '已电话答复')
  expect(closed).toMatchObject({ ok: true })
  return id
}

/** A call that was asked for. */
async function callOf(sender: string): Promise<string> {
  await say(sender, '人工')
  const asked = await desk.resident.requests(await residentOf(sender))
  return asked.find(({ source }) => source === 'halfFilledCase')?.id ?? ''
}

async function isLookedAfter(residentId: string): Promise<void> {
  const { parts } = office.service
  const known = { householdId: null, regionCode: VILLAGE, name: '王秀英', phone: null, occasion: 'illness' as const }
  await parts.store.transaction({ kind: 'system' }, tx =>
    openCare(parts, tx, { ...known, residentId, actor: { kind: 'system' } }),
  )
}

/** The words of it; nothing else waits for him afterwards. */
async function toldOfHandOver(residentId: string): Promise<(string | undefined)[]> {
  const { outbox } = office.service.kept
  await office.database.sql(`delete from outbox where resident_id = $1 and dedupe_key not like 'handedOver:%'`, [
    residentId,
  ])
  const rows = await office.database.sql('select id from outbox where resident_id = $1', [residentId])
  const taken = await Promise.all(rows.map(({ id }) => outbox.take(String(id), office.world.now() + 86_400_000)))
  return taken.map(one => one?.replies[0]?.text)
}

describe('a case', () => {
  test('is urged from under its progress, once a day, and its officer is told', async () => {
    office.world.set('2026-11-23T09:30:00')
    const filed = await fileByChat(office.service, office.database)
    await lease(office.service, office.village, filed.id)
    const told = await say(filed.sender, '怎么还没办好')
    expect(told).toContain('首接责任人：village')
    expect(told).toContain('着急的，可以催一下')
    expect(await say(filed.sender, '1')).toContain('这是第1次')
    expect(await say(filed.sender, '催一下')).toContain('2026年11月24日（星期二）起可以再催')
    expect(await say(filed.sender, '进度')).toContain('今天催过了')
    office.world.set('2026-11-24T09:30:00')
    expect(await say(filed.sender, '催一下', '1')).toContain('这是第2次')
  })

  test('shows its own resident who has it after a hand-over', async () => {
    office.world.set('2026-11-25T09:00:00')
    const filed = await fileByChat(office.service, office.database)
    await lease(office.service, office.village, filed.id)
    const seen = () => office.service.app.resident.application(filed.residentId, filed.id)
    expect(await seen()).toMatchObject({ handler: { name: 'village' }, firstReceiver: 'village', mayUrge: true })
    const asked = {
      from: office.village.id,
      to: office.colleague.id,
      place: '420702104',
      reason: '调走了',
      expected: null,
    }
    const preview = await desk.handOver(office.county, asked)
    const expected = preview.ok ? preview.value.moved : 0
    expect(await desk.handOver(office.county, { ...asked, expected })).toMatchObject({ ok: true })
    expect(await seen()).toMatchObject({ handler: { name: 'colleague' }, firstReceiver: 'village' })
    expect(await say(filed.sender, '进度')).toContain('现在经办人：colleague')
    expect(await toldOfHandOver(filed.residentId)).toEqual([
      `您的办件${filed.number}，现在由${PLACE}的colleague接着办。您不用重新申请，也不用再说一遍。有事请回复“人工”。`,
    ])
  })

  test('of one task tells whoever asked for it when the other side took it, not before', async () => {
    office.world.set('2026-11-25T09:00:00')
    const filed = await fileByChat(office.service, office.database)
    const fence = await lease(office.service, office.county, filed.id)
    const view = await office.service.app.officer.application(office.county, filed.id)
    const id = view.ok ? (view.value.taskId ?? '') : ''
    const other = await office.service.appoint('other', 'county', '420702')
    const offer = { id, fence, to: other.id, reason: '外出学习' }
    expect(await desk.offer(office.county, offer)).toMatchObject({ ok: true })
    expect(await toldOfHandOver(filed.residentId)).toEqual([])
    expect(await desk.accept(other, id, fence)).toMatchObject({ ok: true })
    expect(await toldOfHandOver(filed.residentId)).toEqual([expect.stringContaining(`您的办件${filed.number}，现在由`)])
  })

  test('tells each resident once who has all of it now, and a family that is looked after not at all', async () => {
    office.world.set('2026-11-25T10:00:00')
    const [one, cared] = [
      await fileByChat(office.service, office.database),
      await fileByChat(office.service, office.database),
    ]
    for (const { id } of [one, cared]) await lease(office.service, office.county, id)
    const call = await callOf(one.sender)
    expect(await office.service.app.officer.lease(office.county, call, null)).toMatchObject({ ok: true })
    await isLookedAfter(cared.residentId)
    const next = await office.service.appoint('next', 'county', '420702')
    const asked = { from: office.county.id, to: next.id, place: '420702', reason: '调走了', expected: null }
    const preview = await desk.handOver(office.county, asked)
    const expected = preview.ok ? preview.value.moved : 0
    expect(await toldOfHandOver(one.residentId)).toEqual([])
    expect(await desk.handOver(office.county, { ...asked, expected })).toMatchObject({ ok: true })
    expect(await toldOfHandOver(one.residentId)).toEqual([expect.stringContaining('您请我们办的2件事，现在由')])
    expect(await toldOfHandOver(cared.residentId)).toEqual([])
  })
})

describe('what was asked for beside cases', () => {
  test('that was closed and not done is taken up again, with the reason, and no more often than the pack says', async () => {
    office.world.set('2026-11-26T09:00:00')
    const sender = randomUUID()
    const id = await closedCall(sender)
    expect(await say(sender, '进度')).toContain('没办好，可以重新办')
    expect(await say(sender, '没办好，重新办', '1', '没人打电话')).toContain('已经重新打开')
    const actions = await desk.chain(office.county, id)
    expect(actions.ok && actions.value.at(-1)?.action.event).toMatchObject({ type: 'reopened', reason: '没人联系我' })
    // Open again, it may be urged, and not reopened.
    expect(await say(sender, '没办好')).toContain('没有可以重新办的')
    expect(await say(sender, '催一下', '1')).toContain('这是第1次')
  })

  test('is too old after the days of the pack, and says what else there is', async () => {
    office.world.set('2026-11-26T10:00:00')
    const sender = randomUUID()
    await closedCall(sender)
    office.world.set('2026-12-20T10:00:00')
    expect(await say(sender, '没办好')).toContain('办结后15天里说')
    expect((await desk.resident.requests(await residentOf(sender)))[0]).toMatchObject({
      ...{ status: 'done', mayReopen: false, reopenUntil: null },
    })
  })

  test('is nobody else’s: a stranger with the id is told nothing', async () => {
    office.world.set('2026-11-27T09:00:00')
    const sender = randomUUID()
    const id = await closedCall(sender)
    const notFound = { ok: false, refusal: { code: 'notFound' } }
    expect(await desk.resident.urgeRequest('somebody', id, null)).toMatchObject(notFound)
    expect(await desk.resident.reopen('somebody', id, '没人来')).toMatchObject(notFound)
  })

  test('what the office does of its own accord is not among it, whoever the task is about', async () => {
    const sender = randomUUID()
    await say(sender, '我不想活了')
    expect(await desk.resident.requests(await residentOf(sender))).toEqual([])
  })
})

test('a complaint is urged, and after its answer goes to the level above from the same list', async () => {
  office.world.set('2026-11-30T09:00:00')
  const { service } = office
  const complaints = makeComplaintDesk(service.parts)
  const sender = randomUUID()
  await say(
    sender,
    '我要投诉',
    '态度不好',
    '昨天去窗口，说话难听',
    '没有了',
    PLACE,
    '村（社区）',
    '不知道',
    '要答复',
    '没错，提交',
  )
  const residentId = await residentOf(sender)
  const [asked] = await desk.resident.requests(residentId)
  const id = asked?.id ?? ''
  expect(asked).toMatchObject({ source: 'complaint', status: 'open', handler: null, mayUrge: true, mayReopen: false })
  expect(await desk.resident.urgeRequest(residentId, id, null)).toMatchObject({ ok: true })
  expect(await desk.resident.urgeRequest(residentId, id, null)).toMatchObject({ refusal: { code: 'tooMany' } })
  const { items } = await service.app.officer.tasks(office.county, { status: ['open'], limit: 50 })
  const task = items.find(({ source }) => source === 'complaint')
  const found = await complaints.list(office.county, { open: true, limit: 5 })
  const handler = found.items.length > 0 ? office.county : office.village
  expect(task).toBeDefined()
  const leased = await service.app.officer.lease(handler, task?.id ?? '', null)
  if (!leased.ok) throw new Error(leased.refusal.code)
  const reply = { finding: 'founded' as const, text: '已经查实，已批评教育。' }
  expect(await complaints.reply(handler, id, leased.value.fence, reply)).toMatchObject({ ok: true })
  expect((await desk.resident.requests(residentId))[0]).toMatchObject({ status: 'answered', mayReopen: true })
  expect(await desk.resident.reopen(residentId, id, '还是那样')).toMatchObject({ ok: true })
  expect((await desk.resident.requests(residentId))[0]).toMatchObject({ status: 'open', mayReopen: false })
  const log = await office.database.sql('select type from complaint_action where complaint_id = $1 order by seq', [id])
  expect(log.map(row => row['type'])).toEqual(['received', 'assigned', 'answered', 'reopened'])
  const kept = await service.parts.store.transaction({ kind: 'system' }, tx => tx.complaints.byId(id))
  expect(kept?.actions.at(-1)?.event).toMatchObject({ type: 'reopened', reason: '还是那样' })
})
