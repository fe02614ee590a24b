import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { XLSX } from '../figuresXlsx.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
let county: Record<string, string>
let village: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  county = await web.officer('county')
  village = await web.officer('village')
})
afterEach(() => web.close())

const read = async (path: string, headers: Record<string, string>) =>
  (await (await web.call(path, { headers })).json()) as Record<string, unknown>

test('the county begins a survey of its officers and reads how many answered, the figures after the end', async () => {
  const body = { title: '干部知晓问卷', roles: ['village', 'town'], closesAt: '2030-01-01T20:00:00+08:00' }
  expect((await web.post('/api/staff-surveys', body, county)).status).toBe(200)
  expect(web.app.asked.at(-1)?.slice(2)).toEqual([['village', 'town'], Date.parse(body.closesAt)])
  expect(await read('/api/staff-surveys', county)).toMatchObject({ officers: { village: 8, town: 2, county: 1 } })
  expect(await read('/api/staff-surveys/open', county)).toMatchObject({ asked: 8, answered: 6, report: null })
  expect(await read('/api/staff-surveys/over', county)).toMatchObject({
    report: {
      ...{ numerator: 3, n: 6, value: 0.5 },
      questions: [{ text: '按现在的法律，还收社会抚养费吗？', numerator: 3 }],
      roles: [{ cell: 'village', asked: 8, answered: 6 }],
    },
  })
})

test('the figures come as a workbook after the end, and not before', async () => {
  const over = await web.call('/api/staff-surveys/over/results.xlsx', { headers: county })
  expect([over.status, over.headers.get('content-type')]).toEqual([200, XLSX])
  const files = unzipSync(new Uint8Array(await over.arrayBuffer()))
  const sheets = Object.entries(files).flatMap(([name, bytes]) => (name.includes('sheet') ? strFromU8(bytes) : []))
  expect(sheets.join()).toMatch(/干部知晓率[^]*按现在的法律，还收社会抚养费吗？[^]*村级专干/)
  expect((await web.call('/api/staff-surveys/open/results.xlsx', { headers: county })).status).toBe(409)
  expect((await web.call('/api/staff-surveys/none/results.xlsx', { headers: county })).status).toBe(404)
  expect((await web.call('/api/staff-surveys/over/results.xlsx', { headers: village })).status).toBe(403)
})

test('a body without anybody to ask, or with the auditor, is refused', async () => {
  const body = { title: '干部知晓问卷', closesAt: '2030-01-01T20:00:00+08:00' }
  for (const roles of [[], ['auditor']])
    expect((await web.post('/api/staff-surveys', { ...body, roles }, county)).status).toBe(400)
})

test('villages and towns begin none and read no figures', async () => {
  for (const path of ['/api/staff-surveys', '/api/staff-surveys/over']) {
    expect((await web.call(path, { headers: village })).status).toBe(403)
    expect((await web.call(path, { headers: await web.officer('town') })).status).toBe(403)
  }
})

test('an officer opens what he is asked, answers, and then reads the right answers', async () => {
  expect(await read('/api/my-staff-surveys', village)).toMatchObject({ items: [{ id: 'open' }] })
  expect(await read('/api/my-staff-surveys/open', village)).toMatchObject({ stand: 'open', said: null, kept: null })
  expect((await web.call('/api/my-staff-surveys/over', { headers: village })).status).toBe(404)
  const body = { answers: { penalty: 'notCharged' }, finish: true }
  const done = await web.post('/api/my-staff-surveys/open/answers', body, village)
  const { kept, said } = (await done.json()) as { kept: string; said: string }
  expect(kept).toBe('finished')
  expect(said).toContain('现在的法律没有社会抚养费')
})
