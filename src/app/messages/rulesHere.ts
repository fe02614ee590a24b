import { endOfQuiet, isQuiet } from '../../domain/message/decideMessage.ts'
import { messageRulesOf, type MessageRules, type QuietHours } from '../../domain/message/messageRules.ts'
import type { Instant } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import { rings, type OutboxMessage } from '../outboxMessage.ts'
import type { AppParts } from '../parts.ts'
import type { ChannelName, Tx } from '../ports.ts'
import { circlesOf } from './circles.ts'

type Rules = Pick<AppParts, 'messageRules' | 'packFor' | 'settings'>
type Hours = Rules & Pick<AppParts, 'quietHoursAnywhere'>

/** The rules at a place; nobody knows where he lives: those of the home county. */
export function messageRulesAt({ messageRules, packFor, settings }: Rules, place: string | null): MessageRules {
  return messageRulesOf(messageRules, packFor(place ?? settings.homeRegion).messages)
}

/** The quiet hours that a message in hand keeps at this moment. By day nobody has to be looked up: no place is quiet then. */
export async function quietHoursOf(
  parts: Hours & Pick<AppParts, 'store' | 'world'>,
  message: Pick<OutboxMessage, 'residentId' | 'purpose'>,
): Promise<QuietHours | null> {
  const at = parts.world.now()
  if (!isQuiet(parts.quietHoursAnywhere, at)) return null
  return parts.store.transaction({ kind: 'system' }, tx => quietHoursFor(parts, tx, { ...message, at }))
}

/**
 * The quiet hours that such a message keeps at this moment, where its resident lives. Null: none, because it is word about his
 * case (no purpose) and he wrote a moment ago. The eyes are afterwards as they were.
 */
function quietHoursFor(
  parts: Rules,
  tx: Tx,
  { residentId, purpose, at }: Pick<OutboxMessage, 'residentId' | 'purpose'> & { at: Instant },
): Promise<QuietHours | null> {
  return asService(tx, async () => {
    const [place = null] = await tx.messages.places(await circlesOf(tx, [{ residentId }]))
    const { quietHours, awakeMinutes } = messageRulesAt(parts, place)
    if (purpose !== undefined) return quietHours
    const spoken = { since: at - awakeMinutes * 60_000, morning: endOfQuiet(quietHours, at) }
    return (await tx.messages.isTalking(residentId, spoken)) ? null : quietHours
  })
}

/** When word about a case that he did not just ask for may leave: now, or at the end of the quiet hours that it keeps. */
export async function unaskedHour(
  parts: Hours,
  tx: Tx,
  { residentId, channel, at }: { residentId: string; channel: ChannelName; at: Instant },
): Promise<Instant> {
  const mayBeQuiet = rings(channel) && isQuiet(parts.quietHoursAnywhere, at)
  const quietHours = mayBeQuiet ? await quietHoursFor(parts, tx, { residentId, at }) : null
  return quietHours ? endOfQuiet(quietHours, at) : at
}
