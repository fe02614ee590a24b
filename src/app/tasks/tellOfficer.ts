import type { Json, Reply } from '../../conversation/types.ts'
import type { Officer } from '../../domain/officer.ts'
import { shanghaiDate, type Instant } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import type { AppParts } from '../parts.ts'
import type { ChannelName, Tx } from '../ports.ts'
import { nextOfficeMoment, rulesAt } from './taskTime.ts'

/** A sentence to an officer, by its key in `locales/`. Names in it are masked. */
export interface OfficerTelling {
  key: string
  values: Record<string, Json>
  /** The same for the same cause: told once. */
  dedupeKey: string
  /** The morning's digest stands outside the cap of the day. */
  uncounted?: true
  /** Somebody may be in danger: at once, by night too, uncounted, into every chat he bound. */
  urgent?: boolean
  /** A page of ours to go on, where a channel can show one. */
  url?: string
}

/** How it went: on its way; the cap of the day was reached, so the next digest says it; or no chat of his is known. */
export type ToldOfficer = 'told' | 'capped' | 'unreachable'

/**
 * Writes to the chat that an officer bound to his account, in office hours, at most so many times a day. The eyes are afterwards
 * as they were.
 */
export function tellOfficer(
  parts: AppParts,
  tx: Tx,
  officer: Pick<Officer, 'id' | 'regionCode'>,
  telling: OfficerTelling,
): Promise<ToldOfficer> {
  return asService(tx, () => tell(parts, tx, officer, telling))
}

async function tell(
  parts: AppParts,
  tx: Tx,
  officer: Pick<Officer, 'id' | 'regionCode'>,
  telling: OfficerTelling,
): Promise<ToldOfficer> {
  const at = parts.world.now()
  const chats = await chatsOf(tx, officer.id, at)
  const [chat] = chats
  if (!chat) return 'unreachable'
  if (telling.urgent) {
    for (const one of chats) await send(parts, tx, one, telling, at)
    return 'told'
  }
  const notBefore = nextOfficeMoment(parts, officer.regionCode, at)
  const { messagesPerDay } = rulesAt(parts, officer.regionCode)
  const counted = !telling.uncounted
  if (counted && !(await tx.staff.countMessage(officer.id, shanghaiDate(notBefore), messagesPerDay))) return 'capped'
  await send(parts, tx, chat, telling, notBefore)
  return 'told'
}

/** One message to one of his chats. What is urgent is said again when nobody knows whether it arrived. */
async function send(
  parts: AppParts,
  tx: Tx,
  chat: Chat,
  { key, values, dedupeKey, url, urgent = false }: OfficerTelling,
  notBefore: Instant,
): Promise<void> {
  const id = parts.world.newId()
  const said = { id: `${id}-1`, text: parts.text('zh-CN', key, values) }
  const replies: Reply[] = [url === undefined ? { ...said, kind: 'text' } : { ...said, kind: 'card', url }]
  const once = urgent ? `${dedupeKey}:${chat.residentId}` : dedupeKey
  const row = { ...chat, id, replies, dedupeKey: once, critical: urgent, notBefore, createdAt: parts.world.now() }
  // Overtakes what waits for the morning.
  await tx.outbox.add(urgent ? { ...row, purpose: 'distress' } : row)
  wakeAt(parts, tx, id, notBefore)
}

/** What has to wait for the morning is found by the sweeper. */
function wakeAt(parts: AppParts, tx: Tx, id: string, notBefore: Instant): void {
  if (notBefore <= parts.world.now()) tx.afterCommit(() => parts.wake.outbox([id]))
}

interface Chat {
  residentId: string
  channel: ChannelName
  sender: string
}

/** Where he wrote last comes first. A chat that the county bound for him is open to us before he wrote a word. */
async function chatsOf(tx: Tx, officerId: string, at: Instant): Promise<Chat[]> {
  await tx.officers.openChats(officerId, at)
  const chats: Chat[] = []
  for (const residentId of await tx.officers.residentsOf(officerId)) {
    const address = await tx.turns.addressOf(residentId)
    if (address) chats.push({ residentId, ...address })
  }
  return chats
}
