import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCampaignDesk } from '../../src/app/campaigns/campaignDesk.ts'
import { makeCampaignWork } from '../../src/app/campaigns/campaignWork.ts'
import { makeSurveyDesk } from '../../src/app/surveys/surveyDesk.ts'
import { surveyToken } from '../../src/app/surveys/surveyLink.ts'
import { makeSurveyResults } from '../../src/app/surveys/surveyResults.ts'
import { liftMute, muteHousehold, optOut } from '../../src/app/messages/mutes.ts'
import type { CampaignDraft } from '../../src/domain/campaign/campaignPlan.ts'
import { seededChance } from '../../src/domain/campaign/seededChance.ts'
import type { Asked } from '../../src/domain/survey/kinds.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { frozenWorld, shanghaiTime } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { draftOf, settleCounty } from './campaignCounty.ts'
import { openInstance, type Instance } from './instance.ts'

/*
 * A year of a county: sixty villages, a clock that is moved by hand, everything from one seed. Families mourn, complain, refuse,
 * move away, come under care while campaigns run; workers fail now and then. Every household is satisfied or not, more of them in
 * one village than in another, and half of those who are asked say so. `npm run simulate` takes a county of full size.
 */

const HOUSEHOLDS = Number(process.env['SIMULATION_HOUSEHOLDS'] ?? 2000)
const VILLAGES = 60
const DOORSTEPS = 6
const COOL_DOWN_DAYS = 60
/** Twenty a second, in batches of 200 with ten seconds between: an hour of one batch would not do for a large county. */
const PACE_PER_MINUTE = 1200
const BETWEEN_BATCHES_MS = 10_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const LONG = Math.max(420_000, HOUSEHOLDS * 60)

const chance = seededChance(20261122)
/** Apart, so that what people think changes nothing of what happens. */
const opinion = seededChance(85_90)
/** Of a hundred households of a village so many are satisfied; and which. */
const moods = new Map<string, number>()
const satisfied = new Set<string>()
/** Of a hundred households that were asked so many answer. */
const ANSWERS_OF_HUNDRED = 50
const began = performance.now()
/** What went wrong besides the workers that were killed. */
const faults: string[] = []
const note = (error: unknown) => {
  if (!(error instanceof Error && error.message === 'killed')) faults.push(String(error))
}
let database: TestDatabase
let world: ReturnType<typeof frozenWorld>
let instance: Instance
let county: Officer
let households: { id: string; residentId: string | null }[]

beforeAll(async () => {
  database = await testDatabase()
  world = frozenWorld('2026-11-23T09:00:00+08:00')
  const opened = openInstance(database, world)
  instance = { ...opened, parts: { ...opened.parts, report: note } }
  county = await instance.appoint('year-county', 'county', '999901')
  households = await settleCounty(database, { villages: VILLAGES, households: HOUSEHOLDS, chance })
  for (const row of await database.sql('select id, region_code from household order by id')) {
    const village = String(row['region_code'])
    if (!moods.has(village)) moods.set(village, 55 + opinion.below(40))
    if (opinion.below(100) < (moods.get(village) ?? 0)) satisfied.add(String(row['id']))
  }
}, LONG)
afterAll(() => database?.close())

/** Who must not be asked at this moment, as the simulation knows it. */
const apart = {
  muted: new Set<string>(),
  special: new Set<string>(),
  complaining: new Set<string>(),
  refusing: new Set<string>(),
  gone: new Set<string>(),
}

const someone = () => households[chance.below(households.length)] ?? { id: '', residentId: null }

/** What happens in a county on some day. */
async function somethingHappens(): Promise<void> {
  const { id, residentId } = someone()
  const { parts, kept } = instance
  const by = { kind: 'system' as const }
  const within = (run: Parameters<typeof kept.store.transaction>[1]) => kept.store.transaction({ kind: 'system' }, run)
  switch (chance.below(7)) {
    case 0:
    case 1:
      apart.muted.add(id)
      return void (await within(tx => muteHousehold(parts, tx, { to: { householdId: id }, reason: 'bereavement', by })))
    case 2: {
      const [longest] = apart.muted
      if (longest === undefined) return
      apart.muted.delete(longest)
      return void (await within(tx => liftMute(parts, tx, { to: { householdId: longest }, by })))
    }
    case 3:
      if (apart.special.has(id)) return
      apart.special.add(id)
      return void (await database.sql(
        `insert into care_family (id, region_code, household_id, status, has_doctor, has_card)
          select 'care-' || id, region_code, id, 'active', false, false from household where id = $1`,
        [id],
      ))
    case 4:
      if (residentId === null || apart.refusing.has(id)) return
      apart.refusing.add(id)
      return void (await within(tx =>
        optOut(parts, tx, { residentId, purposes: ['survey'], by: { kind: 'resident', id: residentId } }),
      ))
    case 5:
      if (residentId === null || apart.complaining.has(id)) return complaintEnds()
      apart.complaining.add(id)
      return void (await database.sql(
        `insert into complaint (id, number, region_code, resident_id, hidden_from, place_code, topic, serious, office,
            received_at, content, status, due, lapsed)
          values ($1, $1, '999901', $2, '{}', '999901100200', 'slow', false, 'none', now(), '', 'assigned', '2099-01-01', false)
          on conflict (id) do update set status = 'assigned'`,
        [`complaint-${id}`, residentId],
      ))
    default:
      apart.gone.add(id)
      return void (await database.sql(`update household set gone = 'moved', gone_at = now() where id = $1`, [id]))
  }
}

