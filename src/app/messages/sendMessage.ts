import type { Json, Reply } from '../../conversation/types.ts'
import { decideMessage, type MessageVerdict, type NotSentReason } from '../../domain/message/decideMessage.ts'
import type { MessagePurpose } from '../../domain/message/purpose.ts'
import { fillTemplate, templateFor, templateWays } from '../../domain/message/template.ts'
import type { Instant } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import type { MessageNotice } from '../outboxMessage.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { circlesOf } from './circles.ts'
import { messageRulesAt } from './rulesHere.ts'
import type { Circle, CircleStanding, MessageAddress, Receiver } from './messagePort.ts'

/** A message that nobody asked for at this moment. */
export interface OutgoingMessage {
  to: Receiver
  purpose: MessagePurpose
  /** Key of its sentence in `locales/`; also names the template by which platforms send it outside a conversation. */
  key: string
  values: Record<string, Json>
  /** The same for the same cause: sent once. One that was not sent may be asked again and is decided anew. */
  dedupeKey: string
  /** Worth nothing from then on; otherwise as the rules have it for the purpose. */
  expiresAt?: Instant
  /** Sent again when nobody knows whether it arrived. */
  critical?: boolean
  /** A page of ours to go on. */
  url?: string
  /** What a conversation of its own accord says (`unaskedTurn`), instead of the sentence of `key`. */
  replies?: Reply[]
}

/** `queued`: on its way, now or after the quiet hours. `notSent`: written down with its reason; a person may go instead. */
export type MessageOutcome = { kind: 'queued'; id: string } | { kind: 'notSent'; reason: NotSentReason }

/**
 * Sends one message to a resident, or to whoever speaks for a household, inside the caller's transaction: it leaves only if
 * that commits. The eyes are afterwards as they were.
 */
export async function sendMessage(parts: AppParts, tx: Tx, message: OutgoingMessage): Promise<MessageOutcome> {
  const [outcome] = await sendMessages(parts, tx, [message])
  if (!outcome) throw new Error('a message without an outcome')
  return outcome
}

/** Messages of one transaction decided together. */
interface Batch {
  parts: AppParts
  tx: Tx
  now: Instant
}

/** One message with all that its decision needs. */
interface Considered {
  message: OutgoingMessage
  circle: Circle
  standing: CircleStanding
  residentId: string | null
  address: MessageAddress | null
  verdict: MessageVerdict
  id: string
}

/**
 * The same for many, in a handful of statements; a few hundred at a time. Of two to one household in one call the second
 * meets the first as if it had been sent before.
 */
export function sendMessages(parts: AppParts, tx: Tx, messages: readonly OutgoingMessage[]): Promise<MessageOutcome[]> {
  return asService(tx, () => decideAll({ parts, tx, now: parts.world.now() }, messages))
}

async function decideAll(batch: Batch, messages: readonly OutgoingMessage[]): Promise<MessageOutcome[]> {
  const { tx } = batch
  const circles = await circlesOf(
    tx,
    messages.map(({ to }) => to),
  )
  await tx.messages.hold(circles)
  const known = await tx.messages.queued(messages.map(({ dedupeKey }) => dedupeKey))
  const considered = await consider(batch, messages, circles, known)
  await write(batch, considered)
  const decided = new Map(considered.map(one => [one.message, one]))
  return messages.map(message => {
    const one = decided.get(message)
    const id = known.get(message.dedupeKey)
    if (!one) return { kind: 'queued', id: id ?? '' }
    return one.verdict.kind === 'send'
      ? { kind: 'queued', id: one.id }
      : { kind: 'notSent', reason: one.verdict.reason }
  })
}

/** Plans older than this matter to no cap and no cool-down. */
const LONGEST_MEMORY_MS = 367 * 86_400_000

