import { z } from 'zod'
import type { FigureFilter } from '../../app/figures/figureQuery.ts'
import { figureRoles } from '../../app/figures/reports.ts'
import { indicatorIds } from '../../domain/figures/indicators.ts'
import { shanghaiDate } from '../../domain/world.ts'
import { file, json, problem, refused, type Answer } from '../answer.ts'
import { noBody, queryOf, zPlace } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { exportOf, type FigureExport } from '../figureExport.ts'
import { figuresPdf } from '../figuresPdf.ts'
import { figuresXlsx, XLSX } from '../figuresXlsx.ts'
import { frameJson, needJson, officeJson, placesJson, reasonJson, reportJson, type Words } from '../figureJson.ts'
import { indicatorsSchema, needsSchema, officesSchema, placesSchema, reasonsSchema } from '../figureSchemas.ts'
import type { Incoming } from '../incoming.ts'
import { officerRoute, type Call, type Route } from '../route.ts'
import type { OfficerCaller } from '../access.ts'

const frame = {
  region: zPlace.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
}
const frameQuery = queryOf(z.strictObject(frame))
type FrameQuery = z.infer<z.ZodObject<typeof frame>>

/** The year so far, unless the question says otherwise. */
function filterOf({ world }: Edge, { region, from, to }: FrameQuery): FigureFilter {
  const until = to ?? shanghaiDate(world.now())
  return { regionCode: region ?? null, from: from ?? `${until.slice(0, 4)}-01-01`, to: until }
}

const wordsOf =
  (edge: Edge, { language }: Incoming): Words =>
  (key, values) =>
    edge.text(language, key, values)

const report = officerRoute(figureRoles, {
  method: 'GET',
  path: '/api/indicators',
  summary: '指标：分子、分母、n、95% 区间、目标和出处；网办率分事项、分月；检查表。少于 5 件不显示，没有数据不是零',
  body: noBody,
  query: frameQuery,
  response: { description: '本人辖区内一地一段时间的指标', schema: indicatorsSchema },
  handler: async ({ edge, caller, incoming, query }) => {
    const found = await edge.figures.report(caller.officer, filterOf(edge, query))
    return found.ok ? json(reportJson(found.value, wordsOf(edge, incoming))) : refused(found.refusal)
  },
})

const places = officerRoute(figureRoles, {
  method: 'GET',
  path: '/api/indicators/places',
  summary: '一项指标在下一级各地的数字',
  body: noBody,
  query: queryOf(z.strictObject({ ...frame, indicator: z.enum(indicatorIds) })),
  response: { description: '下一级各地', schema: placesSchema },
  handler: async ({ edge, caller, incoming, query: { indicator, ...asked } }) => {
    const found = await edge.figures.places(caller.officer, { ...filterOf(edge, asked), indicator })
    return found.ok ? json(placesJson(found.value, wordsOf(edge, incoming))) : refused(found.refusal)
  },
})

const reasons = officerRoute(figureRoles, {
  method: 'GET',
  path: '/api/indicators/reasons',
  summary: '窗口办理的原因，按件数排名，有占比和分月',
  body: noBody,
  query: frameQuery,
  response: { description: '原因排名', schema: reasonsSchema },
  handler: async ({ edge, caller, incoming, query }) => {
    const found = await edge.figures.reasons(caller.officer, filterOf(edge, query))
    if (!found.ok) return refused(found.refusal)
    const { n, ranked } = found.value.reasons
    const items = ranked.map(one => reasonJson(one, wordsOf(edge, incoming)))
    return json({ ...frameJson(found.value), n, items })
  },
})

const needs = officerRoute(figureRoles, {
  method: 'GET',
  path: '/api/indicators/needs',
  summary: '群众需求：群众在聊天里来办什么、问什么，按人次排名，有占比和分月；只有次数，没有个人信息，少于 5 次不显示',
  body: noBody,
  query: frameQuery,
  response: { description: '需求排名', schema: needsSchema },
  handler: async ({ edge, caller, incoming, query }) => {
    const found = await edge.figures.needs(caller.officer, filterOf(edge, query))
    if (!found.ok) return refused(found.refusal)
    const { needs: counted, titles } = found.value
    const shown = { titles, words: wordsOf(edge, incoming), language: incoming.language }
    return json({ ...frameJson(found.value), n: counted.n, items: counted.ranked.map(one => needJson(one, shown)) })
  },
})

const offices = officerRoute(figureRoles, {
  method: 'GET',
  path: '/api/indicators/offices',
  summary: '按时办结，按首接责任人所在单位（转办后仍算首接单位）',
  body: noBody,
  query: frameQuery,
  response: { description: '各首接单位', schema: officesSchema },
  handler: async ({ edge, caller, query }) => {
    const found = await edge.figures.offices(caller.officer, filterOf(edge, query))
    return found.ok
      ? json({ ...frameJson(found.value), items: found.value.offices.map(officeJson) })
      : refused(found.refusal)
  },
})

type ExportCall = Call<OfficerCaller, null, FrameQuery>

/** Gathers all that an export holds, then lets it be drawn. */
async function exported(
  { edge, caller, incoming, query }: ExportCall,
  draw: (content: FigureExport) => Promise<Answer> | Answer,
): Promise<Answer> {
  if (!edge.limits('figureExport', caller.officer.id, edge.world.now())) return problem('tooManyRequests')
  const filter = filterOf(edge, query)
  const { figures } = edge
  const [whole, byPlace, why, wanted, byOffice] = await Promise.all([
    figures.report(caller.officer, filter),
    figures.places(caller.officer, { ...filter, indicator: 'onlineRate' }),
    figures.reasons(caller.officer, filter),
    figures.needs(caller.officer, filter),
    figures.offices(caller.officer, filter),
  ])
  if (!whole.ok) return refused(whole.refusal)
  if (!byPlace.ok || !why.ok || !wanted.ok || !byOffice.ok) return problem('failed')
  const { titles, needs: ranked } = wanted.value
  const shown = { titles, words: wordsOf(edge, incoming), language: incoming.language }
  const needs = ranked.ranked.map(one => needJson(one, shown))
  const tables = { report: whole.value, places: byPlace.value.places, offices: byOffice.value.offices }
  const content = { ...tables, reasons: why.value.reasons, needs }
  return draw(exportOf(content, wordsOf(edge, incoming)))
}

const nameOf = ({ title, fileName }: FigureExport): string => `${title}-${fileName}`

const xlsx = officerRoute(figureRoles, {
  method: 'GET',
  path: '/api/indicators.xlsx',
  summary: '指标导出为 XLSX；文字单元格不会被当作公式',
  body: noBody,
  query: frameQuery,
  response: { description: '工作簿', mediaType: XLSX },
  handler: call =>
    exported(call, content =>
      file(figuresXlsx(content), { name: `${nameOf(content)}.xlsx`, mediaType: XLSX, saved: true }),
    ),
})

const pdf = officerRoute(figureRoles, {
  method: 'GET',
  path: '/api/indicators.pdf',
  summary: '指标报告，供打印（PDF）',
  body: noBody,
  query: frameQuery,
  response: { description: '报告', mediaType: 'application/pdf' },
  handler: call =>
    exported(call, async content => {
      const body = await figuresPdf(content, { fonts: call.edge.fonts, at: call.edge.world.now() })
      return file(body, { name: `${nameOf(content)}.pdf`, mediaType: 'application/pdf', saved: true })
    }),
})

export const indicatorRoutes: Route[] = [report, places, reasons, needs, offices, xlsx, pdf]