async function complaintEnds(): Promise<void> {
  const [oldest] = apart.complaining
  if (oldest === undefined) return
  apart.complaining.delete(oldest)
  await database.sql(`update complaint set status = 'closed' where id = $1`, [`complaint-${oldest}`])
}

const plans: { month: number; sample: CampaignDraft['sample'] }[] = [
  {
    month: 0,
    sample: { method: 'stratified', size: Math.round(HOUSEHOLDS / 5), allocation: 'proportional', leastPerVillage: 5 },
  },
  {
    month: 3,
    sample: { method: 'simple', size: Math.round(HOUSEHOLDS / 10), allocation: 'equal', leastPerVillage: 0 },
  },
  {
    month: 6,
    sample: { method: 'stratified', size: Math.round(HOUSEHOLDS / 6), allocation: 'equal', leastPerVillage: 2 },
  },
  // Two at once: who is in both samples is asked once.
  { month: 9, sample: { method: 'simple', size: Math.round(HOUSEHOLDS / 3), allocation: 'equal', leastPerVillage: 0 } },
  { month: 9, sample: { method: 'simple', size: Math.round(HOUSEHOLDS / 3), allocation: 'equal', leastPerVillage: 0 } },
]

async function start(sample: CampaignDraft['sample']): Promise<string> {
  const desk = makeCampaignDesk(instance.parts)
  const manner = { pacePerMinute: PACE_PER_MINUTE, doorstepsPerVillage: DOORSTEPS }
  const draft = draftOf(instance, { flow: 'survey-satisfaction', sample, ...manner })
  const made = await desk.create(county, { ...draft, filter: { ...draft.filter, coolDownDays: COOL_DOWN_DAYS } })
  if (!made.ok) throw new Error(made.refusal.code)
  const { id } = made.value.campaign
  await desk.preview(county, id)
  await desk.move(county, id, { type: 'started' })
  return id
}

/** A worker that fails now and then, before or after its commit. */
const work = () =>
  makeCampaignWork({
    ...instance.parts,
    crash: point => {
      if (point.startsWith('campaign.') && chance.below(15) === 0) throw new Error('killed')
    },
  })

const lastAsked = new Map<string, number>()
const calls = new Map<string, number>()

/** Everybody who was asked at this moment: nobody who is apart, nobody lately, nobody at night. How many. */
async function look(): Promise<number> {
  const asked = await database.sql(
    `select household_id, village_code, campaign_id, status, exists (select from outbox o
          where o.dedupe_key = 'message:campaign:' || campaign_id || ':' || household_id || ' ' || o.id) as dropped
      from campaign_household where asked_at = $1 and status in ('asked', 'officer')`,
    [new Date(world.now()).toISOString()],
  )
  const hour = Number(shanghaiTime(world.now()).slice(11, 13))
  if (asked.length > 0) expect(hour >= 8 && hour < 21).toBe(true)
  for (const row of asked) {
    const id = String(row['household_id'])
    for (const [why, who] of Object.entries(apart)) {
      // Who wants no messages is called upon.
      if (why === 'refusing' && row['status'] === 'officer') continue
      expect(who.has(id), `${id} is ${why}`).toBe(false)
    }
    // What 退订 dropped before it left has asked nobody.
    if (row['dropped'] === true) lastAsked.delete(id)
    expect(world.now() - (lastAsked.get(id) ?? -Infinity)).toBeGreaterThanOrEqual(COOL_DOWN_DAYS * DAY_MS)
    lastAsked.set(id, world.now())
    if (row['status'] === 'officer') {
      const village = `${String(row['campaign_id'])} ${String(row['village_code'])}`
      calls.set(village, (calls.get(village) ?? 0) + 1)
    }
    if (opinion.below(100) < ANSWERS_OF_HUNDRED)
      await answers({ campaignId: String(row['campaign_id']), householdId: id })
  }
  return asked.length
}

/** As its link or an officer with its code would: what the household thinks. */
async function answers(asked: Asked): Promise<void> {
  const { parts, kept } = instance
  const token = await kept.store.transaction({ kind: 'system' }, async tx => surveyToken(tx, asked))
  const judged = satisfied.has(asked.householdId) ? { overall: '4' } : { overall: '2', why: ['waited'] }
  const done = await makeSurveyDesk(parts).answer(token, {
    answers: { ...judged, used: 'none', words: null },
    finish: true,
  })
  if (done?.kept.kind !== 'finished') throw new Error(`not handed in: ${done?.kept.kind ?? 'no such link'}`)
}

