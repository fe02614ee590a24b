import type { Actor } from '../../domain/application.ts'
import { mannersOf, messagePurposes, type MessagePurpose } from '../../domain/message/purpose.ts'
import { asService } from '../asService.ts'
import { bringBack } from '../campaigns/bringBack.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { callInstead } from './callInstead.ts'
import { wholeCircle } from './circles.ts'
import type { DroppedMessage, Mute, MuteReason, Receiver } from './messagePort.ts'

const endedByMute = messagePurposes.filter(purpose => mannersOf[purpose].endsByMute)

/**
 * Nothing goes to this household or resident of the service's own accord any more, until a human lifts it: what waits is
 * dropped, what is asked for later is not sent. What they have to know all the same, an officer tells them in person. False when
 * it was muted for the same reason before. Audited; the eyes stay.
 */
export async function muteHousehold(
  parts: AppParts,
  tx: Tx,
  { to, reason, by }: { to: Receiver; reason: MuteReason; by: Actor },
): Promise<boolean> {
  return asService(tx, async () => {
    const at = parts.world.now()
    const circle = await wholeCircle(tx, to)
    // Whoever decides about a message to them at this moment is waited for, and then his message is there to be dropped.
    await tx.messages.hold([circle])
    const isNew = await tx.messages.mute({ id: parts.world.newId(), to, reason, by: idOf(by), since: at })
    const dropped = await tx.messages.dropWaiting(circle.residentIds, { purposes: endedByMute, reason: 'muted', at })
    await tellInPerson(parts, tx, dropped)
    if (isNew) await audit(parts, tx, { action: 'message.mute', to, by, detail: { reason } })
    return isNew
  })
}

/** To each by himself, with all the words of one purpose: what was meant for one is no other's to read. */
async function tellInPerson(parts: AppParts, tx: Tx, dropped: DroppedMessage[]): Promise<void> {
  const why = parts.text('zh-CN', 'messages.reason.muted')
  for (const residentId of new Set(dropped.map(one => one.residentId))) {
    for (const purpose of endedByMute) {
      const his = dropped.filter(one => one.residentId === residentId && one.purpose === purpose)
      if (his.length === 0) continue
      const words = his.flatMap(one => one.words ?? [])
      await callInstead(parts, tx, {
        to: { residentId },
        purpose,
        why,
        words: words.length > 0 ? words.join('\n') : null,
      })
    }
  }
}

/** A human says that the service may write again. False when there was no mute. */
export async function liftMute(parts: AppParts, tx: Tx, { to, by }: { to: Receiver; by: Actor }): Promise<boolean> {
  return asService(tx, async () => {
    const lifted = await tx.messages.liftMute(to, { by: idOf(by), at: parts.world.now() })
    if (lifted > 0) await audit(parts, tx, { action: 'message.liftMute', to, by, detail: { mutes: lifted } })
    return lifted > 0
  })
}

/** Whether the service keeps silent towards them: the household itself, or anybody who speaks for it. */
export async function isMuted(tx: Tx, to: Receiver): Promise<boolean> {
  return (await mutesOf(tx, to)).length > 0
}

/** The mutes that hold, newest first. */
export async function mutesOf(tx: Tx, to: Receiver): Promise<Mute[]> {
  return asService(tx, async () => tx.messages.mutesOf(await wholeCircle(tx, to)))
}

/**
 * 退订 of one purpose, or all of them: what waits is dropped, and a household that would have been asked something is asked in
 * another way, if its survey has one. Answers those that changed.
 */
export async function optOut(
  parts: AppParts,
  tx: Tx,
  { residentId, purposes, by }: { residentId: string; purposes: readonly MessagePurpose[]; by: Actor },
): Promise<MessagePurpose[]> {
  const refused = purposes.filter(purpose => mannersOf[purpose].mayBeRefused)
  return asService(tx, async () => {
    const at = parts.world.now()
    await tx.messages.hold([await wholeCircle(tx, { residentId })])
    const changed: MessagePurpose[] = []
    for (const purpose of refused) {
      if (await tx.messages.setOptOut(residentId, { purpose, isOut: true, by: idOf(by), at })) changed.push(purpose)
    }
    const ended = await tx.messages.dropWaiting([residentId], { purposes: refused, reason: 'optedOut', at })
    await bringBack(parts, tx, { ended, byDoor: false })
    return changed
  })
}

/** 恢复接收. Answers those that changed. */
export async function optIn(
  parts: AppParts,
  tx: Tx,
  { residentId, purposes, by }: { residentId: string; purposes: readonly MessagePurpose[]; by: Actor },
): Promise<MessagePurpose[]> {
  return asService(tx, async () => {
    const at = parts.world.now()
    const changed: MessagePurpose[] = []
    for (const purpose of purposes) {
      if (await tx.messages.setOptOut(residentId, { purpose, isOut: false, by: idOf(by), at })) changed.push(purpose)
    }
    return changed
  })
}

async function audit(
  parts: AppParts,
  tx: Tx,
  { action, to, by, detail }: { action: string; to: Receiver; by: Actor; detail: Record<string, string | number> },
): Promise<void> {
  const isHousehold = 'householdId' in to
  await tx.audit.add({
    actor: by,
    action,
    objectKind: isHousehold ? 'household' : 'resident',
    objectId: isHousehold ? to.householdId : to.residentId,
    regionCode: null,
    detail,
    at: parts.world.now(),
  })
}

const idOf = (actor: Actor) => (actor.kind === 'system' ? 'service' : actor.id)
