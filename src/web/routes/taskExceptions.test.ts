import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
beforeAll(async () => {
  web = await openTestWeb()
})
afterAll(() => web.close())

const read = async (search: string, username = 'county') =>
  web.call(`/api/task-exceptions${search}`, { headers: await web.officer(username) })

test('the county reads one kind of exception page by page: where, of which case, who allowed it and why', async () => {
  const response = await read('?kind=secondNotice&from=2026-11-01&cursor=some&limit=20')
  expect(await response.json()).toMatchObject({
    next: 'next',
    items: [
      {
        ...{ kind: 'secondNotice', place: '沼山镇下柯村', reason: '漏了一项', times: 2, task: null },
        application: { number: 'SY420702-000001', name: '李*英' },
        by: { name: '县主管', role: 'county', office: '湖北省鄂州市梁子湖区' },
      },
    ],
  })
  const asked = { kind: 'secondNotice', from: '2026-11-01', cursor: 'some', limit: 20 }
  expect(web.app.asked.at(-1)).toEqual(['exceptions', asked])
  await read('?kind=reopened')
  expect(web.app.asked.at(-1)).toEqual(['exceptions', { kind: 'reopened', from: null, limit: 50 }])
})

test('no kind, an unknown one, or a village that asks: refused', async () => {
  for (const search of ['', '?kind=all', '?kind=reopened&from=2026-02-30'])
    expect((await read(search)).status).toBe(400)
  expect((await read('?kind=reopened', 'village')).status).toBe(403)
})
