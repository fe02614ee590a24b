import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keptSurveySchema, surveySchema } from '../../src/web/surveySchemas.ts'
import { surveyResultSchema } from '../../src/web/surveyResultJson.ts'
import { json, logIn, newGuest, type Guest } from './people.ts'
import { startService, type RunningService } from './service.ts'
import { stageCampaigns, type StagedHousehold } from './surveyStage.ts'

/* One campaign, answered in the chat, by link and at the door, on the built service: one answer each, and the figures are the truth. */

const TOWN = '420702104'
const VILLAGES = [`${TOWN}212`, `${TOWN}201`, `${TOWN}202`, '420702108202']
/** By village: how many answer by link, and how many of those are satisfied. */
const TRUTH = [
  { answers: 12, satisfied: 10 },
  { answers: 8, satisfied: 8 },
  { answers: 2, satisfied: 1 },
  { answers: 9, satisfied: 7 },
]

const dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxin-surveys-'))
let service: RunningService
let url: string
let talker: Guest
let tokens: Map<string, string>

beforeAll(async () => {
  service = await startService({ dataDir })
  const guest = await newGuest(service.url)
  await guest.says('你好')
  await service.stop()
  const households = VILLAGES.flatMap((village, v): StagedHousehold[] =>
    Array.from({ length: (TRUTH[v]?.answers ?? 0) + 2 }, (_, n) => ({ id: `h-${v}-${n}`, village, status: 'asked' })),
  )
  households.push({ id: 'h-chat', village: VILLAGES[0] ?? '', status: 'asked', guest: guest.token })
  households.push({ id: 'h-door', village: VILLAGES[0] ?? '', status: 'officer' })
  tokens = await stageCampaigns(dataDir, [
    { id: 'c-e2e', kind: 'satisfaction', title: '年度满意度问卷', opened: -1, status: 'running', households },
  ])
  service = await startService({ dataDir, port: service.port })
  url = service.url
  talker = await samePerson(guest)
}, 240_000)
afterAll(async () => {
  await service?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** The guest goes on at the service that was started anew. */
async function samePerson({ token }: Guest): Promise<Guest> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const says = async (text: string) =>
    json<Awaited<ReturnType<Guest['says']>>>(
      await fetch(`${url}/api/chat/turns`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ messageId: `m-${Math.random()}`, text }),
      }),
    )
  return { token, says, presses: says, hello: () => says('你好'), get: at => fetch(url + at, { headers }) }
}

const link = (household: string) => `${url}/s/${tokens.get(household)}`
const send = (household: string, body: object) =>
  fetch(link(household), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const whole = (overall: string) => ({ answers: { overall, why: null, used: 'none', words: null }, finish: true })

test('households answer by link; pressed twice at once it is one answer', async () => {
  for (const [v, { answers, satisfied }] of TRUTH.entries()) {
    for (let n = 0; n < answers; n++) {
      const both = await Promise.all([
        send(`h-${v}-${n}`, whole(n < satisfied ? '4' : '2')),
        send(`h-${v}-${n}`, whole(n < satisfied ? '4' : '2')),
      ])
      const kept = await Promise.all(both.map(async one => keptSurveySchema.parse(await one.json()).kept))
      expect(kept.toSorted()).toEqual(['already', 'finished'])
    }
  }
}, 120_000)

test('a page without script leads an old phone from question to question, and goes on where it was left', async () => {
  const post = (fields: Record<string, string>) =>
    fetch(link('h-0-12'), { method: 'POST', body: new URLSearchParams(fields), redirect: 'follow' })
  expect(await (await post({ q: 'overall', v: '5' })).text()).toContain('第2题')
  const page = await (await fetch(link('h-0-12'))).text()
  expect(page).toContain('第2题')
  expect(page).not.toContain('<script')
  const program = await fetch(link('h-0-12'), { headers: { accept: 'application/json' } })
  expect(surveySchema.parse(await program.json()).answers).toEqual({ overall: '5' })
})

test('a wrong link says so in plain Chinese', async () => {
  const page = await fetch(`${url}/s/${'x'.repeat(43)}`)
  expect(page.status).toBe(404)
  expect(await page.text()).toContain('这个链接打不开问卷')
})

test('a household answers in the chat, and its link takes no second answer', async () => {
  await talker.says('答问卷')
  for (const said of ['现在答', '非常满意', '没办过']) await talker.says(said)
  const { replies } = await talker.says('跳过')
  expect(replies[0]?.text).toBe('收到了，谢谢您花时间。')
  expect(keptSurveySchema.parse(await (await send('h-chat', whole('1'))).json()).kept).toBe('already')
})

test('an officer asks at the door by the code; the officer of the village does not', async () => {
  const town = await logIn(url, 'town')
  const slips = await json<{ items: { code: string; head: string }[] }>(await town.get('/api/surveys/c-e2e/door-slips'))
  expect(slips.items.map(({ head }) => head)).toEqual(['柯*'])
  const code = slips.items[0]?.code ?? ''
  const village = await logIn(url, 'village')
  expect((await village.post('/api/surveys/door', { code })).status).toBe(409)
  expect((await town.post('/api/surveys/door', { code })).status).toBe(200)
  const body = { code, ...whole('1') }
  const both = await Promise.all([
    town.post('/api/surveys/door/answers', body),
    town.post('/api/surveys/door/answers', body),
  ])
  const kept = await Promise.all(both.map(async one => keptSurveySchema.parse(await one.json()).kept))
  expect(kept.toSorted()).toEqual(['already', 'finished'])
})

test('the figures are the truth, and who is judged never sees them', async () => {
  const county = await logIn(url, 'county')
  const read = async (query = '') =>
    surveyResultSchema.parse(await json(await county.get(`/api/surveys/c-e2e/results${query}`)))
  const found = await read()
  // Link: 31 of which 26; chat: one very satisfied; door: one very dissatisfied.
  expect(found).toMatchObject({ answers: 33, n: 33, numerator: 27 })
  const { whole: all, villages } = found
  expect(all?.ways.map(({ way, n }) => [way, n])).toEqual([
    ['chat', null],
    ['link', 31],
    ['officer', null],
  ])
  expect(all?.funnel.map(({ stage, n }) => [stage, n])).toEqual([
    ['drawn', 41],
    ['sent', 41],
    ['reached', 41],
    ['opened', 34],
    ['begun', 34],
    ['finished', 33],
  ])
  const shown = new Map(villages.map(({ region, answers }) => [region.code, answers]))
  // Two answers of one village are hidden, with the smallest of the same town.
  expect([...VILLAGES].map(code => shown.get(code))).toEqual([14, null, null, 9])
  expect(await read(`?region=${TOWN}`)).toMatchObject({ n: 24, numerator: 20, whole: null })

  const town = await logIn(url, 'town')
  const own = surveyResultSchema.parse(await json(await town.get('/api/surveys/c-e2e/results')))
  expect(own).toMatchObject({ place: { code: TOWN }, n: 24 })
  const village = await logIn(url, 'village')
  expect((await village.get('/api/surveys/c-e2e/results')).status).toBe(403)
  expect((await county.get('/api/surveys/c-e2e/results.xlsx')).headers.get('content-type')).toContain('spreadsheetml')
})
