import type { Notice } from '../../domain/notice/notice.ts'
import { covers } from '../../domain/officer.ts'
import { isKey } from '../linkKey.ts'
import { eyesOf } from '../officer/eyes.ts'
import type { AppParts } from '../parts.ts'
import type { Scope, Tx } from '../ports.ts'
import { noticeLink } from './noticeLinks.ts'
import type { NoticeLink, NoticePrint, NoticeReading } from './noticeUse.ts'

/** The holder's first look is noted; an officer's look is not his. */
export function makeNoticeReading(parts: AppParts): NoticeReading {
  const as = <T>(scope: Scope, run: (tx: Tx) => Promise<T>) => parts.store.transaction(scope, run)
  return {
    own: (residentId, number) => as({ kind: 'resident', residentId }, tx => readOwn(parts, tx, residentId, number)),
    byLink: async link => {
      if (link.until < parts.world.now()) return null
      const residentId = await as({ kind: 'system' }, tx => holderOf(parts, tx, link))
      if (residentId === null) return null
      return as({ kind: 'resident', residentId }, tx => readOwn(parts, tx, residentId, link.number))
    },
    ofPlace: (officer, number) =>
      as(eyesOf(officer), async tx => {
        const notice = await tx.notices.byNumber(number)
        return notice && covers(officer.regionCode, notice.regionCode) ? printOf(tx, notice) : null
      }),
  }
}

async function readOwn(parts: AppParts, tx: Tx, residentId: string, number: string): Promise<NoticePrint | null> {
  const notice = await tx.notices.byNumber(number)
  if (notice?.residentId !== residentId) return null
  await tx.notices.note({ number, type: 'read', by: { kind: 'resident', id: residentId }, at: parts.world.now() })
  return printOf(tx, notice)
}

async function printOf(tx: Tx, notice: Notice): Promise<NoticePrint> {
  const { number, issuedAt } = notice
  // The end of the link follows from the day of issue: the paper is the same whenever it is printed.
  const page = noticeLink(tx, { number, at: issuedAt, channel: null }, 'page')
  return { notice, times: await tx.notices.times(number), page }
}

async function holderOf(parts: AppParts, tx: Tx, { number, until, key }: NoticeLink): Promise<string | null> {
  if (!isKey(parts, tx.notices.linkKey(number, until), key)) return null
  return (await tx.notices.byNumber(number))?.residentId ?? null
}
