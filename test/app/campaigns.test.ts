/* Over 400 lines: every test of a campaign works on the same county, clock and desk. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeCampaignDesk, type CampaignDesk, type CampaignView } from '../../src/app/campaigns/campaignDesk.ts'
import { makeCampaignWork, type CampaignWork } from '../../src/app/campaigns/campaignWork.ts'
import type { Outcome } from '../../src/app/app.ts'
import { muteHousehold, optOut } from '../../src/app/messages/mutes.ts'
import { stillWanted } from '../../src/app/messages/stillWanted.ts'
import type { CampaignDraft } from '../../src/domain/campaign/campaignPlan.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { officerActor } from '../../src/domain/taskState.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { draftOf, settleHouseholds, speakerOf, villageCode } from './campaignCounty.ts'
import { openInstance, type Instance } from './instance.ts'

/* What a campaign does to real rows: whom it asks, whom it leaves alone, what its buttons do. */

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const questionnaires = (['satisfaction', 'needs'] as const).map(kind => {
  return { kind, flow: 'test-questionnaire', revision: 1 }
})

let database: TestDatabase
let world: ReturnType<typeof frozenWorld>
let instance: Instance
let county: Officer
let town: Officer
let desk: CampaignDesk
let work: CampaignWork

beforeAll(async () => {
  database = await testDatabase()
  world = frozenWorld()
  const opened = openInstance(database, world)
  // Small places, so that every household can be followed.
  instance = { ...opened, parts: { ...opened.parts, questionnaires, settings: withSmallest(opened.parts, 1) } }
  county = await instance.appoint('campaign-county', 'county', '999901')
  town = await instance.appoint('campaign-town', 'town', '999901100')
  desk = makeCampaignDesk(instance.parts)
  work = makeCampaignWork(instance.parts)
}, 60_000)
afterAll(() => database?.close())

beforeEach(async () => {
  world.advance(400 * DAY_MS)
  await database.sql(`update campaign set status = 'finished'`)
  await database.sql(`update task set status = 'cancelled'`)
  for (const table of ['survey_response', 'campaign_household', 'message', 'mute', 'household_resident', 'household'])
    await database.sql(`delete from ${table}`)
})

const withSmallest = ({ settings }: Instance['parts'], smallestPopulation: number) => ({
  ...settings,
  smallestPopulation,
})

const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.refusal.code + String(outcome.refusal.fields))
  return outcome.value
}

async function started(changed: Partial<CampaignDraft> = {}, officer = county): Promise<string> {
  const { campaign } = valueOf(await desk.create(officer, draftOf(instance, changed)))
  valueOf(await desk.preview(officer, campaign.id))
  valueOf(await desk.move(officer, campaign.id, { type: 'started' }))
  return campaign.id
}

async function workOn(): Promise<void> {
  while (await work.round());
}

const rowsOf = (id: string) =>
  database.sql(
    `select household_id, village_code, weight, place, status, reason, asked_at, resident_id from campaign_household
      where campaign_id = $1 and status <> 'test' order by place`,
    [id],
  )
const statusOf = async (id: string, householdId: string) => {
  const row = (await rowsOf(id)).find(one => one['household_id'] === householdId)
  return row ? [row['status'], row['reason']].filter(Boolean).join(' ') : null
}
const messagesTo = async (householdId: string) =>
  (
    await database.sql(
      `select m.id from message m join outbox o using (id) where m.household_id = $1 and m.reason is null`,
      [householdId],
    )
  ).length
const move = (view: Outcome<CampaignView>) => valueOf(view).state.status

