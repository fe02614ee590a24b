import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitingSurvey } from '../../src/app/tasks/waitingSurvey.ts'
import { makeStaffSurveys, type StaffSurveyDesk } from '../../src/app/surveys/staffSurveyDesk.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* 干部知晓率 on a real database: one answer of each, and nothing from which it could be told whose it was. */

const DAY_MS = 86_400_000
const roles = ['village', 'town', 'county'] as const
const right = {
  ...{ registerWhen: 'both', missingPapers: 'allAtOnce', penalty: 'notCharged' },
  ...{ refused: 'appeal', pledge: 'myChoice' },
}
const wrong = { ...right, penalty: 'charged', refused: 'unsure' }

let database: TestDatabase
let instance: Instance
let desk: StaffSurveyDesk
let county: Officer
let elsewhere: Officer
let staff: Officer[]

beforeAll(async () => {
  database = await testDatabase()
  instance = openInstance(database)
  desk = makeStaffSurveys(instance.parts)
  county = await instance.appoint('county', 'county', '420702')
  elsewhere = await instance.appoint('county-b', 'county', '420704')
  await instance.appoint('auditor', 'auditor', '420702')
  staff = [county]
  for (const [town, n] of [104, 105].flatMap(code => [1, 2, 3, 4, 5].map(one => [code, one] as const)))
    staff.push(await instance.appoint(`v-${town}-${n}`, 'village', `420702${town}20${n}`))
  for (const town of [104, 105]) staff.push(await instance.appoint(`t-${town}`, 'town', `420702${town}`))
}, 120_000)
afterAll(() => database.close())

async function started(of: readonly (typeof roles)[number][] = roles): Promise<string> {
  const begun = await desk.start(county, { title: '干部知晓问卷', roles: of, closesAt: database.world.now() + DAY_MS })
  if (!begun.ok) throw new Error(begun.refusal.code)
  return begun.value.survey.id
}

const officerOf = (username: string): Officer => staff.find(one => one.username === username) ?? county
const answer = (who: string, id: string, answers: Record<string, string>, finish = true) =>
  desk.answer(officerOf(who), id, { answers, finish })

test('the county sees how many it would ask, the auditor not among them, and asks them all', async () => {
  expect((await desk.list(county)).officers).toEqual({ village: 10, town: 2, county: 1 })
  const id = await started()
  expect((await desk.one(county, id)).ok).toBe(true)
  expect((await desk.mine(officerOf('v-104-1'))).map(survey => survey.id)).toContain(id)
  expect(await desk.mine(elsewhere)).toEqual([])
  expect(await desk.one(elsewhere, id)).toEqual({ ok: false, refusal: { code: 'notFound' } })
  expect(await desk.open(elsewhere, id)).toEqual({ ok: false, refusal: { code: 'notFound' } })
})

test('with fewer than five to ask, or an end that is past, nothing begins', async () => {
  const draft = { title: '干部知晓问卷', roles: ['town'] as const, closesAt: database.world.now() - 1 }
  const refused = await desk.start(county, draft)
  expect(refused).toEqual({ ok: false, refusal: { code: 'badInput', fields: ['closesAt', 'roles'] } })
})

test('what is half answered is kept; handed in it counts once, however often and however much at once it is sent', async () => {
  const id = await started()
  const half = await answer('v-104-1', id, { registerWhen: 'both' }, false)
  expect(half.ok && half.value.view.next?.slot).toBe('missingPapers')
  const early = await answer('v-104-1', id, {})
  expect(early.ok && early.value.kept).toEqual({ kind: 'incomplete', missing: 'missingPapers' })
  const sent = await Promise.all([1, 2, 3].map(() => answer('v-104-1', id, right)))
  const kinds = sent.map(one => (one.ok ? one.value.kept.kind : 'refused'))
  expect(kinds.toSorted()).toEqual(['already', 'already', 'finished'])
  const again = await desk.open(officerOf('v-104-1'), id)
  expect(again.ok && [again.value.stand, again.value.answers]).toEqual(['finished', {}])
  expect((await desk.mine(officerOf('v-104-1'))).map(survey => survey.id)).not.toContain(id)
  const view = await desk.one(county, id)
  expect(view.ok && [view.value.asked, view.value.answered, view.value.report]).toEqual([13, 1, null])
})

