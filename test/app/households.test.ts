import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeHouseholdDesk, type HouseholdDesk } from '../../src/app/households/householdDesk.ts'
import { makeOwnHouseholds, type OwnHouseholds } from '../../src/app/households/ownHouseholds.ts'
import { linkHousehold } from '../../src/app/messages/households.ts'
import { makeSurveyDesk } from '../../src/app/surveys/surveyDesk.ts'
import type { Outcome } from '../../src/app/app.ts'
import type { Tx } from '../../src/app/ports.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { householdMaker, type HouseholdGiven } from './householdMaker.ts'
import { openInstance, type Instance } from './instance.ts'
import { openCampaign, tokenOf } from './surveyCounty.ts'

const VILLAGE = '420702104212'
const OTHER_COUNTY = '420703104212'
const MINUTE = 60_000
const DAY = 86_400_000

let database: TestDatabase
let here: Instance
let clock = frozenWorld('2026-11-23T09:00:00+08:00')
let desk: HouseholdDesk
let own: OwnHouseholds
let village: Officer
let sibling: Officer
let made: ReturnType<typeof householdMaker>

beforeAll(async () => {
  database = await testDatabase()
  const world = {
    ...{ now: () => clock.now(), randomBytes: (length: number) => database.world.randomBytes(length) },
    newId: () => database.world.newId(),
  }
  here = openInstance(database, world)
  made = householdMaker(database, here, VILLAGE)
  desk = makeHouseholdDesk(here.parts)
  own = makeOwnHouseholds(here.parts)
  village = await here.appoint('village', 'village', VILLAGE)
  sibling = await here.appoint('sibling', 'village', '420702104213')
})
beforeEach(() => {
  clock = frozenWorld('2026-11-23T09:00:00+08:00')
})
afterAll(() => database?.close())

const within = <T>(run: (tx: Tx) => Promise<T>) => here.kept.store.transaction({ kind: 'system' }, run)

const household = (given?: HouseholdGiven) => made.household(given)
const resident = () => made.resident()

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

const codeFor = async (id: string) => valueOf(await desk.code(village, id)).code
const linksOf = async (residentId: string) => (await own.of(residentId)).links.map(({ id, proof }) => [id, proof])
const speakersOf = async (id: string) =>
  ((await within(tx => tx.messages.speakersOf([id]))).get(id) ?? []).map(({ residentId }) => residentId)

describe('the phone that the platform vouches for', () => {
  test('links its owner to the household that the list has under it, and says which without its whole name', async () => {
    const id = await household({ phone: '13800000101' })
    const granny = await resident()
    expect((await own.of(granny)).phone).toBe('ask')
    const view = await own.confirmPhone(granny, '13800000101')
    expect(view).toMatchObject({ phone: 'confirmed', choices: [], links: [{ id, head: '李*', proof: 'phone' }] })
    expect(await speakersOf(id)).toEqual([granny])
  })

  test('links nobody where the list has another one', async () => {
    const id = await household({ phone: '13800000102' })
    expect(await own.confirmPhone(await resident(), '13800000103')).toMatchObject({ links: [], choices: [] })
    expect(await speakersOf(id)).toEqual([])
  })

  test('links a household that is imported later', async () => {
    const granny = await resident()
    await own.confirmPhone(granny, '13800000104')
    const id = await household({ phone: '13800000104' })
    expect(await linksOf(granny)).toEqual([[id, 'phone']])
  })

  test('that several households of one county share speaks for none until its owner says which', async () => {
    const [parents, ours] = [await household({ phone: '13800000105' }), await household({ phone: '13800000105' })]
    const son = await resident()
    const view = await own.confirmPhone(son, '13800000105')
    expect(view.links).toEqual([])
    expect(view.choices.map(({ id }) => id).toSorted()).toEqual([parents, ours].toSorted())
    expect(await speakersOf(parents)).toEqual([])
    expect((await own.choose(son, ours)).kind).toBe('linked')
    expect(await linksOf(son)).toEqual([[ours, 'phone']])
    expect(await own.choose(son, parents)).toEqual({ kind: 'other' })
    expect(await speakersOf(parents)).toEqual([])
  })

  test('may speak for a household in each of two counties', async () => {
    const [one, other] = [
      await household({ phone: '13800000106' }),
      await household({ phone: '13800000106', place: OTHER_COUNTY }),
    ]
    const granny = await resident()
    await own.confirmPhone(granny, '13800000106')
    expect((await linksOf(granny)).map(([id]) => id).toSorted()).toEqual([one, other].toSorted())
  })

  test('is not asked for again for three months after a no', async () => {
    const granny = await resident()
    await own.refusePhone(granny)
    expect((await own.of(granny)).phone).toBe('later')
    clock.advance(89 * DAY)
    expect((await own.of(granny)).phone).toBe('later')
    clock.advance(2 * DAY)
    expect((await own.of(granny)).phone).toBe('ask')
  })

  test('ends for a household at its owner’s word, stays ended, and can be taken up again', async () => {
    const id = await household({ phone: '13800000107' })
    const granny = await resident()
    await own.confirmPhone(granny, '13800000107')
    expect(await own.end(granny, id)).toBe(true)
    expect(await own.end(granny, id)).toBe(false)
    expect(await speakersOf(id)).toEqual([])
    expect((await own.confirmPhone(granny, '13800000107')).links).toEqual([])
    expect((await own.choose(granny, id)).kind).toBe('linked')
    expect(await speakersOf(id)).toEqual([granny])
    expect(await own.end(granny, id)).toBe(true)
    expect(await speakersOf(id)).toEqual([])
  })

  test('cannot be claimed for a household that has another one', async () => {
    const id = await household({ phone: '13800000108' })
    const granny = await resident()
    await own.confirmPhone(granny, '13800000109')
    expect(await own.choose(granny, id)).toEqual({ kind: 'wrong' })
    expect(await speakersOf(id)).toEqual([])
  })
})

