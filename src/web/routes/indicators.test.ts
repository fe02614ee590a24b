import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { indicatorsSchema, needsSchema, officesSchema, placesSchema, reasonsSchema } from '../figureSchemas.ts'
import { problemSchema } from '../schemas.ts'
import { EVIL } from '../testing/fakeFigures.ts'
import { openTestWeb, type TestWeb } from '../testing/testWeb.ts'

let web: TestWeb
beforeEach(async () => {
  web = await openTestWeb()
})
afterEach(() => web.close())

const DAYS = 'from=2026-11-01&to=2026-11-23'
const asCounty = async (path: string, language = 'zh-CN') =>
  web.call(path, { headers: { ...(await web.officer('county')), 'accept-language': language } })

describe('the figures', () => {
  test('come with numerator, denominator, n, interval, target and source', async () => {
    const report = indicatorsSchema.parse(await (await asCounty(`/api/indicators?${DAYS}`)).json())
    expect(report.indicators[0]).toMatchObject({
      ...{ id: 'onlineRate', name: '网办率', numerator: 17, denominator: 20, n: 20, value: 0.85, hidden: false },
      ...{ target: 1, targetMet: false, source: { quote: '再生育证网上办证率达到 100%' } },
      cases: '/api/applications?cases=window&region=420702&from=2026-11-01&to=2026-11-23',
    })
    expect(report.indicators[0]?.interval?.low).toBeCloseTo(0.6396, 3)
  })

  test('of fewer than five cases have no number, and say so', async () => {
    const report = indicatorsSchema.parse(await (await asCounty(`/api/indicators?${DAYS}`)).json())
    const satisfaction = report.indicators.find(({ id }) => id === 'satisfaction')
    expect(satisfaction).toMatchObject({ state: 'hidden', hidden: true, value: null, numerator: null, n: null })
    expect(report.items[1]).toMatchObject({ state: 'noSuchItem', name: '再生育证', cases: null })
  })

  test('are those of the year so far and of the own place unless said otherwise', async () => {
    await asCounty('/api/indicators')
    expect(web.app.asked).toEqual([['figures', { regionCode: null, from: '2026-01-01', to: '2026-11-23' }]])
  })

  test('have English names for who reads English', async () => {
    const report = indicatorsSchema.parse(await (await asCounty(`/api/indicators?${DAYS}`, 'en')).json())
    expect(report.indicators[0]?.name).toBe('Online rate')
  })

  test('of places, reasons and offices stand at their own addresses', async () => {
    const places = placesSchema.parse(
      await (await asCounty(`/api/indicators/places?indicator=onlineRate&${DAYS}`)).json(),
    )
    expect(places.places[0]).toMatchObject({ region: { code: '420702104' }, value: 0.85 })
    expect(places.places[0]?.cases).toContain('region=420702104')
    const reasons = reasonsSchema.parse(await (await asCounty(`/api/indicators/reasons?${DAYS}`)).json())
    expect(reasons.items.map(({ name }) => name)).toEqual(['没有填写原因', EVIL])
    const offices = officesSchema.parse(await (await asCounty(`/api/indicators/offices?${DAYS}`)).json())
    expect(offices.items.map(({ office }) => office?.name ?? null)).toEqual(['沼山镇', null])
  })

  test('of a foreign place are not there', async () => {
    const response = await asCounty(`/api/indicators?region=420704&${DAYS}`)
    expect([response.status, problemSchema.parse(await response.json()).code]).toEqual([404, 'notFound'])
  })

  test.each(['region=42', 'from=2026-11-31', 'from=yesterday', 'indicator=happiness', `${DAYS}&sql=1`])(
    'are not asked for by ?%s',
    async query => {
      expect((await asCounty(`/api/indicators?${query}`)).status).toBe(400)
    },
  )

  test.each(['village', 'auditor'])('are not for the %s', async name => {
    for (const path of ['', '/places', '/reasons', '/offices', '.xlsx', '.pdf']) {
      const response = await web.call(`/api/indicators${path}?${DAYS}`, { headers: await web.officer(name) })
      expect([path, response.status]).toEqual([path, 403])
    }
    expect(web.app.asked).toEqual([])
  })
})

