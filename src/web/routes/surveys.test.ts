import { afterEach, beforeEach, expect, test } from 'vitest'
import { doorSurveySchema, keptSurveySchema, surveySchema } from '../surveySchemas.ts'
import { DOOR_CODE, SURVEY_TOKEN } from '../testing/fakeSurveys.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
beforeEach(async () => {
  web = await openTestWeb()
})
afterEach(() => web.close())

const address = `/s/${SURVEY_TOKEN}`
const page = async (path = address) => (await web.call(path, {})).text()
const send = (fields: Record<string, string>) =>
  web.call(address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
    redirect: 'manual',
  })

test('a page asks one question in large letters, by buttons that need no script', async () => {
  const html = await page()
  expect(html).toContain('第1题，共2题')
  expect(html).toContain('<button name="v" value="2">不满意</button>')
  expect(html).not.toContain('<script')
  expect(html).toMatch(/font:22px/)
  expect(html).toContain('这次不参加')
})

test('an answer leads to the next question, and the last one to a page that hands in', async () => {
  const answered = await send({ q: 'overall', v: '2' })
  expect([answered.status, answered.headers.get('location')]).toEqual([303, address])
  expect(await page()).toContain('第2题，共2题')
  await send({ q: 'words', v: '窗口\r\n早点开 <b>' })
  const all = await page()
  expect(all).toContain('都答完了')
  expect(all).toContain('窗口\n早点开 &lt;b&gt;')
  expect((await send({ do: 'finish' })).headers.get('location')).toBe(`${address}?done=finished`)
  expect(await page(`${address}?done=finished`)).toContain('收到了，谢谢您花时间。')
  expect(await page()).toContain('您家这份问卷已经交了')
})

test('what is no answer is asked again', async () => {
  expect((await send({ q: 'overall', v: '9' })).headers.get('location')).toBe(`${address}?q=overall&again=1`)
  expect(await page(`${address}?q=overall&again=1`)).toContain('这道题还没有答好')
})

test('a question can be passed over, and gone back to', async () => {
  await send({ q: 'overall', do: 'skip' })
  await send({ q: 'words', do: 'skip' })
  expect(await page()).toContain('说不清')
  expect(await page(`${address}?q=overall`)).toContain('您刚才选了：说不清')
})

test('programs read and write the same as JSON', async () => {
  const read = await web.call(address, { headers: { accept: 'application/json' } })
  expect(surveySchema.parse(await read.json())).toMatchObject({ stand: 'open', next: 'overall' })
  const wrote = await web.post(address, { answers: { overall: '4' }, finish: true })
  expect(keptSurveySchema.parse(await wrote.json())).toMatchObject({ kept: 'finished', stand: 'finished' })
})

test('a link that opens nothing says so in plain words, whoever asks', async () => {
  const wrong = `/s/${'B'.repeat(43)}`
  const html = await web.call(wrong, {})
  expect(html.status).toBe(404)
  expect(await html.text()).toContain('这个链接打不开问卷')
  expect((await web.call(wrong, { headers: { accept: 'application/json' } })).status).toBe(404)
  expect((await web.post(wrong, {})).status).toBe(404)
})

test('whoever presses too fast is told to wait, and loses nothing', async () => {
  for (let n = 0; n < 60; n++) await web.call(address, {})
  const response = await web.call(address, {})
  expect(response.status).toBe(429)
  expect(await response.text()).toContain('已经答的都在')
})

test('the page tells no other site where its reader comes from, and is kept nowhere', async () => {
  const { headers } = await web.call(address, {})
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cache-control')).toBe('no-store')
})

test('an officer opens a questionnaire by the code of the household; who is judged may not', async () => {
  const county = await web.officer('county')
  const opened = await web.post('/api/surveys/door', { code: DOOR_CODE }, county)
  expect(doorSurveySchema.parse(await opened.json()).every.map(({ askedAfter }) => askedAfter)).toEqual([null, null])
  const wrote = await web.post('/api/surveys/door/answers', { code: DOOR_CODE, answers: { overall: '3' } }, county)
  expect(keptSurveySchema.parse(await wrote.json())).toMatchObject({ kept: 'kept', missing: null })
  expect((await web.post('/api/surveys/door', { code: '00000000' }, county)).status).toBe(404)
  const village = await web.officer('village')
  const own = await web.post('/api/surveys/door', { code: DOOR_CODE }, village)
  expect(own.status).toBe(409)
  expect(await own.json()).toMatchObject({ code: 'ownCase' })
})

test('slips are printed by town and county, not by villages', async () => {
  const county = await web.officer('county')
  const slips = await web.call('/api/surveys/c-1/door-slips', { headers: county })
  expect(await slips.json()).toEqual({
    items: [{ village: '下柯村', number: 'H-1', head: '柯*', code: DOOR_CODE }],
    next: null,
  })
  const village = await web.officer('village')
  expect((await web.call('/api/surveys/c-1/door-slips', { headers: village })).status).toBe(403)
})
