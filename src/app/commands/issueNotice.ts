import { z } from 'zod'
import { languages } from '../../conversation/types.ts'
import { matters } from '../../domain/application.ts'
import { situationFrom } from '../../domain/notice/situation.ts'
import { composeNotice, saysTheSame } from '../notices/composeNotice.ts'
import { noticeInBrief } from '../notices/noticeInBrief.ts'
import { noticeLink, wantsPicture } from '../notices/noticeLinks.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'
import type { Notice } from '../../domain/notice/notice.ts'

/** Slots of whatever flow asks; those it does not have are absent. */
const asked = z.object({
  matter: z.enum(matters),
  document: z.string().nullish(),
  region: z
    .string()
    .regex(/^\d{6}(\d{3}(\d{3})?)?$/)
    .nullish(),
  applicantName: z.string().max(50).nullish(),
  stage: z.unknown().optional(),
  registrant: z.unknown().optional(),
  married: z.unknown().optional(),
  remarried: z.unknown().optional(),
  language: z.enum(languages).nullish(),
})

/**
 * Issues the one-time notice for who asks in chat. Who asks the same again gets the same notice with the same number.
 * Outcomes: `issued`; `unknown` where the place is not said or its papers are not verified, with the office to ask.
 */
export const issueNotice: CommandHandler = async (args, context) => {
  const { matter, document, region, applicantName, language, ...answers } = asked.parse(args)
  if (!region) return outcome('unknown', { officeName: null, officePhone: null, complaintPhone: null })
  const occasion = {
    subject: { matter, document: document ?? null },
    situation: situationFrom(answers),
    regionCode: region,
    residentId: context.residentId,
    applicantName: applicantName ?? null,
    application: null,
    at: context.at,
  }
  const notice = await composeNotice(context.parts, context.tx, occasion, null)
  const { materials, needed } = notice.content
  const brief = noticeInBrief(context.parts, notice.content, language ?? 'zh-CN')
  if (materials.value === null && needed.value !== false) return outcome('unknown', brief)
  const issued = await issueOnce(notice, context)
  const to = { number: issued.number, at: context.at, channel: context.address.channel }
  return outcome('issued', {
    ...brief,
    number: issued.number,
    url: noticeLink(context.tx, to, 'pdf'),
    picture: wantsPicture(to.channel) ? noticeLink(context.tx, to, 'png') : null,
  })
}

async function issueOnce(notice: Notice, { tx, residentId, at }: CommandContext): Promise<Notice> {
  const last = await tx.notices.lastAsked(residentId, notice.matter)
  if (last && saysTheSame(last.content, notice.content)) return last
  const by = { kind: 'resident' as const, id: residentId }
  await tx.notices.insert(notice, by)
  await tx.audit.add({
    actor: by,
    action: 'oneTimeNotice.issue',
    objectKind: 'notice',
    objectId: notice.number,
    regionCode: notice.regionCode,
    detail: { kind: notice.kind, matter: notice.matter },
    at,
  })
  return notice
}