test('figures come after the end, by role and by town, with no cell under five; then nothing is taken any more', async () => {
  const id = await started()
  for (const [n, { username }] of staff.entries()) if (n !== 1) await answer(username, id, n % 3 === 0 ? wrong : right)
  const ended = await desk.end(county, id)
  if (!ended.ok || !ended.value.report) throw new Error('not ended')
  const { report } = ended.value
  expect([report.asked, report.answered, report.main.numerator]).toEqual([13, 12, 7])
  expect(report.questions.map(({ slot, figure }) => [slot, figure.numerator])).toEqual([
    ['registerWhen', 12],
    ['missingPapers', 12],
    ['penalty', 7],
    ['refused', 7],
    ['pledge', 12],
  ])
  expect(report.roles.map(({ cell, asked, answered }) => [cell, asked, answered])).toEqual([
    ['county', 1, null],
    ['town', 2, null],
    ['village', 10, null],
  ])
  expect(report.towns.filter(({ answered }) => answered !== null).every(({ answered }) => Number(answered) > 4)).toBe(
    true,
  )
  const late = await answer('v-104-1', id, right)
  expect(late.ok && late.value.kept).toEqual({ kind: 'closed' })
})

test('the database holds no answer beside a name, none at all once it is handed in, and no moment', async () => {
  const id = await started()
  await answer('v-104-2', id, { registerWhen: 'both' }, false)
  await answer('v-104-3', id, wrong)
  const rows = await database.sql('select * from staff_survey_answer where survey_id = $1', [id])
  expect(rows.map(row => Object.keys(row).toSorted())).toEqual([
    ['answers', 'finished', 'person', 'survey_id'],
    ['answers', 'finished', 'person', 'survey_id'],
  ])
  expect(rows.filter(row => row['finished']).map(row => row['answers'])).toEqual([null])
  const people = staff.map(({ id: officerId }) => officerId)
  const half = rows.find(row => !row['finished'])
  expect(String(half?.['answers'])).not.toContain('both')
  expect(people.filter(officerId => JSON.stringify(rows).includes(officerId))).toEqual([])
  const audit = await database.sql(`select actor, action from audit where object_id = $1`, [id])
  expect(audit.map(row => row['action'])).toEqual(['staffSurvey.start'])
})

test('no officer has eyes for these tables, the county neither', async () => {
  const id = await started()
  const seen = await instance.parts.store.transaction(
    { kind: 'officer', officerId: county.id, regionCode: county.regionCode },
    async tx => [
      await tx.staffSurveys.byId(id),
      await tx.staffSurveys.counts(id),
      await tx.staffSurveys.lock(id, county.id),
    ],
  )
  expect(seen).toEqual([null, [], null])
})

test('who was asked and that he answered is forgotten after its days, the figures stay', async () => {
  const id = await started()
  for (const { username } of staff) await answer(username, id, right)
  await desk.end(county, id)
  await instance.parts.store.transaction({ kind: 'system' }, tx =>
    tx.privacy.deleteOld('staffAnswers', database.world.now() + DAY_MS, database.world.now(), 1000),
  )
  const left = await database.sql(
    `select survey_id from staff_survey_asked where survey_id = $1 union all
      select survey_id from staff_survey_answer where survey_id = $1`,
    [id],
  )
  expect(left).toEqual([])
  const view = await desk.one(county, id)
  expect(view.ok && view.value.report?.main.value).toBe(1)
})

test('the morning says that a survey waits: when it is new, and once more before it closes', async () => {
  const who = await instance.appoint('v-digest', 'village', '420702106201')
  const begun = database.world.now()
  const fresh = await desk.start(county, { title: '干部问卷二', roles, closesAt: begun + 5 * DAY_MS })
  if (!fresh.ok) throw new Error(fresh.refusal.code)
  const lineAt = (at: number, since: number) => {
    const parts = { ...instance.parts, world: { ...instance.parts.world, now: () => at } }
    return parts.store.transaction({ kind: 'system' }, tx => waitingSurvey(parts, tx, who, since))
  }
  expect(await lineAt(begun + 60_000, begun - DAY_MS)).toMatchObject({ title: '干部问卷二' })
  expect(await lineAt(begun + 2 * DAY_MS, begun + DAY_MS)).toBe(null)
  expect(await lineAt(begun + 4 * DAY_MS, begun + 3 * DAY_MS)).toMatchObject({ title: '干部问卷二' })
  await desk.answer(who, fresh.value.survey.id, { answers: right, finish: true })
  expect(await lineAt(begun + 4 * DAY_MS, begun + 3 * DAY_MS)).toBe(null)
})
