import { unzipSync } from 'fflate'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { surveyListSchema, surveyResultSchema } from '../surveyResultJson.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
let headers: Record<string, string>
beforeEach(async () => {
  web = await openTestWeb()
  headers = await web.officer('county')
})
afterEach(() => web.close())

test('the county reads what a survey found, with n, interval, lines and their source', async () => {
  const list = surveyListSchema.parse(await (await web.call('/api/surveys?kind=satisfaction', { headers })).json())
  expect(list.items[0]).toMatchObject({ id: 'c-1', title: '年度问卷' })
  const found = surveyResultSchema.parse(await (await web.call('/api/surveys/c-1/results', { headers })).json())
  expect(found).toMatchObject({ n: 44, numerator: 38, answers: 44 })
  expect(found.targets.map(({ atLeast }) => atLeast)).toEqual([0.85, 0.9])
  expect(found.villages.map(({ answers }) => answers)).toEqual([34, null, null])
  expect(found.whole?.funnel.at(-1)).toMatchObject({ name: '答完', n: 44 })
})

test('another place is asked by its code, and a survey that is not there is not found', async () => {
  await web.call('/api/surveys/c-1/results?region=420702104', { headers })
  expect(web.app.asked.at(-1)?.slice(2)).toEqual(['c-1', '420702104'])
  expect((await web.call('/api/surveys/c-2/results', { headers })).status).toBe(404)
})

test('who is judged sees nothing of it', async () => {
  const village = await web.officer('village')
  for (const address of ['/api/surveys', '/api/surveys/c-1/results', '/api/surveys/c-1/results.xlsx'])
    expect((await web.call(address, { headers: village })).status).toBe(403)
})

test('the workbook says the same, hides the same, and runs nothing that somebody wrote', async () => {
  const response = await web.call('/api/surveys/c-1/results.xlsx', { headers })
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  const text = Object.values(files)
    .map(bytes => new TextDecoder().decode(bytes))
    .join('\n')
  expect(text).toContain('少于5份的村不显示')
  expect(text).toContain('群众对计划生育管理和服务的满意率达90%以上')
  expect(text).toContain('<t xml:space="preserve">=中午没人</t>')
  expect(text).not.toContain('<f>')
})