describe('who is asked', () => {
  test('a household that can be written to gets one message with its own link', async () => {
    await settleHouseholds(database, { villages: 2, each: 3 })
    await speakerOf(instance, 'h-0-1')
    const id = await started()
    await workOn()
    expect(await statusOf(id, 'h-0-1')).toBe('asked')
    expect(await messagesTo('h-0-1')).toBe(1)
    const links = await database.sql(`select token_hash from campaign_household where campaign_id = $1`, [id])
    expect(new Set(links.map(link => String(link['token_hash']))).size).toBe(links.length)
  })

  test('rounds go from village to village', async () => {
    await settleHouseholds(database, { villages: 3, each: 4 })
    const id = await started()
    await workOn()
    const villages = (await rowsOf(id)).map(row => row['village_code'])
    for (let round = 0; round < 4; round++) expect(new Set(villages.slice(round * 3, round * 3 + 3)).size).toBe(3)
    expect(villages.slice(0, 3)).toEqual(villages.slice(3, 6))
  })

  test('of fewer households than a campaign needs it is not started', async () => {
    await settleHouseholds(database, { villages: 2, each: 14 })
    const careful = makeCampaignDesk({ ...instance.parts, settings: withSmallest(instance.parts, 30) })
    const { campaign } = valueOf(await careful.create(county, draftOf(instance)))
    valueOf(await careful.preview(county, campaign.id))
    const refused = await careful.move(county, campaign.id, { type: 'started' })
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'badInput', fields: ['places'] } })
    expect(valueOf(await careful.one(county, campaign.id)).state.status).toBe('draft')
  })

  test('by spread more are drawn where the last survey of the kind found two minds, and the form is told which it was', async () => {
    await settleHouseholds(database, { villages: 2, each: 60 })
    const { sample } = draftOf(instance)
    const plan = {
      sample: { ...sample, method: 'stratified', size: 40, allocation: 'spread', leastPerVillage: 2 },
    } as const
    const whom = { ...draftOf(instance), ...plan }
    expect(valueOf(await desk.count(county, whom)).spreadFrom).toBeNull()
    const { campaign } = valueOf(await desk.create(county, draftOf(instance)))
    await database.sql(
      `update campaign set status = 'finished', opens_at = '2098-01-01', title = '上次的问卷' where id = $1`,
      [campaign.id],
    )
    await database.sql(
      `insert into survey_count (campaign_id, village_code, way, question, option, n) values
        ($1, $2, 'link', 'main', 'hit', 20), ($1, $2, 'link', 'main', 'miss', 20), ($1, $3, 'link', 'main', 'hit', 40)`,
      [campaign.id, villageCode(0), villageCode(1)],
    )
    expect(valueOf(await desk.count(county, whom)).spreadFrom).toBe('上次的问卷')
    const id = await started(plan)
    await workOn()
    const rows = await rowsOf(id)
    expect(rows).toHaveLength(40)
    expect(rows.filter(row => row['village_code'] === villageCode(0)).length).toBeGreaterThan(24)
    await database.sql(`delete from survey_count where campaign_id = $1`, [campaign.id])
  })

  test('by size of the household whole tens are drawn', async () => {
    await settleHouseholds(database, { villages: 3, each: 12 })
    const { filter } = draftOf(instance)
    const id = await started({ filter: { ...filter, membersFrom: 1, membersTo: 4 } })
    await workOn()
    expect(await rowsOf(id)).toHaveLength(20)
  })

  test('muted, special, complaining, gone and lately asked households are left out of the draw, and by message alone refusing ones', async () => {
    await settleHouseholds(database, { villages: 1, each: 8 })
    const residents = [await speakerOf(instance, 'h-0-2'), await speakerOf(instance, 'h-0-3')]
    const [complaining = '', refusing = ''] = residents
    await instance.kept.store.transaction({ kind: 'system' }, async tx => {
      await muteHousehold(instance.parts, tx, {
        to: { householdId: 'h-0-0' },
        reason: 'bereavement',
        by: officerActor(county),
      })
      await optOut(instance.parts, tx, {
        residentId: refusing,
        purposes: ['survey'],
        by: { kind: 'resident', id: refusing },
      })
    })
    await database.sql(
      `insert into care_family (id, region_code, household_id, status, has_doctor, has_card)
        values ('care-1', $1, 'h-0-1', 'active', false, false) on conflict do nothing`,
      [villageCode(0)],
    )
    await database.sql(
      `insert into complaint (id, number, region_code, resident_id, hidden_from, place_code, topic, serious, office,
          received_at, content, status, due, lapsed)
        values ('c-1', 'TS-1', '999901', $1, '{}', $2, 'slow', false, 'none', now(), '', 'assigned', '2099-01-01', false)`,
      [complaining, villageCode(0)],
    )
    await database.sql(`update household set gone = 'moved', gone_at = now() where id = 'h-0-4'`)
    const careful = makeCampaignDesk({ ...instance.parts, settings: withSmallest(instance.parts, 30) })
    const counted = valueOf(await careful.count(county, draftOf(instance)))
    // Of so few nothing is told that anybody may not know: neither how many are left alone, nor by what is left of them.
    expect(counted).toMatchObject({ found: 8, eligible: 7, sample: 7, villages: 1, smallest: 30 })
    expect(counted.excluded).toEqual([{ reason: 'gone', households: 1 }])
    const id = await started()
    await workOn()
    const drawn = (await rowsOf(id)).map(row => row['household_id'])
    expect(drawn.toSorted()).toEqual(['h-0-3', 'h-0-5', 'h-0-6', 'h-0-7'])
    // 退订 is of messages: somebody calls at the door.
    expect([await statusOf(id, 'h-0-3'), await messagesTo('h-0-3')]).toEqual(['officer', 0])

    world.advance(DAY_MS)
    const again = valueOf(await careful.count(county, draftOf(instance)))
    expect(again).toEqual(counted)
    await database.sql(`delete from complaint where id = 'c-1'`)
    await database.sql(`delete from care_family where id = 'care-1'`)
  })

  test('by message alone who refused them is not asked', async () => {
    await settleHouseholds(database, { villages: 1, each: 2 })
    const [refusing] = [await speakerOf(instance, 'h-0-0'), await speakerOf(instance, 'h-0-1')]
    const { filter } = draftOf(instance)
    const id = await started({ filter: { ...filter, way: 'chat' } })
    await work.round()
    await instance.kept.store.transaction({ kind: 'system' }, tx =>
      optOut(instance.parts, tx, {
        ...{ residentId: refusing, purposes: ['survey'], by: { kind: 'resident', id: refusing } },
      }),
    )
    await workOn()
    expect([await statusOf(id, 'h-0-0'), await statusOf(id, 'h-0-1')]).toEqual(['excluded optedOut', 'asked'])
  })

  test('a household muted after the draw is not asked', async () => {
    await settleHouseholds(database, { villages: 1, each: 2 })
    await speakerOf(instance, 'h-0-0')
    await speakerOf(instance, 'h-0-1')
    const id = await started()
    await work.round()
    expect(await statusOf(id, 'h-0-0')).toBe('waiting')
    await instance.kept.store.transaction({ kind: 'system' }, tx =>
      muteHousehold(instance.parts, tx, { to: { householdId: 'h-0-0' }, reason: 'distress', by: { kind: 'system' } }),
    )
    await workOn()
    expect(await statusOf(id, 'h-0-0')).toBe('excluded leftAlone')
    expect(await messagesTo('h-0-0')).toBe(0)
    expect(await statusOf(id, 'h-0-1')).toBe('asked')
  })

  test('a stratified sample has its size, and weights that add up to the households of each village', async () => {
    await settleHouseholds(database, { villages: 4, each: 50 })
    const sample = { method: 'stratified' as const, size: 20, allocation: 'proportional' as const, leastPerVillage: 0 }
    const id = await started({ sample })
    await workOn()
    const rows = await rowsOf(id)
    expect(rows).toHaveLength(20)
    expect(rows.reduce((sum, row) => sum + Number(row['weight']), 0)).toBeCloseTo(200)
  })

  test('the same seed on the same list is the same sample', async () => {
    await settleHouseholds(database, { villages: 3, each: 40 })
    const sample = { method: 'simple' as const, size: 15, allocation: 'proportional' as const, leastPerVillage: 0 }
    const first = await started({ sample })
    const second = await started({ sample, filter: { ...draftOf(instance).filter, coolDownDays: 0 } })
    const seed = await database.sql(`select sample -> 'seed' as seed from campaign where id = $1`, [first])
    await database.sql(
      `update campaign_action set event = jsonb_set(event, '{plan,sample,seed}', $2) where campaign_id = $1 and type = 'created'`,
      [second, JSON.stringify(seed[0]?.['seed'])],
    )
    await workOn()
    const drawn = async (id: string) => (await rowsOf(id)).map(row => row['household_id'])
    expect(await drawn(first)).toHaveLength(15)
    expect(await drawn(second)).toEqual(await drawn(first))
  })
})

