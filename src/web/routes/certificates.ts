import { z } from 'zod'
import type { CertificatePrint } from '../../app/app.ts'
import { normaliseCheckCode } from '../../domain/number.ts'
import { shanghaiTime } from '../../domain/world.ts'
import { file, json, problem, refused, type Answer } from '../answer.ts'
import { renderCertificatePdf } from '../certificatePdf.ts'
import { noBody, noQuery, queryOf, zKey } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { networkOf, type Incoming } from '../incoming.ts'
import { caseRoles, officerRoute, openRoute, residentRoute, type Route } from '../route.ts'
import { verifyUrl } from '../present.ts'
import { verifiedSchema } from '../schemas.ts'
import { verifyPage, type Verified } from '../verifyPage.ts'

/** What the link in the message about the decision carries. */
const linkQuery = queryOf(
  z.strictObject({
    until: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
    key: zKey.optional(),
  }),
)

const pdf = residentRoute({
  method: 'GET',
  path: '/api/certificates/:number.pdf',
  summary: '本人的登记凭证（PDF）',
  body: noBody,
  query: linkQuery,
  response: { description: '登记凭证', mediaType: 'application/pdf' },
  handler: async ({ edge, caller, incoming }) => {
    const number = incoming.params['number'] ?? ''
    if (!edge.limits('certificate', caller.residentId, edge.world.now())) return problem('tooManyRequests')
    const print = await edge.app.resident.certificate(caller.residentId, number)
    return print ? printed(edge, print) : problem('notFound')
  },
})

const pdfByLink = openRoute({
  method: 'GET',
  path: '/api/certificates/:number.pdf',
  summary: '凭消息中的链接查看登记凭证（PDF），链接三十天内有效',
  body: noBody,
  query: linkQuery,
  response: { description: '登记凭证', mediaType: 'application/pdf' },
  handler: async ({ edge, incoming, query: { until, key } }) => {
    if (until === undefined || key === undefined) return problem('notLoggedIn')
    if (!edge.limits('certificate', networkOf(incoming.ip), edge.world.now())) return problem('tooManyRequests')
    const link = { number: incoming.params['number'] ?? '', until: Number(until), key }
    const print = await edge.app.resident.certificateByLink(link)
    return print ? printed(edge, print) : problem('notFound')
  },
})

const pdfOfPlace = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/officer/certificates/:number.pdf',
  summary: '本辖区的登记凭证、电子证（PDF），打印给没有手机的群众；每次打印都记入审计，和查看完整信息一起计次数',
  body: noBody,
  query: noQuery,
  response: { description: '登记凭证', mediaType: 'application/pdf' },
  handler: async ({ edge, caller, incoming }) => {
    const print = await edge.app.officerCases.print(caller.officer, incoming.params['number'] ?? '')
    return print.ok ? printed(edge, print.value) : refused(print.refusal)
  },
})

async function printed(edge: Edge, print: CertificatePrint): Promise<Answer> {
  const body = await renderCertificatePdf(print, {
    fonts: edge.fonts,
    text: edge.text,
    verifyUrl: verifyUrl(edge.config.publicUrl, print.checkCode),
  })
  const { title, number } = print.certificate
  return file(body, { name: `${title}-${number}.pdf`, mediaType: 'application/pdf' })
}

const verify = openRoute({
  method: 'GET',
  path: '/verify/:code',
  summary: '核验登记凭证：网页，或 Accept: application/json。错码与不存在的码回答相同',
  body: noBody,
  query: noQuery,
  response: { description: '最少信息', schema: verifiedSchema },
  handler: async ({ edge, incoming }) => {
    if (!(await edge.doors('verify', networkOf(incoming.ip), edge.world.now())))
      return shown(edge, incoming, 'tooManyRequests')
    return shown(edge, incoming, (await lookUp(edge, incoming.params['code'] ?? '')) ?? 'certificateUnknown')
  },
})

async function lookUp(edge: Edge, typed: string): Promise<Verified | null> {
  const code = normaliseCheckCode(typed)
  const found = code === null ? null : await edge.auth.lookUpCertificate(code, edge.world.now())
  if (!found) return null
  const { number, title, status, issuedAt, surname, regionCode } = found
  return { number, title, status, issuedAt: shanghaiTime(issuedAt), surname, region: edge.regions.name(regionCode) }
}

function shown(
  edge: Edge,
  { header, language }: Incoming,
  result: Verified | 'certificateUnknown' | 'tooManyRequests',
): Answer {
  if (/\bapplication\/json\b/.test(header('accept'))) return typeof result === 'string' ? problem(result) : json(result)
  const status = typeof result === 'string' ? problem(result).status : 200
  const body = verifyPage(result, (key, values) => edge.text(language, key, values), language)
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', vary: 'accept, accept-language' }, body }
}

export const certificateRoutes: Route[] = [pdf, pdfByLink, pdfOfPlace, verify]
