import { numberedLines } from '../../conversation/steps/notice.ts'
import type { Language, Reply } from '../../conversation/types.ts'
import type { Application } from '../../domain/application.ts'
import type { Notice } from '../../domain/notice/notice.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { inviteByDay, post } from '../unaskedTurn.ts'
import { noticeInBrief, noticeWords } from './noticeInBrief.ts'
import { NOTICE_KEY } from './noticeKey.ts'
import { noticeLink, wantsPicture } from './noticeLinks.ts'

/**
 * Tells the resident what is missing, with paper and picture, and asks him to confirm. Leaves by the outbox and is critical; the
 * question waits inside the conversation while another matter is in progress. Who has no chat is told by the officer.
 */
export async function tellNotice(parts: AppParts, tx: Tx, application: Application, notice: Notice): Promise<void> {
  const { residentId, id } = application
  const { number, content } = notice
  const slots = {
    applicationId: id,
    applicationNumber: application.number,
    noticeNumber: number,
    gapList: numberedLines(content.gaps.map(({ what }) => what)),
    supplementBy: content.supplementBy,
  }
  const turn = await inviteByDay(parts, tx, residentId, { kind: 'invite', flow: 'supplement', slots })
  if (!turn?.address) return
  const { result, turnId, at, address } = turn
  const replies = noticeReplies(parts, notice, result.conversation.language, {
    turnId,
    picture: wantsPicture(address.channel),
    link: form => noticeLink(tx, { number: notice.number, at, channel: address.channel }, form),
  })
  await post(parts, tx, turn, [
    { residentId, replies, dedupeKey: `${NOTICE_KEY}${id}:${notice.number}`, critical: true },
    { residentId, replies: result.replies, dedupeKey: `supplement:${notice.number}`, critical: false },
  ])
}

function noticeReplies(
  parts: AppParts,
  { content }: Notice,
  language: Language,
  { turnId, picture, link }: { turnId: string; picture: boolean; link(form: 'pdf' | 'png'): string },
): Reply[] {
  const words = noticeWords(parts, language)
  const brief = noticeInBrief(parts, content, language)
  const told = words('told', { ...brief, gaps: numberedLines(brief['gaps']) })
  const card: Reply = { id: `${turnId}-notice`, kind: 'card', text: told, url: link('pdf') }
  const image: Reply = { id: `${turnId}-picture`, kind: 'image', text: words('picture'), url: link('png') }
  return picture ? [card, image] : [card]
}
