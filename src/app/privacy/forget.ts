import type { ErasureCause } from '../../domain/privacy/retention.ts'
import type { Instant } from '../../domain/world.ts'
import type { Tx } from '../ports.ts'
import { emptied } from './emptied.ts'
import type { Erased } from './privacyPort.ts'

/** Deletes what may go of one resident, with proof and an audit entry that says how much. Needs the eyes of the service. */
export async function forget(tx: Tx, residentId: string, cause: ErasureCause, at: Instant): Promise<Erased[]> {
  const erased = await tx.privacy.erase(residentId, cause, at)
  const rows = erased.reduce((sum, one) => sum + one.rows, 0)
  await notePrivacy(tx, residentId, { action: 'erase', detail: { cause, rows }, at })
  return erased
}

/**
 * The platform says that a person withdrew from it: all consents end, what may go goes, and the address too unless something
 * is undecided, which its resident has to be told. Then the conversation keeps its language and no form.
 */
export async function forgetRevoked(tx: Tx, residentId: string, at: Instant): Promise<void> {
  for (const { purpose } of (await tx.privacy.held(residentId)).consents) {
    await withdrawPurpose(tx, residentId, purpose, at)
  }
  await forget(tx, residentId, 'revoked', at)
  if (await tx.privacy.hasOpenCase(residentId)) await emptyConversation(tx, residentId, at)
  else await tx.privacy.purge(residentId, 'revoked', at)
}

/** The conversation keeps its language and who speaks, and no form; a turn that is being taken is waited for. */
export async function emptyConversation(tx: Tx, residentId: string, at: Instant): Promise<void> {
  const held = await tx.turns.lock(residentId)
  if (!held?.conversation) return
  const { awaiting: _awaiting, ...conversation } = held.conversation
  await tx.turns.save(residentId, held.version, emptied({ ...conversation, current: null }), at)
}

/** A consent ends, and what stood on it. False when there was none. */
export async function withdrawPurpose(tx: Tx, residentId: string, purpose: string, at: Instant): Promise<boolean> {
  if (!(await tx.privacy.endConsent(residentId, purpose, at))) return false
  if (purpose === 'serviceCalendar') await tx.serviceCalendars.stop(residentId, at)
  await notePrivacy(tx, residentId, { action: 'withdraw', detail: { purpose }, at })
  return true
}

export function notePrivacy(
  tx: Tx,
  residentId: string,
  { action, detail, at }: { action: string; detail: Record<string, string | number>; at: Instant },
): Promise<void> {
  const actor = { kind: 'resident' as const, id: residentId }
  const entry = { actor, objectKind: 'resident', objectId: residentId, regionCode: null }
  return tx.audit.add({ ...entry, action: `resident.${action}`, detail, at })
}