describe('when', () => {
  test('nothing happens in the quiet hours, and it goes on in the morning', async () => {
    await settleHouseholds(database, { villages: 1, each: 1 })
    await speakerOf(instance, 'h-0-0')
    world.advance(12 * HOUR_MS) // 21:00
    const id = await started()
    await workOn()
    expect(await statusOf(id, 'h-0-0')).toBe('waiting')
    world.advance(11 * HOUR_MS) // 08:00
    await workOn()
    expect(await statusOf(id, 'h-0-0')).toBe('asked')
    world.advance(HOUR_MS)
  })

  test('somebody in the middle of a conversation is asked later', async () => {
    await settleHouseholds(database, { villages: 1, each: 1 })
    const id = await started()
    await work.round()
    await instance.say('talker', '生育登记')
    const residentId = await instance.kept.auth.residentBySender({ channel: 'web', sender: 'talker', at: world.now() })
    const link = { householdId: 'h-0-0', residentId, proof: 'officer' as const, by: 'service', at: world.now() }
    await instance.kept.store.transaction({ kind: 'system' }, tx => tx.messages.link(link))
    await workOn()
    expect(await statusOf(id, 'h-0-0')).toBe('waiting')
    await instance.say('talker', '取消')
    await instance.say('talker', '是')
    world.advance(HOUR_MS)
    await workOn()
    expect(await statusOf(id, 'h-0-0')).toBe('asked')
  })

  test('no faster than its pace', async () => {
    await settleHouseholds(database, { villages: 1, each: 30 })
    const id = await started({ pacePerMinute: 60, doorstepsPerVillage: 100 })
    await workOn()
    const asked = async () => (await rowsOf(id)).filter(row => row['status'] !== 'waiting').length
    expect(await asked()).toBe(10)
    world.advance(5_000)
    await workOn()
    expect(await asked()).toBe(10)
    world.advance(5_000)
    await workOn()
    expect(await asked()).toBe(20)
  })
})