describe('the cases behind a figure', () => {
  test('are a list like any other, with its cursor', async () => {
    const response = await asCounty(`/api/applications?cases=window&region=420702104&way=window&${DAYS}&limit=5`)
    expect(await response.json()).toMatchObject({ items: [{ id: 'application-1' }], next: 'next-page' })
    expect(web.app.asked).toEqual([
      [
        'figureCases',
        {
          ...{ cases: 'window', regionCode: '420702104', way: 'window', limit: 5 },
          ...{ from: '2026-11-01', to: '2026-11-23' },
        },
      ],
    ])
  })

  test('are those received in the last year when only a matter is named', async () => {
    await asCounty('/api/applications?matter=birthRegistration')
    expect(web.app.asked[0]?.[1]).toMatchObject({ cases: 'received', from: '2025-11-23', to: '2026-11-23' })
  })

  test('are not for the village, whose list they would be anyway', async () => {
    const response = await web.call(`/api/applications?cases=window&${DAYS}`, { headers: await web.officer('village') })
    expect(response.status).toBe(403)
  })

  test('of a kind that is none are not asked for', async () => {
    expect((await asCounty(`/api/applications?cases=all&${DAYS}`)).status).toBe(400)
  })
})

describe('the workbook', () => {
  const sheets = async () => {
    const response = await asCounty(`/api/indicators.xlsx?${DAYS}`)
    expect(response.headers.get('content-disposition')).toContain('.xlsx')
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
    return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]))
  }

  test('has a sheet for each table, numbers as numbers', async () => {
    const files = await sheets()
    expect(Object.keys(files).filter(name => name.startsWith('xl/worksheets/'))).toHaveLength(10)
    expect(files['xl/worksheets/sheet1.xml']).toContain('<v>0.85</v>')
    expect(files['xl/workbook.xml']).toContain('指标')
  })

  test('never holds a formula: what begins like one is text with a quote before it', async () => {
    const files = await sheets()
    const all = Object.values(files).join('')
    expect(all).not.toMatch(/<f[ >]/)
    expect(all).not.toContain(EVIL)
    expect(all).toContain('t="inlineStr"><is><t xml:space="preserve">=HYPERLINK(&quot;')
  })

  test('is the same for the same numbers', async () => {
    const bytes = async () => Buffer.from(await (await asCounty(`/api/indicators.xlsx?${DAYS}`)).arrayBuffer())
    expect((await bytes()).equals(await bytes())).toBe(true)
  })
})

test('the report for printing is a PDF of some pages', async () => {
  const response = await asCounty(`/api/indicators.pdf?${DAYS}`)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1)
})

test('the needs of residents are ranked, policy questions by the titles of their answers, also of answers that are gone', async () => {
  const needs = needsSchema.parse(await (await asCounty(`/api/indicators/needs?${DAYS}`)).json())
  expect(needs.items.map(({ name }) => name)).toEqual(['育儿补贴', '产假多少天', 'policy.gone'])
  const english = needsSchema.parse(await (await asCounty(`/api/indicators/needs?${DAYS}`, 'en')).json())
  expect(english.items.map(({ name }) => name)).toEqual([
    'Childcare subsidy',
    'How long is maternity leave',
    'policy.gone',
  ])
  expect((await asCounty(`/api/indicators/needs?${DAYS}&region=110101`)).status).toBe(404)
  expect((await web.call('/api/indicators/needs', { headers: await web.officer('village') })).status).toBe(403)
})

test('the check table names what each rule is filled from, with its cases, or what is missing', async () => {
  const { checkTable } = indicatorsSchema.parse(await (await asCounty(`/api/indicators?${DAYS}`)).json())
  const rules = checkTable.rows.flatMap(row => row.rules)
  const byId = (id: string) => rules.find(rule => rule.id === id)
  expect(byId('onlineRate')).toMatchObject({ lost: 0.45, missing: null, figure: { numerator: 17, denominator: 20 } })
  expect(byId('onlineRate')?.figure?.cases).toContain('cases=window')
  expect(byId('registration')).toMatchObject({ lost: null, missing: '要看督查记录，系统没有' })
  expect(byId('registration')?.figure?.cases).toContain('cases=accepted')
  expect(byId('duty')).toMatchObject({ lost: null, figure: null, missing: '要看单位的文件，系统没有' })
})
