import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCareDesk, type CareDesk } from '../../src/app/care/careDesk.ts'
import { careFamilyOf, openCare } from '../../src/app/care/careFamilyOf.ts'
import { leaveFamiliesOf } from '../../src/app/care/leaveFamilies.ts'
import { makePrivacyDesk } from '../../src/app/privacy/ownData.ts'
import { eyesOf } from '../../src/app/officer/eyes.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { addDays, shanghaiDate } from '../../src/domain/world.ts'
import { dataKeysOf } from '../../src/store/dataKeys.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* 暖心 on a real store: who sees a family, and who does not. */

const VILLAGE = '420702104212'

let database: TestDatabase
let here: Instance
let desk: CareDesk
let cadre: Officer
let neighbour: Officer
let leader: Officer
let otherTown: Officer
let county: Officer

beforeAll(async () => {
  database = await testDatabase()
  here = openInstance(database)
  desk = makeCareDesk(here.parts)
  cadre = await here.appoint('王专干', 'village', VILLAGE)
  neighbour = await here.appoint('李专干', 'village', VILLAGE)
  leader = await here.appoint('陈镇长', 'town', '420702104')
  otherTown = await here.appoint('刘经办', 'town', '420704108')
  county = await here.appoint('赵科长', 'county', '420702')
})
afterAll(() => database?.close())

async function resident(sender: string): Promise<string> {
  const address = { channel: 'web' as const, sender, messageKey: 'first' }
  return (await here.kept.store.turns.open(address, here.parts.world.now())).resident.id
}

const asSystem = <T>(run: Parameters<typeof here.parts.store.transaction<T>>[1]) =>
  here.parts.store.transaction({ kind: 'system' }, run)

async function seesTask(officer: Officer, taskId: string): Promise<boolean> {
  return (await here.app.officer.task(officer, taskId)).ok
}

test('a death in a family that nobody looks after yet makes a visit for the town, and for no one else', async () => {
  const residentId = await resident('grieving')
  const opening = {
    residentId,
    householdId: null,
    regionCode: VILLAGE,
    name: null,
    phone: null,
    occasion: 'bereavement' as const,
  }
  const actor = { kind: 'resident' as const, id: residentId }
  const opened = await asSystem(tx => openCare(here.parts, tx, { ...opening, actor }))
  const taskId = opened.taskId ?? ''
  const seen = await Promise.all([leader, cadre, neighbour, otherTown, county].map(who => seesTask(who, taskId)))
  expect(seen).toEqual([true, false, false, false, false])
  const again = await asSystem(tx => openCare(here.parts, tx, { ...opening, actor }))
  expect(again).toEqual({ familyId: opened.familyId, taskId: null })
  const found = await asSystem(tx => careFamilyOf(tx, { residentId }))
  expect(found?.state.status).toBe('proposed')
  const own = await here.parts.store.transaction({ kind: 'resident', residentId }, tx =>
    careFamilyOf(tx, { residentId }),
  )
  expect(own?.family.id).toBe(opened.familyId)
  for (const who of [cadre, neighbour, otherTown, county]) {
    expect(await here.parts.store.transaction(eyesOf(who), tx => tx.care.byId(opened.familyId))).toBeNull()
  }
})

