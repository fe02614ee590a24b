import type { Instant } from '../../domain/world.ts'
import type { ChannelName, Tx } from '../ports.ts'

/** How long the link in a message, or the QR code on the paper, opens a notice: longer than any of its terms. */
const LINK_LIFE_MS = 180 * 86_400_000

export type NoticeForm = 'page' | 'pdf' | 'png'

/** Address relative to the public one; signed where the reader has no log-in of ours. The page `/n/…` always is. */
export function noticeLink(
  tx: Tx,
  to: { number: string; at: Instant; channel: ChannelName | null },
  form: NoticeForm,
): string {
  const path = form === 'page' ? `/n/${to.number}` : `/api/notices/${to.number}.${form}`
  if (form !== 'page' && to.channel === 'web') return path
  const until = to.at + LINK_LIFE_MS
  return `${path}?until=${until}&key=${tx.notices.linkKey(to.number, until)}`
}

/** Whether a notice goes out as a picture besides: our own pages show it in large type and read it aloud, which is better. */
export const wantsPicture = (channel: ChannelName): boolean => channel !== 'web' && channel !== 'miniprogram'
