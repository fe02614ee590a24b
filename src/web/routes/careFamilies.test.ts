import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { careFamilySchema, carePageSchema } from '../careSchemas.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
let headers: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  headers = await web.officer('village')
})
afterEach(() => web.close())

const ADDRESS = '/api/care-families'
const get = (path: string) => web.call(path, { headers })

describe('a family', () => {
  test('stands in the list by its surname alone', async () => {
    const text = await (await get(ADDRESS)).text()
    expect(carePageSchema.parse(JSON.parse(text)).items[0]).toMatchObject({
      name: '欧家',
      gaps: ['contactPair', 'familyDoctor'],
    })
    expect(text).not.toMatch(/娜娜|13800000000|三组|不好受/)
  })

  test('is shown whole to whoever may see it, and is not there for the rest', async () => {
    const shown = careFamilySchema.parse(await (await get(`${ADDRESS}/family-1`)).json())
    expect(shown.visits[0]).toMatchObject({ mood: 'low', by: '王专干', promise: { task: 'task-7', kept: null } })
    expect(shown.mayDecide).toBe(false)
    expect((await get(`${ADDRESS}/family-2`)).status).toBe(404)
  })

  test('is nothing that the county opens', async () => {
    headers = await web.officer('county')
    expect((await get(ADDRESS)).status).toBe(403)
    expect((await get(`${ADDRESS}/family-1`)).status).toBe(403)
    expect(await (await get('/api/care-coverage')).json()).toMatchObject({ sum: null, target: 1 })
  })

  test('gets a contact from the town and from nobody else', async () => {
    const change = { post: 'leader', officer: 'officer-town' }
    expect((await web.post(`${ADDRESS}/family-1/contacts`, change, headers)).status).toBe(403)
  })
})

describe('a visit', () => {
  const visit = {
    task: null,
    on: '2026-11-22',
    way: 'home',
    mood: 'calm',
    words: '坐了半个钟头',
    needs: [],
    promise: null,
  }
  const post = (body: object) => web.post(`${ADDRESS}/family-1/visits`, body, headers)

  test('is written in plain choices and a few words', async () => {
    expect((await post(visit)).status).toBe(200)
    expect(web.app.asked.at(-1)?.[0]).toBe('writeVisit')
  })

  test.each([
    { ...visit, mood: 'depressed' },
    { ...visit, words: '好' },
    { ...visit, needs: ['money'] },
    { ...visit, diagnosis: '高血压' },
    { ...visit, on: '昨天' },
  ])('%j is none', async body => {
    expect((await post(body)).status).toBe(400)
  })
})

test.each([
  { calendar: 'lunar', month: 1, day: 31 },
  { calendar: 'solar', month: 2, day: 30 },
  { calendar: 'solar', month: 13, day: 1 },
])('%j is no day of the year', async date => {
  expect((await web.post(`${ADDRESS}/family-1/duties`, { dates: [date] }, headers)).status).toBe(400)
})

describe('the card at the hospital desk', () => {
  test('is a page that says whether it counts, and neither name nor reason', async () => {
    const response = await web.call('/care-card/ABCDEFGH12345X')
    const page = await response.text()
    expect(page).toMatch(/这张卡有效/)
    expect(page).toMatch(/欧\*\*/)
    expect(page).not.toMatch(/娜娜|特殊|13800000000/)
  })

  test('of a code that nobody gave is not there, on the page and for programs', async () => {
    expect((await web.call('/care-card/0000000000000X')).status).toBe(404)
    const asJson = await web.call('/care-card/0000000000000X', { headers: { accept: 'application/json' } })
    expect([asJson.status, asJson.headers.get('content-type')]).toEqual([404, expect.stringContaining('json')])
  })

  test('cannot be tried one code after the other', async () => {
    const tries = Array.from({ length: 25 }, () => web.call('/care-card/0000000000000X'))
    expect((await Promise.all(tries)).map(({ status }) => status)).toContain(429)
  })

  test('is printed by a contact, as a file with its name', async () => {
    const response = await get(`${ADDRESS}/family-1/card.pdf`)
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).toBe('%PDF')
  })
})

test('a helper reads what, when and where, whom to call, and nothing more', async () => {
  const page = await (await web.call('/care-errand/ABCDEFGH12345X')).text()
  for (const said of ['陪着去医院', '12月1日 09:30', '医院门口', '王专干', '请向当地核实']) expect(page).toContain(said)
  expect(page).not.toMatch(/娜娜|慢病|不好受/)
})
