import { z } from 'zod'
import type { OfficerListReport } from '../../app/officerLists.ts'
import type { Language } from '../../conversation/types.ts'
import { officerRoles } from '../../domain/officer.ts'
import { json, problem, refused } from '../answer.ts'
import { jsonBody, noBody, noQuery, queryOf, rawBody, zPlace, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { placeWithin } from '../present.ts'
import { officerRoute, type Route } from '../route.ts'

/** Officers of a county are some hundred rows. */
const LARGEST = 1024 * 1024
/** What stood in a cell is told so far. */
const LONGEST_SHOWN = 40

const zHash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().min(0)

const officerFacts = z
  .strictObject({
    name: z.string(),
    role: z.enum(officerRoles),
    regionCode: z.string(),
    officePhone: z.string().nullable(),
  })
  .nullable()

const passwordSchema = z.strictObject({ username: z.string(), name: z.string(), password: z.string() })

const reportSchema = z.strictObject({
  status: z.enum(['trial', 'done', 'nothing', 'refused']),
  hash: zHash,
  unchanged: count,
  lines: z.array(
    z.strictObject({
      what: z.enum(['created', 'changed', 'enabled', 'disabled']),
      ...{ username: z.string(), before: officerFacts, after: officerFacts },
    }),
  ),
  unusedColumns: z.array(z.string()),
  faults: z.array(z.strictObject({ line: count, column: z.string(), reason: z.string(), told: z.string() })),
  faultCount: count,
  passwords: z.array(passwordSchema),
})

const take = officerRoute(['county'], {
  method: 'POST',
  path: '/api/imports/officers',
  summary:
    '导入本县工作人员名单（CSV 或 XLSX 原样作为请求体）：先试运行，再带上试运行给出的指纹确认；新人员的初始密码只在这一次回答里；审计员的账号不能这样导入',
  body: rawBody(LARGEST),
  query: queryOf(z.strictObject({ confirm: zHash.optional(), disableMissing: z.enum(['yes', 'no']).optional() })),
  response: { description: '会改什么或改了什么；有错时说明行、列和原因', schema: reportSchema },
  handler: async ({ edge, caller, incoming, body: bytes, query: { confirm, disableMissing } }) => {
    // Who stands in does the work of the place; accounts are made by the head of the county himself.
    if (incoming.header('x-stand-in-for') !== '') return problem('notForRole')
    if (!edge.limits('imports', caller.officer.id, edge.world.now())) return problem('tooManyRequests')
    const upload = { bytes, confirm: confirm ?? null, disableMissing: disableMissing === 'yes' }
    const answer = await edge.officerLists.take(caller.officer, upload)
    if (answer.ok) return json(reportJson(edge, incoming.language, answer.report))
    const { fault, line } = answer
    return problem('badInput', { fields: [fault === 'changed' ? 'confirm' : 'body'], fault, line })
  },
})

function reportJson({ text }: Edge, language: Language, { faults, ...report }: OfficerListReport) {
  const told = faults.map(({ line, column, reason, value }) => {
    const shown = value.replace(/\p{C}/gu, '?').slice(0, LONGEST_SHOWN)
    return { line, column, reason, told: text(language, `import.reason.${reason}`, { value: shown }) }
  })
  return { ...report, faults: told }
}

const renewPassword = officerRoute(['county'], {
  method: 'POST',
  path: '/api/officers/:id/password',
  summary: '给本县一位工作人员发新的初始密码，结束他的登录；密码只在这一次回答里；留审计记录',
  body: jsonBody(z.strictObject({ reason: zText(200, 2) })),
  query: noQuery,
  response: { description: '新的初始密码', schema: passwordSchema },
  handler: async ({ edge, caller, incoming, body: { reason } }) => {
    if (incoming.header('x-stand-in-for') !== '') return problem('notForRole')
    if (!edge.limits('imports', caller.officer.id, edge.world.now())) return problem('tooManyRequests')
    const fresh = await edge.officerLists.renewPassword(caller.officer, incoming.params['id'] ?? '', reason)
    return fresh ? json(fresh) : problem('notFound')
  },
})

const officerLine = z.strictObject({
  ...{ id: z.string(), username: z.string(), name: z.string(), role: z.enum(officerRoles), regionCode: z.string() },
  ...{ place: z.string(), officePhone: z.string().nullable(), disabled: z.boolean(), mayChange: z.boolean() },
})
const linesSchema = z.strictObject({ items: z.array(officerLine) })
const followsSchema = z.strictObject({ returned: count, uncovered: count, next: z.array(z.string()) })

const list = officerRoute(['town', 'county'], {
  method: 'GET',
  path: '/api/officers',
  summary: '本辖区的工作人员，停用的也在内；审计员不在内',
  body: noBody,
  query: noQuery,
  response: { description: '工作人员', schema: linesSchema },
  handler: async ({ edge, caller }) => {
    const lines = await edge.officerChanges.list(caller.officer)
    const around = edge.regions.name(caller.officer.regionCode) ?? ''
    return json({
      items: lines.map(({ id, username, name, role, regionCode, officePhone, disabled, mayChange }) => ({
        ...{ id, username, name, role, regionCode, officePhone, disabled, mayChange },
        place: placeWithin(around, edge.regions.name(regionCode) ?? '') || around,
      })),
    })
  },
})

const change = officerRoute(['town', 'county'], {
  method: 'POST',
  path: '/api/officers/:id/change',
  summary:
    '改一位工作人员的级别、地区、办公电话，停用或恢复：不带 expected 只预览会退回几件、几件没人接；带上预览的退回件数才执行；改级别、地区和停用立即结束他的登录；留审计记录',
  body: jsonBody(
    z.strictObject({
      ...{ role: z.enum(officerRoles), regionCode: zPlace, officePhone: zText(32).nullable(), disabled: z.boolean() },
      ...{ reason: zText(200, 2), expected: z.int().min(0).optional() },
    }),
  ),
  query: noQuery,
  response: { description: '会退回（或已退回）的件数、以后没人接的件数、由谁接', schema: followsSchema },
  handler: async ({ edge, caller, incoming, body: { reason, expected = null, ...wish } }) => {
    if (incoming.header('x-stand-in-for') !== '') return problem('notForRole')
    const id = incoming.params['id'] ?? ''
    const done = await edge.officerChanges.change(caller.officer, { id, wish, reason, expected })
    if (!done.ok) return refused(done.refusal)
    const { returned, uncovered, next } = done.value
    return json({ returned, uncovered, next: next.map(({ name }) => name) })
  },
})

export const officerListRoutes: readonly Route[] = [take, renewPassword, list, change]
