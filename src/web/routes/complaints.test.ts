import { afterEach, beforeEach, expect, test } from 'vitest'
import { complaintPageSchema, complaintSchema } from '../complaintSchemas.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
let headers: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  headers = await web.officer('county')
})
afterEach(() => web.close())

const ADDRESS = '/api/complaints'

test('a list tells what about and where, and neither words nor names', async () => {
  const response = await web.call(`${ADDRESS}?open=1`, { headers })
  const text = await response.text()
  expect(complaintPageSchema.parse(JSON.parse(text)).items[0]).toMatchObject({
    number: 'TS261123-000001',
    serious: true,
  })
  expect(text).not.toMatch(/两百|王某|resident-1|officer-town/)
  expect(web.app.asked).toEqual([['complaints', { open: true, limit: 20 }]])
})

test('one shows words, answers and log, and never who wrote it or from whom it is hidden', async () => {
  const text = await (await web.call(`${ADDRESS}/complaint-1`, { headers })).text()
  expect(complaintSchema.parse(JSON.parse(text))).toMatchObject({
    words: '办证时要了我两百块',
    photos: 1,
    anonymous: false,
  })
  expect(text).not.toMatch(/resident-1|officer-town/)
  expect((await web.call(`${ADDRESS}/complaint-2`, { headers })).status).toBe(404)
})

test('it is answered and handed over under the number of its lease', async () => {
  const answer = { finding: 'founded', text: '已经查实，已退还。' }
  expect((await web.post(`${ADDRESS}/complaint-1/reply`, answer, headers)).status).toBe(428)
  const held = { ...headers, 'if-match': '"2"' }
  expect((await web.post(`${ADDRESS}/complaint-1/reply`, answer, held)).status).toBe(200)
  const to = { region: null, office: '区民政局', reason: '不是本部门的事' }
  expect((await web.post(`${ADDRESS}/complaint-1/hand-over`, to, held)).status).toBe(200)
  expect(web.app.asked.at(-1)).toEqual([
    ...['handOverComplaint', 'complaint-1', 2],
    { regionCode: null, office: to.office, reason: to.reason },
  ])
})

test.each([{ finding: 'maybe', text: '已经查实' }, { finding: 'founded', text: '嗯' }, {}])(
  '%j is no answer',
  async body => {
    const held = { ...headers, 'if-match': '"2"' }
    expect((await web.post(`${ADDRESS}/complaint-1/reply`, body, held)).status).toBe(400)
  },
)

test('a photo that is not there is 404', async () => {
  expect((await web.call(`${ADDRESS}/complaint-1/photo?n=3`, { headers })).status).toBe(404)
})

test('an auditor sees none', async () => {
  expect((await web.call(ADDRESS, { headers: await web.officer('auditor') })).status).toBe(403)
})