describe('households that nobody can write to', () => {
  test('are one task of their village officer where needs are asked, no more than so many calls', async () => {
    await settleHouseholds(database, { villages: 2, each: 12 })
    const id = await started({ kind: 'needs', doorstepsPerVillage: 5 })
    await workOn()
    const tasks = await database.sql(
      `select region_code, summary from task where source = 'surveyVisit' and status = 'open'`,
    )
    expect(tasks.map(task => task['region_code']).toSorted()).toEqual([villageCode(0), villageCode(1)].toSorted())
    const rows = await rowsOf(id)
    expect(rows.filter(row => row['status'] === 'officer')).toHaveLength(10)
    expect(rows.filter(row => row['reason'] === 'noWay')).toHaveLength(14)

    valueOf(await desk.move(county, id, { type: 'stopped', reason: '测试' }))
    expect(await database.sql(`select id from task where source = 'surveyVisit' and status = 'open'`)).toEqual([])
  })
})

describe('a household that is noted as gone while a survey runs', () => {
  test('is called upon no more, its message does not leave, and a task with nobody left to call upon ends', async () => {
    await settleHouseholds(database, { villages: 1, each: 3 })
    for (const household of ['h-0-0', 'h-0-1', 'h-0-2']) {
      const content = JSON.stringify({ number: household, headName: '李秀英', phone: null })
      const sealed = database.cipher.seal('household|content', household, content)
      await database.sql('update household set content = $2 where id = $1', [household, sealed])
    }
    await speakerOf(instance, 'h-0-0')
    const id = await started({ kind: 'needs' })
    await workOn()
    const key = `message:campaign:${id}:h-0-0`
    const [sent] = await database.sql('select resident_id, dedupe_key from outbox where dedupe_key = $1', [key])
    const message = { residentId: String(sent?.['resident_id']), dedupeKey: String(sent?.['dedupe_key']) }
    const mayLeave = () => stillWanted(instance.parts, { ...message, purpose: 'survey' })
    const calls = () =>
      instance.kept.store.transaction({ kind: 'system' }, tx => tx.surveys.atDoor(id, villageCode(0), '', 10))
    expect([await mayLeave(), (await calls()).length]).toEqual([true, 2])
    await database.sql(`update household set gone = 'moved' where id in ('h-0-0', 'h-0-1')`)
    expect([await mayLeave(), (await calls()).map(({ householdId }) => householdId)]).toEqual([false, ['h-0-2']])
    const open = () => database.sql(`select id from task where source = 'surveyVisit' and status = 'open'`)
    world.advance(60_000)
    await workOn()
    expect(await open()).toHaveLength(1)
    await database.sql(`update household set gone = 'moved' where id = 'h-0-2'`)
    world.advance(60_000)
    await workOn()
    expect(await open()).toEqual([])
  })
})