async function consider(
  batch: Batch,
  messages: readonly OutgoingMessage[],
  circles: Circle[],
  known: Map<string, string>,
): Promise<Considered[]> {
  const { parts, tx, now } = batch
  const standings = await tx.messages.standing(circles, now - LONGEST_MEMORY_MS)
  const addresses = await tx.messages.addressesOf(circles.flatMap(({ residentIds }) => residentIds))
  const places = await tx.messages.places(circles)
  const planned = new Map<string, CircleStanding['planned']>()
  const considered: Considered[] = []
  for (const [n, message] of messages.entries()) {
    const circle = circles[n]
    const standing = standings[n]
    if (!circle || !standing || known.has(message.dedupeKey)) continue
    const members = [...circle.householdIds, ...circle.residentIds]
    const here = members.flatMap(member => planned.get(member) ?? [])
    const { residentId, optedOut } = whoGetsIt(message.purpose, circle, standing, addresses)
    const address = residentId === null ? null : (addresses.get(residentId) ?? null)
    const verdict = decideMessage(
      { purpose: message.purpose, expiresAt: message.expiresAt ?? null },
      { ...standing, optedOut, planned: [...standing.planned, ...here], reachable: address !== null },
      { rules: messageRulesAt(parts, places[n] ?? null), now },
    )
    if (verdict.kind === 'send') {
      const plan = { purpose: message.purpose, at: verdict.notBefore }
      for (const member of members) planned.set(member, [...(planned.get(member) ?? []), plan])
    }
    considered.push({ message, circle, standing, residentId, address, verdict, id: parts.world.newId() })
  }
  return considered
}

/** The first who can be written to and has not refused this; only where all of them have does the household stay without. */
function whoGetsIt(
  purpose: MessagePurpose,
  { residentIds }: Circle,
  standing: CircleStanding,
  addresses: Map<string, MessageAddress>,
): { residentId: string | null; optedOut: MessagePurpose[] } {
  const refused = new Set(standing.optedOut.flatMap(one => (one.purpose === purpose ? [one.residentId] : [])))
  const reachable = residentIds.filter(id => addresses.has(id))
  const willing = reachable.find(id => !refused.has(id))
  if (willing !== undefined) return { residentId: willing, optedOut: [] }
  return { residentId: reachable[0] ?? null, optedOut: reachable.length > 0 ? [purpose] : [] }
}

async function write({ parts, tx, now }: Batch, considered: Considered[]): Promise<void> {
  await tx.messages.record(
    considered.map(({ id, message, circle, residentId, verdict }) => ({
      ...{ id, residentId: residentId ?? circle.residentIds[0] ?? null, householdId: circle.householdIds[0] ?? null },
      ...{ purpose: message.purpose, key: message.key, dedupeKey: message.dedupeKey },
      reason: verdict.kind === 'notSent' ? verdict.reason : null,
      plannedAt: verdict.kind === 'send' ? verdict.notBefore : now,
      at: now,
    })),
  )
  const leaving = considered.flatMap(one => outboxRow(parts, one, now))
  if (leaving.length === 0) return
  await tx.messages.enqueue(leaving)
  const ready = leaving.filter(({ notBefore }) => notBefore <= now).map(({ id }) => id)
  if (ready.length > 0) tx.afterCommit(() => parts.wake.outbox(ready))
}

function outboxRow(parts: AppParts, { id, message, residentId, address, verdict }: Considered, now: Instant) {
  if (verdict.kind === 'notSent' || !address || residentId === null) return []
  const { channel, sender, language } = address
  const { key, values, url, purpose, dedupeKey, critical = false } = message
  const said: Reply = { id: `${id}-1`, kind: 'text', text: parts.text(language, key, values) }
  const replies = message.replies ?? [url === undefined ? said : { ...said, url }]
  const notice = { key, values, ...(url === undefined ? {} : { url }) }
  reportUnfit(parts, notice, replies[0]?.text ?? '')
  const when = { notBefore: verdict.notBefore, createdAt: now, expiresAt: verdict.expiresAt }
  return [
    { id, residentId, channel, sender, replies, dedupeKey: `message:${dedupeKey}`, critical, purpose, notice, ...when },
  ]
}

/** A form whose values do not fit is our mistake, told before anything is queued; the message goes by its other ways. */
function reportUnfit(parts: AppParts, { key, values }: MessageNotice, text: string): void {
  for (const way of templateWays) {
    const form = templateFor(parts.templates, way, key)
    const filled = form && fillTemplate(form, { ...values, text })
    if (filled?.ok === false) parts.report(new Error(`${key}: ${filled.field} does not fit its form`), `message.${way}`)
  }
}
