import { z } from 'zod'
import type { NoticePrint } from '../../app/notices/noticeUse.ts'
import { noticeSheet, type NoticeWords } from '../../app/notices/noticeSheet.ts'
import { noticeSpoken } from '../../app/notices/noticeSpoken.ts'
import type { Language } from '../../conversation/types.ts'
import { file, json, noContent, problem, refused, type Answer } from '../answer.ts'
import { emptyBody, jsonBody, noBody, noQuery, queryOf, zKey, zText } from '../decode.ts'
import type { Edge } from '../edge.ts'
import { fenceOf } from '../fence.ts'
import { networkOf, type Incoming } from '../incoming.ts'
import { noticePage } from '../noticePage.ts'
import { renderNoticePdf } from '../noticePdf.ts'
import { renderNoticePng } from '../noticePng.ts'
import { applicationJson, noticeDraftJson, noticeJson } from '../present.ts'
import { caseRoles, officerRoute, openRoute, residentRoute, type Route } from '../route.ts'
import { issuedNoticeSchema, noticeDraftSchema, noticeSchema } from '../schemas.ts'

/** What the link in the message, or the code on the paper, carries. */
const linkQuery = queryOf(
  z.strictObject({
    until: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
    key: zKey.optional(),
  }),
)

const formats = {
  pdf: { ending: '.pdf', media: 'application/pdf', summary: '一次性告知书（PDF，大字）' },
  png: { ending: '.png', media: 'image/png', summary: '一次性告知书（图片）' },
  json: { ending: '', media: null, summary: '一次性告知书' },
} as const
type Format = keyof typeof formats

function responseOf(format: Format) {
  const { media } = formats[format]
  return media === null
    ? { description: '一次性告知书', schema: noticeSchema }
    : { description: '一次性告知书', mediaType: media }
}

const pathOf = (format: Format): string => `/api/notices/:number${formats[format].ending}`

const own = (format: Format) =>
  residentRoute({
    method: 'GET',
    path: pathOf(format),
    summary: `本人的${formats[format].summary}；第一次查看记为已阅`,
    body: noBody,
    query: linkQuery,
    response: responseOf(format),
    handler: async ({ edge, caller, incoming }) => {
      if (!edge.limits('notice', caller.residentId, edge.world.now())) return problem('tooManyRequests')
      return shown(edge, incoming, await edge.app.notices.own(caller.residentId, numberOf(incoming)), format)
    },
  })

/** Two callers share an address: who shows a signed link, and who has an officer's session. A link is looked at first. */
const byLink = (format: Format) =>
  openRoute({
    method: 'GET',
    path: pathOf(format),
    summary: `凭消息或纸上的链接查看${formats[format].summary}，链接半年内有效`,
    body: noBody,
    query: linkQuery,
    response: responseOf(format),
    handler: async ({ edge, incoming, query }) => linked(edge, incoming, query, format),
  })

const ofPlace = (format: Format) =>
  officerRoute(caseRoles, {
    method: 'GET',
    path: `/api/officer/notices/:number${formats[format].ending}`,
    summary: `本辖区的${formats[format].summary}，供打印盖章`,
    body: noBody,
    query: noQuery,
    response: responseOf(format),
    handler: async ({ edge, caller, incoming }) =>
      shown(edge, incoming, await edge.app.notices.ofPlace(caller.officer, numberOf(incoming)), format),
  })

const page = openRoute({
  method: 'GET',
  path: '/n/:number',
  summary: '纸上二维码打开的告知书网页，大字，链接半年内有效',
  body: noBody,
  query: linkQuery,
  response: { description: '网页', mediaType: 'text/html' },
  handler: async ({ edge, incoming, query }) => linked(edge, incoming, query, 'page'),
})

async function linked(
  edge: Edge,
  incoming: Incoming,
  { until, key }: { until?: string | undefined; key?: string | undefined },
  format: Format | 'page',
): Promise<Answer> {
  if (until === undefined || key === undefined) return problem('notLoggedIn')
  if (!edge.limits('notice', networkOf(incoming.ip), edge.world.now())) return problem('tooManyRequests')
  const print = await edge.app.notices.byLink({ number: numberOf(incoming), until: Number(until), key })
  return shown(edge, incoming, print, format, { until, key })
}

const numberOf = ({ params }: Incoming): string => params['number'] ?? ''