describe('one family', () => {
  let id: string
  let residentId: string
  const person = { name: '王秀英', birthday: { calendar: 'lunar' as const, month: 12, day: 8 } }
  const asked = {
    ...{ regionCode: VILLAGE, people: [person], phone: '13800000001', address: '三组' },
    consentWay: 'spoken' as const,
  }
  const idOf = (outcome: { ok: boolean; value?: { id: string } }) => outcome.value?.id ?? ''
  const view = async (officer = leader) => {
    const found = await desk.one(officer, id)
    if (!found.ok) throw new Error('the family is not there')
    return found.value
  }
  const visitDone = async () => {
    const [done] = await database.sql(`select id from task where cause like $1 and status = 'done'`, [`care:${id}:%`])
    return String(done?.['id'])
  }

  test('is registered by the cadre of its village, who is its first contact, and lacks the other', async () => {
    id = idOf(await desk.register(cadre, asked))
    const { contacts, gaps } = await view(cadre)
    const { tasks } = await view()
    expect([contacts.cadre?.name, contacts.leader]).toEqual(['王专干', null])
    expect(gaps).toEqual(['contactPair', 'familyDoctor', 'greenChannel'])
    expect(tasks.map(({ source, summary }) => [source, summary])).toEqual([['careGap', '王家缺一位联系人，请选一位']])
  })

  test('nobody else finds it: not his neighbour in the office, not another town, not the county, not by its task', async () => {
    const [task] = (await view()).tasks
    for (const who of [neighbour, otherTown, county]) {
      expect((await desk.one(who, id)).ok).toBe(false)
      expect((await desk.list(who, { ended: false, limit: 100 })).items.map(one => one.id)).not.toContain(id)
      expect(await seesTask(who, task?.id ?? '')).toBe(false)
      expect((await desk.occurred(who, id, 'illness')).ok).toBe(false)
    }
    expect((await here.app.officer.tasks(county, { limit: 100 })).items.map(({ source }) => source)).not.toContain(
      'careGap',
    )
  })

  test('an officer may not register one of another village', async () => {
    expect(await desk.register(cadre, { ...asked, regionCode: '420702104213' })).toMatchObject({ ok: false })
  })

  test('its leader is chosen by the town alone, from the town; then the gap closes by itself', async () => {
    const choose = (officer: Officer, officerId: string) => desk.setContact(officer, id, { post: 'leader', officerId })
    expect(await choose(cadre, leader.id)).toMatchObject({ refusal: { code: 'notAllowed' } })
    expect(await choose(leader, cadre.id)).toMatchObject({ refusal: { code: 'badInput', fields: ['officer'] } })
    expect(await choose(leader, otherTown.id)).toMatchObject({ refusal: { code: 'badInput', fields: ['officer'] } })
    expect((await choose(leader, leader.id)).ok).toBe(true)
    const { gaps, tasks } = await view()
    expect(gaps).toEqual(['familyDoctor', 'greenChannel'])
    expect(tasks.map(({ summary }) => summary)).toEqual(['陈镇长和王家见个面，认认人'])
  })

  test('a visit closes its task and its promise is a task of its own, which closes when it is kept', async () => {
    const [task] = (await view()).tasks
    const today = shanghaiDate(here.parts.world.now())
    const promise = { words: '带去办慢病卡', by: addDays(today, 5) }
    const visit = {
      on: today,
      way: 'home' as const,
      mood: 'low' as const,
      words: '坐了半个钟头',
      needs: ['talk' as const],
      promise,
    }
    const written = await desk.writeVisit(leader, id, { taskId: task?.id ?? '', ...visit })
    expect(written.ok).toBe(true)
    const after = await view()
    expect(after.tasks.map(({ source, due }) => [source, due])).toEqual([['carePromise', promise.by]])
    expect(await desk.writeVisit(leader, id, { taskId: task?.id ?? '', ...visit })).toMatchObject({
      refusal: { code: 'notFound' },
    })
    expect(await here.app.officer.close(leader, after.tasks[0]?.id ?? '', 0, '办了')).toMatchObject({ ok: false })
    expect((await desk.keepPromise(cadre, id, { visitId: idOf(written), words: '一起去办好了' })).ok).toBe(true)
    const kept = await view()
    expect([kept.tasks, kept.state.promises[0]?.kept?.words]).toEqual([[], '一起去办好了'])
  })

  test.each([
    ['on', { on: '2031-01-01', promise: null }],
    ['promise', { on: '', promise: { words: '再来', by: '2020-01-01' } }],
  ])('a visit with an impossible day (%s) is refused', async (field, wrong) => {
    const on = wrong.on || shanghaiDate(here.parts.world.now())
    const visit = { taskId: null, way: 'phone' as const, mood: 'calm' as const, words: '打了电话', needs: [] }
    expect(await desk.writeVisit(cadre, id, { ...visit, ...wrong, on })).toMatchObject({ refusal: { fields: [field] } })
  })

  test('its card says at the hospital that it counts, counts the looks, and ends when it is lost', async () => {
    expect(await desk.issueCard(cadre, id)).toMatchObject({ refusal: { fields: ['hospital'] } })
    await desk.setDuties(cadre, id, { hospital: { name: '区人民医院', desk: '一楼服务台', phone: null } })
    expect((await desk.issueCard(cadre, id)).ok).toBe(true)
    const print = await desk.card(cadre, id)
    const code = print.ok ? print.value.code : ''
    expect(await desk.lookAtCard(code.toLowerCase())).toMatchObject({
      valid: true,
      surname: '王',
      hospital: '区人民医院',
    })
    expect(JSON.stringify(await desk.lookAtCard(code))).not.toMatch(/秀英|13800000001|三组/)
    expect((await view()).card?.looks).toBe(2)
    await desk.endCard(cadre, id)
    expect(await desk.lookAtCard(code)).toMatchObject({ valid: false })
    expect(await desk.lookAtCard('0000000000000X')).toBeNull()
  })

  test('a helper sees the help, the hour and the place through his link, until it is over', async () => {
    const helper = idOf(await desk.addHelper(cadre, id, { kind: 'volunteer', name: '小周', phone: null }))
    const today = shanghaiDate(here.parts.world.now())
    const errand = {
      helperId: helper,
      need: 'accompany' as const,
      on: addDays(today, 1),
      time: '09:30',
      place: '医院门口',
    }
    const set = await desk.setErrand(cadre, id, errand)
    const code = set.ok ? set.value.code : ''
    const shown = await desk.lookAtErrand(code)
    expect(shown).toEqual({
      ...{ need: 'accompany', on: errand.on, time: '09:30', place: '医院门口', surname: '王', ended: false },
      contact: { name: '王专干', phone: null },
    })
    expect(await desk.lookAtCard(code)).toBeNull()
    await desk.endHelper(cadre, id, helper)
    expect(await desk.lookAtErrand(code)).toMatchObject({ ended: true })
  })

  test('every look at it is in the trail, and the county reads nothing of it', async () => {
    const entries = await database.sql(
      `select action, region_code from audit where object_kind = 'careFamily' and object_id = $1`,
      [id],
    )
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['care.read', 'care.registered', 'care.visited']),
    )
    expect(entries.every(entry => entry['region_code'] === null)).toBe(true)
  })

  test('nothing of it lies open in the database, and another key than that of the cases seals it', async () => {
    const rows = await database.sql(`select event from care_action where family_id = $1`, [id])
    const [key] = await database.sql(`select kid from data_key where kind = 'care'`)
    for (const { event } of rows) {
      if (!Buffer.isBuffer(event)) throw new Error('no bytes')
      expect(event.includes(Buffer.from('王秀英'))).toBe(false)
      expect(event.readUInt32BE(2)).toBe(key?.['kid'])
    }
  })

  test('somebody of it who writes with us signs up for an afternoon, and reads of nobody else who comes', async () => {
    residentId = await resident('widow')
    await asSystem(tx => tx.care.link(id, { residentId }))
    const startsAt = here.parts.world.now() + 3 * 86_400_000
    const opened = await desk.activities.open(leader, {
      ...{ regionCode: '420702104', title: '包饺子', place: '暖心家园', startsAt, capacity: 3, note: null },
    })
    const activityId = idOf(opened)
    expect(await desk.resident.signUp(residentId, { activityId, people: 2 })).toBe('ok')
    const other = idOf(await desk.register(leader, { ...asked, people: [{ name: '李大山', birthday: null }] }))
    const name = (people: number) => desk.activities.signUp(leader, { familyId: other, activityId, people })
    expect(await name(2)).toMatchObject({ refusal: { allowed: ['full'] } })
    expect((await name(1)).ok).toBe(true)
    const own = await desk.resident.activities(residentId)
    expect(own.map(({ hasRoom, people }) => [hasRoom, people])).toEqual([[false, 2]])
    expect(JSON.stringify(own)).not.toContain('李')
    const file = JSON.stringify(await makePrivacyDesk(here.parts).data(residentId))
    for (const kept of ['王秀英', '坐了半个钟头', '区人民医院', '陈镇长']) expect(file).toContain(kept)
    expect(await desk.resident.signUp(await resident('stranger'), { activityId, people: 1 })).toBe('notThere')
    const seen = async (officer: Officer) => (await desk.activities.list(officer))[0]?.families.map(one => one.name)
    expect([await seen(leader), await seen(cadre), await seen(neighbour)]).toEqual([['王家', '李家'], ['王家'], []])
    await desk.activities.cancel(leader, activityId)
    expect(await desk.resident.activities(residentId)).toEqual([])
    const told = await database.sql(`select resident_id from message where key = 'care.told.cancelled'`)
    expect(told).toEqual([{ resident_id: residentId }])
  })

  test('when its cadre leaves, he sees it no more, the town is asked for another, and the new one is introduced by name', async () => {
    const account = { ...cadre, disabled: true }
    await here.kept.officers.upsert({
      officer: account,
      passwordHash: 'none',
      totpSecret: null,
      at: here.parts.world.now(),
    })
    await asSystem(tx => leaveFamiliesOf(tx, cadre.id, here.parts.world.now()))
    expect((await desk.one(cadre, id)).ok).toBe(false)
    await desk.plan(100)
    expect((await view()).gaps).toContain('contactPair')
    expect((await view()).tasks.map(({ source }) => source)).toContain('careGap')
    await desk.setContact(leader, id, { post: 'cadre', officerId: neighbour.id })
    expect((await view(neighbour)).tasks.map(({ summary }) => summary)).toContain('李专干和王家见个面，认认人')
    const [told] = await here.kept.outbox.ready(here.parts.world.now() + 86_400_000, 100)
    expect(told).toBeDefined()
    expect((await view()).state.toIntroduce).toEqual([])
    const done = await visitDone()
    expect([await seesTask(cadre, done), await seesTask(neighbour, done)]).toEqual([false, true])
  })

  test('the county counts it among others or not at all; the town counts its villages', async () => {
    const inCounty = await desk.coverage(county)
    expect(inCounty.places.every(({ families }) => families === null)).toBe(true)
    expect(inCounty.sum).toBeNull()
    const inTown = await desk.coverage(leader)
    expect(inTown.places.map(({ regionCode, families }) => [regionCode, families])).toEqual([[VILLAGE, 2]])
    expect(inTown.target).toBe(1)
  })

  test('when it does not want it any more all ends: contacts, tasks, card', async () => {
    expect((await desk.end(leader, id, 'withdrawn')).ok).toBe(true)
    expect((await desk.one(neighbour, id)).ok).toBe(false)
    const { status, tasks, contacts } = await view()
    expect([status, tasks, contacts.cadre]).toEqual(['ended', [], null])
    expect(await asSystem(tx => careFamilyOf(tx, { residentId }))).toBeNull()
    expect(await seesTask(neighbour, await visitDone())).toBe(false)
  })

  test('its records go when their days are over, with a proof that names nobody, and those of others stay', async () => {
    const before = here.parts.world.now() + 1
    const [kept] = await database.sql(
      `select count(*)::int as n from task where cause not like 'care:' || $1 || ':%'`,
      [id],
    )
    expect(await asSystem(tx => tx.privacy.deleteOld('care', 0, before, 100))).toBe(0)
    expect(await asSystem(tx => tx.privacy.deleteOld('care', before, before, 100))).toBe(1)
    for (const of of ['care_action where family_id = $1', `task where cause like 'care:' || $1 || ':%'`]) {
      expect(await database.sql(`select count(*)::int as n from ${of}`, [id])).toEqual([{ n: 0 }])
    }
    expect(await database.sql(`select id from task where summary like '%王家%'`)).toEqual([])
    expect(await database.sql('select count(*)::int as n from task')).toEqual([kept])
    expect(await database.sql(`select removed from deletion_record where kind = 'care'`)).toEqual([{ removed: 1 }])
    expect((await desk.list(leader, { ended: false, limit: 10 })).items.length).toBeGreaterThan(0)
  })
})