/** The weighted figure of each campaign beside what is so. */
async function figuresOf(campaigns: readonly string[]) {
  const desk = makeSurveyResults(instance.parts, [])
  const figures = []
  for (const id of campaigns) {
    const found = await desk.results(county, id, null)
    if (!found.ok || !found.value.main.weighted) throw new Error('no figure')
    const { share, interval } = found.value.main.weighted
    figures.push({ answers: found.value.main.answers ?? 0, share, interval })
  }
  return figures
}

/** As long as somebody is asked the clock goes on from batch to batch, as the pace has it. */
async function workAndLook(): Promise<void> {
  for (let asked = 1; asked > 0;) {
    while (await work().round());
    asked = await look()
    if (asked > 0) world.advance(BETWEEN_BATCHES_MS)
  }
  if (chance.below(4) === 0) await somethingHappens()
}

test(
  'in a whole year nobody is asked twice, at night, in mourning, under care, or against his word',
  async () => {
    const campaigns: string[] = []
    for (let day = 0; day < 365; day++) {
      for (const { month, sample } of plans) if (month * 30 === day) campaigns.push(await start(sample))
      const since = plans.map(({ month }) => day - month * 30).find(days => days >= 0 && days <= 15)
      for (let happens = since === undefined ? 1 : 4; happens > 0; happens--) await somethingHappens()
      // By the hour as long as much is asked and around the end; else a few times a day.
      const isBusy = since !== undefined && (since < 3 || since > 13)
      for (let hour = 0; hour < 24; hour++) {
        const next = world.now() + HOUR_MS
        if (since !== undefined && (isBusy || hour % 6 === 0)) await workAndLook()
        world.advance(next - world.now())
      }
    }

    expect(faults).toEqual([])
    expect(lastAsked.size).toBeGreaterThan(HOUSEHOLDS / 5)
    expect(Math.max(...calls.values())).toBeLessThanOrEqual(DOORSTEPS)
    const messages = await database.sql(
      `select household_id, planned_at from message where reason is null and purpose = 'survey' order by planned_at`,
    )
    for (const { planned_at: at } of messages) {
      const hour = Number(shanghaiTime(new Date(String(at)).getTime()).slice(11, 13))
      expect(hour >= 8 && hour < 21).toBe(true)
    }
    // A mute takes back what has not left: such a message is there, with its reason.
    const doubtful = await database.sql(
      `select w.household_id from campaign_household w left join message m on m.id = w.message_id
        where w.status = 'asked' and m.household_id is distinct from w.household_id`,
    )
    expect(doubtful).toEqual([])

    for (const id of campaigns) {
      const { value } = await makeCampaignDesk(instance.parts)
        .one(county, id)
        .then(one => (one.ok ? one : Promise.reject(new Error('gone'))))
      expect(value.state.status).toBe('finished')
      const { drawn, waiting, asked, officer, excluded } = value.progress ?? {
        drawn: 0,
        waiting: 0,
        asked: 0,
        officer: 0,
        excluded: [],
      }
      expect(drawn).toBe(value.state.drawn?.households)
      // Those not to be disturbed are told in tens.
      const told = asked + officer + waiting + excluded.reduce((sum, { households: n }) => sum + n, 0)
      expect(Math.abs(told - drawn)).toBeLessThanOrEqual(5)
      // The time sufficed: nobody was left whose turn did not come.
      expect(waiting).toBe(0)
      expect(excluded.filter(({ reason }) => reason === 'notSent')).toEqual([])
    }
    expect(
      await database.sql(`select id from task where source = 'surveyVisit' and status in ('open', 'leased')`),
    ).toEqual([])
    // What was promised of calls at doors was kept, every one.
    const [visits] = await database.sql(
      `select count(*)::int as all, count(*) filter (
          where closed_at >= (promise_due + 1)::timestamp at time zone 'Asia/Shanghai')::int as late
        from task where source = 'surveyVisit'`,
    )
    expect(Number(visits?.['all'])).toBeGreaterThan(0)
    expect(Number(visits?.['late'])).toBe(0)

    const truth = satisfied.size / HOUSEHOLDS
    const figures = await figuresOf(campaigns)
    const within = figures.filter(({ interval }) => interval.low <= truth && truth <= interval.high)
    const shown = figures.map(({ answers, share, interval }) => {
      const [at, low, high] = [share, interval.low, interval.high].map(value => (value * 100).toFixed(1))
      return `${at} % (${low}–${high} %) of ${answers} answers`
    })
    process.stdout.write(
      `${HOUSEHOLDS} households, ${VILLAGES} villages, a year: ${lastAsked.size} asked, ${messages.length} messages, ` +
        `${Number(visits?.['all'])} visits promised, none late; truth ${(truth * 100).toFixed(1)} %, ` +
        `figures ${shown.join('; ')}; ${Math.round((performance.now() - began) / 1000)} s\n`,
    )
    // A 95 % interval misses one time in twenty: two of five would be more than chance.
    expect(within.length).toBeGreaterThanOrEqual(figures.length - 1)
  },
  LONG,
)