async function shown(
  edge: Edge,
  incoming: Incoming,
  print: NoticePrint | null,
  format: Format | 'page',
  link: { until: string; key: string } | null = null,
): Promise<Answer> {
  if (!print) return problem('notFound')
  switch (format) {
    case 'json':
      return json(noticeJson(print, shapesOf(edge, print, incoming.language)))
    case 'page':
      return pageOf(edge, print, incoming.language, link)
    case 'pdf':
    case 'png':
      return drawn(edge, print, format)
  }
}

function wordsOf(edge: Edge, language: Language): NoticeWords {
  return (key, values = {}) => edge.text(language, `notice.${key}`, values)
}

function shapesOf(edge: Edge, { notice }: NoticePrint, language: Language) {
  return {
    sheet: noticeSheet(notice.content, wordsOf(edge, language)),
    // Voices that read Chinese read the Chinese text.
    spoken: noticeSpoken(notice.content, wordsOf(edge, 'zh-CN')),
  }
}

/** The document itself is Chinese, whatever the reader's language. */
async function drawn(edge: Edge, { notice, page: path }: NoticePrint, format: 'pdf' | 'png'): Promise<Answer> {
  const words = wordsOf(edge, 'zh-CN')
  const sheet = noticeSheet(notice.content, words)
  const shop = { fonts: edge.fonts, pageUrl: edge.config.publicUrl + path }
  const footer = (at: number, pages: number) => words('footer', { number: notice.number, at, pages })
  const body =
    format === 'pdf'
      ? await renderNoticePdf(sheet, { ...shop, footer, issuedAt: notice.issuedAt })
      : await renderNoticePng(sheet, shop)
  const { ending, media } = formats[format]
  return file(body, { name: `${sheet.title}-${notice.number}${ending}`, mediaType: media })
}

function pageOf(
  edge: Edge,
  { notice }: NoticePrint,
  language: Language,
  link: { until: string; key: string } | null,
): Answer {
  const words = wordsOf(edge, language)
  const signed = link ? `?until=${link.until}&key=${encodeURIComponent(link.key)}` : ''
  const body = noticePage(noticeSheet(notice.content, words), {
    words,
    language,
    pdf: `/api/notices/${notice.number}.pdf${signed}`,
    png: `/api/notices/${notice.number}.png${signed}`,
  })
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', vary: 'accept-language' }, body }
}

const confirm = residentRoute({
  method: 'POST',
  path: '/api/notices/:number/confirm',
  summary: '我已收到这份告知书',
  body: emptyBody,
  query: noQuery,
  response: { description: '已记下，无内容' },
  handler: async ({ edge, caller, incoming }) =>
    (await edge.app.notices.confirm(caller.residentId, numberOf(incoming))) ? noContent() : problem('notFound'),
})

const draft = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/applications/:id/notice',
  summary: '告知前核对：当地要这位群众交的材料，勾选缺的',
  body: noBody,
  query: noQuery,
  response: { description: '可勾选的材料', schema: noticeDraftSchema },
  handler: async ({ edge, caller, incoming }) => {
    const outcome = await edge.app.notices.draft(caller.officer, incoming.params['id'] ?? '')
    return outcome.ok ? json(noticeDraftJson(outcome.value)) : refused(outcome.refusal)
  },
})

const text = (max: number) =>
  zText(max, 1)
    .optional()
    .transform(value => value ?? null)

const request = z.strictObject({
  gaps: z
    .array(
      z.strictObject({
        material: z
          .string()
          .regex(/^[a-zA-Z]{1,60}$/)
          .optional()
          .transform(value => value ?? null),
        what: text(50),
        wrong: text(100),
        mend: text(100),
        ground: text(100),
      }),
    )
    .min(1)
    .max(20),
  due: z.iso
    .date()
    .optional()
    .transform(value => value ?? null),
  reason: text(200),
})

const issue = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/applications/:id/notice',
  summary: '一次性告知全部缺项，时限随即暂停；再次告知只有主管写明理由才行。If-Match 为该办件任务的围栏号',
  body: jsonBody(request),
  query: noQuery,
  response: { description: '办件现状与告知书编号', schema: issuedNoticeSchema },
  fence: 'needed',
  handler: async ({ edge, caller, incoming, body }) => {
    const fence = fenceOf(incoming)
    if (!fence.ok) return fence.answer
    const outcome = await edge.app.notices.issue(caller.officer, incoming.params['id'] ?? '', fence.value, body)
    if (!outcome.ok) return refused(outcome.refusal)
    const { application, number } = outcome.value
    return json({ number, application: applicationJson(application) })
  },
})

export const noticeRoutes: Route[] = [
  ...(['pdf', 'png', 'json'] as const).flatMap(format => [own(format), byLink(format), ofPlace(format)]),
  page,
  confirm,
  draft,
  issue,
]
