import type { Application } from '../../domain/application.ts'
import { computeNotice } from '../../domain/notice/computeNotice.ts'
import type { NoticeSubject } from '../../domain/notice/matterFacts.ts'
import type { Notice, NoticeContent, NoticeException, NoticeGap, Situation } from '../../domain/notice/notice.ts'
import { publicNumber } from '../../domain/number.ts'
import { shanghaiDate, type Instant } from '../../domain/world.ts'
import { officesOf } from '../offices.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** For whom, where and about what a notice is made. `application` null: asked before there is one. */
export interface NoticeOccasion {
  subject: NoticeSubject
  situation: Situation
  regionCode: string
  residentId: string
  applicantName: string | null
  application: Application | null
  at: Instant
}

/** What an issue on a case adds. */
export interface NoticeIssue {
  edition: number
  gaps: NoticeGap[]
  supplementBy: { date: string; provisional: boolean }
  firstReceiver: string | null
  exception: NoticeException | null
}

/** Sets up a notice for this occasion, numbered and with the hash of its text; nothing is stored yet. */
export async function composeNotice(
  parts: AppParts,
  tx: Tx,
  occasion: NoticeOccasion,
  issue: NoticeIssue | null,
): Promise<Notice> {
  const { subject, regionCode, at, application, residentId } = occasion
  const pack = parts.packFor(regionCode)
  const office = (await officesOf(parts, tx, [regionCode]))(regionCode)
  const documentKey = pack.documents.find(({ id }) => id === subject.document)?.name
  const nameOf = (key: string) => parts.text('zh-CN', key)
  const content = computeNotice(
    pack,
    {
      number: publicNumber(NOTICE_PREFIX, at, parts.world.randomBytes(8)),
      kind: issue ? 'supplement' : 'information',
      edition: issue?.edition ?? 1,
      issuedOn: shanghaiDate(at),
      subject,
      documentName: documentKey === undefined ? null : nameOf(documentKey),
      situation: occasion.situation,
      region: { code: regionCode, name: parts.regionName(regionCode) },
      applicantName: occasion.applicantName,
      applicationNumber: application?.number ?? null,
      gaps: issue?.gaps ?? [],
      supplementBy: issue?.supplementBy ?? null,
      office,
      firstReceiver: issue?.firstReceiver ?? null,
      exception: issue?.exception ?? null,
    },
    nameOf,
  )
  return frozen(parts, content, { applicationId: issue ? (application?.id ?? null) : null, residentId, at })
}

/** 告知. */
const NOTICE_PREFIX = 'GZ'

function frozen(
  parts: AppParts,
  content: NoticeContent,
  { applicationId, residentId, at }: { applicationId: string | null; residentId: string; at: Instant },
): Notice {
  const { number, kind, matter, edition, region } = content
  const hash = Buffer.from(parts.hashToken(JSON.stringify(content))).toString('hex')
  return {
    number,
    kind,
    matter,
    edition,
    applicationId,
    residentId,
    regionCode: region.code,
    issuedAt: at,
    content,
    hash,
  }
}

/** Whether two notices say the same to the same person: then the first one, with its number, is enough. */
export function saysTheSame(one: NoticeContent, other: NoticeContent): boolean {
  const said = (content: NoticeContent) => JSON.stringify({ ...content, number: '', issuedOn: '' })
  return said(one) === said(other)
}
