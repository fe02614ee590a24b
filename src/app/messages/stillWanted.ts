import { mannersOf } from '../../domain/message/purpose.ts'
import type { Asked } from '../../domain/survey/kinds.ts'
import { calendarOf } from '../calendar/sendCalendars.ts'
import { invitationOf } from '../campaigns/askBatch.ts'
import type { AppParts } from '../parts.ts'
import type { OutboxMessage, Tx } from '../ports.ts'
import { isMuted } from './mutes.ts'

/**
 * Whether a message that waited may still leave, asked at the last moment before it does: not to who was muted or refused it
 * meanwhile, and nothing from a calendar that has ended, or a campaign that was stopped while a platform had it in hand, to a
 * household that is gone, or to who speaks for it no more.
 */
export function stillWanted(
  parts: Pick<AppParts, 'store'>,
  { purpose, residentId, dedupeKey }: Pick<OutboxMessage, 'purpose' | 'residentId' | 'dedupeKey'>,
): Promise<boolean> {
  if (!purpose || !(mannersOf[purpose].endsByMute || mannersOf[purpose].mayBeRefused)) return Promise.resolve(true)
  return parts.store.transaction({ kind: 'system' }, async tx => {
    const { endsByMute, mayBeRefused } = mannersOf[purpose]
    if (endsByMute && (await isMuted(tx, { residentId }))) return false
    if (mayBeRefused && (await tx.messages.optedOut(residentId)).includes(purpose)) return false
    const invited = invitationOf(dedupeKey)
    if (invited && (await isPointless(tx, invited, residentId))) return false
    const calendarId = calendarOf(dedupeKey)
    return calendarId === null || tx.serviceCalendars.isRunning(calendarId)
  })
}

async function isPointless(tx: Tx, { campaignId, householdId }: Asked, residentId: string): Promise<boolean> {
  if ((await tx.surveys.campaign(campaignId))?.status === 'stopped') return true
  if (await tx.households.isGone(householdId)) return true
  return !(await tx.households.linksOf(residentId)).some(link => link.householdId === householdId)
}
