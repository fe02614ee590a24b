import { z } from 'zod'
import { listKinds, type ListReport } from '../../app/listImports.ts'
import { endRemarks } from '../../domain/import/listedEnds.ts'
import type { Language } from '../../conversation/types.ts'
import { json, problem } from '../answer.ts'
import { queryOf, rawBody } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { officerRoute, type Route } from '../route.ts'

/** A county's households in one file; what is longer goes by command. Held in memory while it is read. */
const LARGEST = 16 * 1024 * 1024

const zHash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().min(0)
const zCount = z
  .string()
  .regex(/^\d{1,7}$/)
  .transform(Number)

const reportSchema = z.strictObject({
  status: z.enum(['trial', 'done', 'nothing', 'refused']),
  hash: zHash,
  ...{ rows: count, added: count, changed: count, unchanged: count, kept: count, gone: count, renamed: count },
  ends: z.strictObject({
    toConfirm: z.boolean(),
    inUse: z.array(z.strictObject({ line: count, why: z.enum(endRemarks), told: z.string() })),
    inUseCount: count,
    villages: z.array(z.strictObject({ place: z.string(), gone: count, households: count })),
  }),
  unusedColumns: z.array(z.string()),
  faults: z.array(z.strictObject({ line: count, column: z.string(), reason: z.string(), told: z.string() })),
  faultCount: count,
})

const take = officerRoute(['county'], {
  method: 'POST',
  path: '/api/imports',
  summary:
    '导入住户名册、证件登记簿或出生名单（CSV 或 XLSX 原样作为请求体，至多 16 MB）：先试运行，再带上试运行给出的指纹确认；全有或全无。试运行说要确认户数（ends.toConfirm）的，还要带 ends=不在了的户数',
  body: rawBody(LARGEST),
  query: queryOf(z.strictObject({ kind: z.enum(listKinds), confirm: zHash.optional(), ends: zCount.optional() })),
  response: { description: '会改什么或改了什么；有错时说明行、列和原因，不含个人信息', schema: reportSchema },
  handler: async ({ edge, caller, incoming, body: bytes, query: { kind, confirm, ends } }) => {
    if (!edge.limits('imports', caller.officer.id, edge.world.now())) return problem('tooManyRequests')
    const answer = await edge.lists.take(caller.officer, {
      ...{ kind, bytes, confirm: confirm ?? null, ends: ends ?? null },
    })
    if (answer.ok) return json(reportJson(edge, incoming.language, answer.report))
    const { fault, line } = answer
    return problem('badInput', { fields: [fieldOf[fault] ?? 'body'], fault, line })
  },
})

/** Faults of what came beside the file. */
const fieldOf: Readonly<Record<string, string>> = { otherFile: 'confirm', endsUnsaid: 'ends' }

function reportJson({ text }: Edge, language: Language, { faults, ends, ...report }: ListReport) {
  const told = faults.map(fault => ({ ...fault, told: text(language, `import.row.${fault.reason}`) }))
  const inUse = ends.inUse.map(one => ({ ...one, told: text(language, `import.ends.${one.why}`) }))
  return { ...report, faults: told, ends: { ...ends, inUse } }
}

export const importRoutes: readonly Route[] = [take]