describe('the code at the door', () => {
  test('binds whoever sends it, once, to exactly that household', async () => {
    const id = await household()
    const [granny, neighbour] = [await resident(), await resident()]
    const code = await codeFor(id)
    expect(await own.redeem(granny, ` ${code.slice(0, 4)} ${code.slice(4)}`)).toMatchObject({ kind: 'linked' })
    expect(await own.redeem(neighbour, code)).toEqual({ kind: 'wrong' })
    expect(await linksOf(granny)).toEqual([[id, 'officer']])
    expect(await speakersOf(id)).toEqual([granny])
  })

  test('holds ten minutes', async () => {
    const code = await codeFor(await household())
    clock.advance(10 * MINUTE + 1)
    expect(await own.redeem(await resident(), code)).toEqual({ kind: 'wrong' })
  })

  test('is sent by chat with one word before it', async () => {
    const id = await household()
    const code = await codeFor(id)
    const answer = await here.say('door-chat', `绑定 ${code}`)
    expect(answer.replies.map(({ text }) => text).join()).toMatch(/绑定好了：.*户主李\*/)
    expect(await speakersOf(id)).toHaveLength(1)
    const list = await here.say('door-chat', '我家')
    expect(list.replies.map(({ text }) => text).join()).toMatch(/户主李\*（村干部上门绑定/)
    await here.say('door-chat', '1')
    expect(await speakersOf(id)).toEqual([])
  })

  test('moves who spoke for another household of the county', async () => {
    const [before, now] = [await household({ phone: '13800000111' }), await household()]
    const daughter = await resident()
    await own.confirmPhone(daughter, '13800000111')
    await own.redeem(daughter, await codeFor(now))
    expect(await linksOf(daughter)).toEqual([[now, 'officer']])
    expect(await speakersOf(before)).toEqual([])
    await own.end(daughter, now)
    expect(await linksOf(daughter)).toEqual([])
  })

  test('lets several residents speak for one household', async () => {
    const id = await household()
    const [granny, son] = [await resident(), await resident()]
    await own.redeem(granny, await codeFor(id))
    await own.redeem(son, await codeFor(id))
    expect(await speakersOf(id)).toHaveLength(2)
  })

  test('is worth nothing to an officer, who would rate himself', async () => {
    const id = await household()
    await here.kept.store.turns.open({ channel: 'web', sender: 'his-chat', messageKey: 'k' }, clock.now())
    await within(tx =>
      tx.identities.bind({ channel: 'web', sender: 'his-chat', officerId: village.id, at: clock.now() }),
    )
    const [mine = ''] = await within(tx => tx.officers.residentsOf(village.id))
    expect(await own.redeem(mine, await codeFor(id))).toEqual({ kind: 'officer' })
    expect(await speakersOf(id)).toEqual([])
  })

  test('cannot be guessed: after five wrong ones even the right one is refused for an hour', async () => {
    const guesser = await resident()
    for (let n = 0; n < 5; n++) expect(await own.redeem(guesser, '00000000')).toEqual({ kind: 'wrong' })
    const id = await household()
    expect(await own.redeem(guesser, await codeFor(id))).toEqual({ kind: 'wrong' })
    clock.advance(61 * MINUTE)
    expect((await own.redeem(guesser, await codeFor(id))).kind).toBe('linked')
  })
})

