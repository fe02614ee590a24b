import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
beforeEach(async () => {
  web = await openTestWeb()
})
afterEach(() => web.close())

test('a resident reads what lies ahead in his language, each with its source', async () => {
  const headers = await web.resident()
  const own = async (language: string) =>
    (await web.call('/api/service-calendar', { headers: { ...headers, 'accept-language': language } })).json()
  expect(await own('zh-CN')).toEqual({
    running: [
      {
        ...{ applicationNumber: 'SY420702-000001', expecting: true, birth: '2027-01-15' },
        items: [
          {
            ...{ id: 'householdEntry', from: '2027-01-15', until: null, text: '上户口：到户籍派出所。' },
            source: { document: '户口登记条例第七条', checked: '2026-11-21', weight: 'law' },
          },
        ],
      },
    ],
    offer: false,
  })
  expect(await own('en')).toMatchObject({ running: [{ items: [{ text: 'Household entry: at the police station.' }] }] })
})