test('a household whose family has ended can be looked after anew', async () => {
  const about = { residentId: null, householdId: 'household-of-two', regionCode: VILLAGE, name: null, phone: null }
  const opening = { ...about, occasion: 'bereavement' as const, actor: { kind: 'system' as const } }
  const first = await asSystem(tx => openCare(here.parts, tx, opening))
  expect((await desk.end(leader, first.familyId, 'notWanted')).ok).toBe(true)
  expect(await desk.occurred(leader, first.familyId, 'illness')).toMatchObject({ refusal: { code: 'notAllowed' } })
  const second = await asSystem(tx => openCare(here.parts, tx, opening))
  expect(second.familyId).not.toBe(first.familyId)
  const { householdId } = about
  expect((await asSystem(tx => careFamilyOf(tx, { householdId })))?.family.id).toBe(second.familyId)
})

test('the owner can destroy all of it at once: records, tasks and keys', async () => {
  expect((await database.sql(`select id from task where cause like 'care:%'`)).length).toBeGreaterThan(0)
  await dataKeysOf(database.owner).destroyCare()
  for (const of of ['care_family', 'care_action', `task where cause like 'care:%'`, `data_key where kind = 'care'`]) {
    expect(await database.sql(`select count(*)::int as n from ${of}`)).toEqual([{ n: 0 }])
  }
})