test('an invitation that waits does not leave to who speaks for the household no more', async () => {
  await settleHouseholds(database, { villages: 1, each: 1 })
  const residentId = await speakerOf(instance, 'h-0-0')
  await started({ kind: 'needs' })
  await workOn()
  const [sent] = await database.sql(`select dedupe_key from outbox where resident_id = $1 and purpose = 'survey'`, [
    residentId,
  ])
  const message = { residentId, dedupeKey: String(sent?.['dedupe_key']), purpose: 'survey' as const }
  expect(await stillWanted(instance.parts, message)).toBe(true)
  await database.sql(`update household_resident set ended_by = 'retention', ended_at = now() where resident_id = $1`, [
    residentId,
  ])
  expect(await stillWanted(instance.parts, message)).toBe(false)
})

describe('where people judge', () => {
  test('the town sees to the calls, because a village officer never asks about himself; answered, the task ends', async () => {
    await settleHouseholds(database, { villages: 4, each: 3 })
    const id = await started({ doorstepsPerVillage: 2 })
    await workOn()
    const open = () => database.sql(`select region_code from task where source = 'surveyVisit' and status = 'open'`)
    // Villages 0 and 3 are of one town.
    const towns = [0, 1, 2].map(n => villageCode(n).slice(0, 9))
    expect((await open()).map(task => task['region_code']).toSorted()).toEqual(towns.toSorted())
    await database.sql(
      `insert into survey_response (campaign_id, household_id, village_code, flow, revision, answers, status, way, started_at,
          updated_at, finished_at)
        select campaign_id, household_id, village_code, 'x', 1, '', 'finished', 'officer', now(), now(), now()
        from campaign_household where campaign_id = $1 and status = 'officer' and village_code >= $2 and village_code < $2 || '~'`,
      [id, towns[0]],
    )
    world.advance(60_000)
    await workOn()
    expect((await open()).map(task => task['region_code']).toSorted()).toEqual(towns.slice(1).toSorted())
  })
})