describe('an officer', () => {
  test('finds a household of his village by a part of the name or by its number, and reads no whole name', async () => {
    const id = await household({ head: '欧阳测试甲' })
    const byName = valueOf(await desk.find(village, { words: '测试甲', village: null }))
    expect(byName).toMatchObject([{ id, head: '欧*', speakers: 0, gone: null }])
    const byNumber = valueOf(await desk.find(village, { words: byName[0]?.number.toLowerCase() ?? '', village: null }))
    expect(byNumber.map(found => found.id)).toEqual([id])
    expect(JSON.stringify(byName)).not.toContain('欧阳')
  })

  test('has none of another village: not found, no code, nothing to end', async () => {
    const id = await household({ head: '欧阳测试乙' })
    expect(valueOf(await desk.find(sibling, { words: '测试乙', village: null }))).toEqual([])
    expect(await desk.find(sibling, { words: '', village: VILLAGE })).toMatchObject({ refusal: { code: 'notFound' } })
    for (const done of [
      await desk.one(sibling, id),
      await desk.code(sibling, id),
      await desk.setGone(sibling, id, 'moved'),
    ]) {
      expect(done).toEqual({ ok: false, refusal: { code: 'notFound' } })
    }
  })

  test('ends a link that was made by mistake, and it stays written down who began and who ended it', async () => {
    const id = await household()
    const wrong = await resident()
    await own.redeem(wrong, await codeFor(id))
    const { links } = valueOf(await desk.one(village, id))
    expect(links).toMatchObject([{ proof: 'officer', since: clock.now(), name: null }])
    expect(valueOf(await desk.unlink(village, id, links[0]?.id ?? '')).links).toEqual([])
    expect(await desk.unlink(village, id, links[0]?.id ?? '')).toMatchObject({ refusal: { code: 'alreadyDone' } })
    expect(await speakersOf(id)).toEqual([])
    const kept = await database.sql('select linked_by, ended_by from household_resident where household_id = $1', [id])
    expect(kept).toEqual([{ linked_by: village.id, ended_by: village.id }])
    const trail = await database.sql('select action from audit where object_id = $1', [id])
    const actions = trail.map(({ action }) => String(action))
    expect(actions.toSorted()).toEqual(['household.code', 'household.link', 'household.unlink'])
  })

  test('says that a household has gone: it gets no code, its answerers no survey, until it is back', async () => {
    const id = await household({ phone: '13800000121' })
    const scan = {
      campaignId: null,
      filter: { places: [], coolDownDays: 0, membersFrom: null, membersTo: null, way: 'any' as const },
      askedSince: null,
    }
    const reason = async () => (await within(tx => tx.campaigns.standing(scan, [id]))).get(id)?.reason
    expect(await reason()).toBe(null)
    expect(valueOf(await desk.setGone(village, id, 'moved')).gone).toBe('moved')
    expect(await reason()).toBe('gone')
    expect(await desk.code(village, id)).toMatchObject({ refusal: { code: 'notAllowed' } })
    valueOf(await desk.setGone(village, id, null))
    expect(await reason()).toBe(null)
  })
})

describe('the household’s own link', () => {
  async function asked(id: string): Promise<string> {
    const campaignId = database.world.newId()
    await openCampaign(database, here, {
      ...{ id: campaignId, regionCode: '420702', createdBy: village.id, households: [{ id, village: VILLAGE }] },
    })
    return tokenOf(here, { campaignId, householdId: id })
  }
  const answer = (token: string) =>
    makeSurveyDesk(here.parts).answer(token, { answers: { overall: '4' }, finish: false })

  test('links whoever answered by it and says that it is his', async () => {
    const id = await household()
    const [token, granny] = [await asked(id), await resident()]
    expect(await own.bySurvey(granny, token)).toEqual({ kind: 'notAnswered' })
    await answer(token)
    expect((await own.bySurvey(granny, token)).kind).toBe('linked')
    expect(await linksOf(granny)).toEqual([[id, 'surveyLink']])
  })

  test('proves nothing once its campaign has closed or was stopped', async () => {
    const [late, stopped] = [await household(), await household()]
    const granny = await resident()
    const [lateToken, stoppedToken] = [await asked(late), await asked(stopped)]
    for (const token of [lateToken, stoppedToken]) await answer(token)
    await database.sql(
      `update campaign set status = 'stopped' where id in (select campaign_id from campaign_household where household_id = $1)`,
      [stopped],
    )
    expect(await own.bySurvey(granny, stoppedToken)).toEqual({ kind: 'closed' })
    clock.advance(14 * DAY - 1)
    expect((await own.bySurvey(await resident(), lateToken)).kind).toBe('linked')
    clock.advance(1)
    expect(await own.bySurvey(granny, lateToken)).toEqual({ kind: 'closed' })
    expect(await linksOf(granny)).toEqual([])
  })

  test('takes nobody away from the household for which he speaks', async () => {
    const [id, mine] = [await household(), await household()]
    const [token, granny] = [await asked(id), await resident()]
    await answer(token)
    await within(tx =>
      linkHousehold(here.parts, tx, { householdId: mine, residentId: granny, proof: 'officer', by: 'o' }),
    )
    expect(await own.bySurvey(granny, token)).toEqual({ kind: 'other' })
    expect(await own.bySurvey(granny, 'made-up')).toEqual({ kind: 'wrong' })
    expect(await linksOf(granny)).toEqual([[mine, 'officer']])
  })
})
