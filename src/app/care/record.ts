import type { Actor } from '../../domain/application.ts'
import type { CareAction, CareEvent, CareFamily } from '../../domain/care/careFamily.ts'
import { applyCare, foldCare } from '../../domain/care/careState.ts'
import type { Instant } from '../../domain/world.ts'
import type { Tx } from '../ports.ts'

export interface CareStep {
  actor: Actor
  at: Instant
}

/** One more line in the log of a family, with its audit row. The family was read under lock. Needs the eyes of the service. */
export async function recordCare(
  tx: Pick<Tx, 'care' | 'audit'>,
  family: CareFamily,
  event: CareEvent,
  { actor, at }: CareStep,
): Promise<CareFamily> {
  const before = foldCare(family.actions)
  const action: CareAction = { familyId: family.id, seq: before.nextSeq, at, actor, event }
  await tx.care.append(action, applyCare(before, action))
  await noteCare(tx, family.id, { actor, at, action: event.type })
  return { ...family, actions: [...family.actions, action] }
}

/** That somebody looked at a family or did something for it. No place: the county reads its trail and must not learn of it. */
export function noteCare(
  tx: Pick<Tx, 'audit'>,
  familyId: string,
  { actor, at, action, detail = {} }: CareStep & { action: string; detail?: Record<string, string | number> },
): Promise<void> {
  const entry = { objectKind: 'careFamily', objectId: familyId, regionCode: null }
  return tx.audit.add({ ...entry, actor, action: `care.${action}`, detail, at })
}