describe('its buttons', () => {
  test('nobody starts what he has not looked at as it now is', async () => {
    await settleHouseholds(database, { villages: 1, each: 1 })
    const { campaign } = valueOf(await desk.create(county, draftOf(instance)))
    const tooEarly = await desk.move(county, campaign.id, { type: 'started' })
    expect(tooEarly).toEqual({ ok: false, refusal: { code: 'notAllowed', allowed: ['changed', 'previewed'] } })
    const preview = valueOf(await desk.preview(county, campaign.id))
    expect(preview.text).toContain('年度满意度调查')
    expect(preview).toMatchObject({ sent: false })
    valueOf(await desk.change(county, campaign.id, draftOf(instance, { title: '另一个题目' })))
    expect((await desk.move(county, campaign.id, { type: 'started' })).ok).toBe(false)
  })

  test('a pause holds at once, going on asks the rest, a stop ends it and takes back what has not left', async () => {
    await settleHouseholds(database, { villages: 1, each: 20 })
    for (let n = 0; n < 20; n++) await speakerOf(instance, `h-0-${n}`)
    const id = await started({ pacePerMinute: 60 })
    await workOn()
    const asked = async () => (await rowsOf(id)).filter(row => row['status'] === 'asked').length
    expect(await asked()).toBe(10)
    expect(move(await desk.move(county, id, { type: 'paused', reason: '有群众问' }))).toBe('paused')
    world.advance(HOUR_MS)
    await workOn()
    expect(await asked()).toBe(10)
    expect(move(await desk.move(county, id, { type: 'resumed' }))).toBe('running')
    await workOn()
    expect(await asked()).toBe(20)
    const [sent] = await database.sql(
      `select resident_id, dedupe_key from outbox where dedupe_key like 'message:campaign:' || $1 || ':%' limit 1`,
      [id],
    )
    const message = { residentId: String(sent?.['resident_id']), dedupeKey: String(sent?.['dedupe_key']) }
    const mayLeave = () => stillWanted(instance.parts, { ...message, purpose: 'survey' })
    expect(await mayLeave()).toBe(true)
    expect(move(await desk.move(county, id, { type: 'stopped', reason: '题目有误' }))).toBe('stopped')
    expect(await asked()).toBe(0)
    // What a platform had in hand at this moment and wants to be tried again does not leave any more.
    expect(await mayLeave()).toBe(false)
    expect(await desk.move(county, id, { type: 'resumed' })).toMatchObject({ ok: false })
  }, 30_000)

  test('it ends by itself at its closing time', async () => {
    await settleHouseholds(database, { villages: 1, each: 1 })
    const id = await started()
    await workOn()
    world.advance(14 * DAY_MS)
    await workOn()
    expect(valueOf(await desk.one(county, id)).state.status).toBe('finished')
    expect(valueOf(await desk.one(county, id)).allowed).toEqual([])
  })

  test('a town works in its own place alone', async () => {
    await settleHouseholds(database, { villages: 3, each: 1 })
    const ofCounty = await started()
    expect(await desk.one(town, ofCounty)).toEqual({ ok: false, refusal: { code: 'notFound' } })
    const elsewhere = draftOf(instance, { filter: { ...draftOf(instance).filter, places: ['999901101'] } })
    expect(await desk.create(town, elsewhere)).toMatchObject({ refusal: { code: 'badInput', fields: ['places'] } })
    expect(valueOf(await desk.count(town, draftOf(instance)))).toMatchObject({ found: 1 })
    const draft = valueOf(await desk.create(town, draftOf(instance)))
    // Changed by the county it is still the town's.
    expect(await desk.change(county, draft.campaign.id, elsewhere)).toMatchObject({ refusal: { fields: ['places'] } })
    const ofTown = await started({}, town)
    expect(valueOf(await desk.one(county, ofTown)).allowed).toContain('stopped')
  })
})

test('two workers at once ask nobody twice', async () => {
  await settleHouseholds(database, { villages: 3, each: 20 })
  for (let n = 0; n < 10; n++) await speakerOf(instance, `h-${n % 3}-${n}`)
  const id = await started()
  const other = makeCampaignWork({ ...instance.parts, store: database.open({ world }).store })
  await Promise.all([
    workOn(),
    (async () => {
      while (await other.round());
    })(),
  ])
  await workOn()
  const doubled = await database.sql(
    'select household_id from message where reason is null group by household_id having count(*) > 1',
  )
  expect(doubled).toEqual([])
  expect((await rowsOf(id)).filter(row => row['status'] === 'waiting')).toEqual([])
}, 30_000)
