import {
  allowedRelativeSteps,
  foldRelative,
  type RelativeEvent,
  type RelativeRequest,
  type RelativeState,
  type RelativeStep,
} from '../../domain/care/relativeRequest.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import type { Outcome } from '../caseViews.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { ownData } from '../privacy/ownData.ts'
import { eraseAtWish, wishCorrection } from '../privacy/wishes.ts'
import { stepOf } from './careAccess.ts'

export interface RelativeView {
  id: string
  state: RelativeState
  allowed: RelativeStep[]
}

export interface RelativeAsked extends Omit<Extract<RelativeEvent, { type: 'asked' }>, 'type'> {
  /** Number of a case of the person who died. */
  caseNumber: string
}

export type RelativeDecision = { granted: true } | { granted: false; arranged: boolean; reason: string }

/** 个人信息保护法 49: relatives of somebody who died ask, the town or county sees their papers and decides; all is written down. */
export interface RelativeDesk {
  list(officer: Officer): Promise<RelativeView[]>
  /** Refused: `notFound` where no case of his place has that number. */
  ask(officer: Officer, asked: RelativeAsked): Promise<Outcome<{ id: string }>>
  check(officer: Officer, id: string, papers: string): Promise<Outcome<{ id: string }>>
  /** Granted, a wish for deletion or correction is done at once; what is to be seen is opened by `data`. */
  decide(officer: Officer, id: string, decision: RelativeDecision): Promise<Outcome<{ id: string }>>
  /** What is held of the person who died, once more written down; of a family in care the town alone is shown. */
  data(officer: Officer, id: string): Promise<Outcome<Record<string, unknown>>>
}

const SHOWN_AT_ONCE = 100

export function makeRelativeDesk(parts: AppParts): RelativeDesk {
  const step = <T>(
    officer: Officer,
    id: string,
    { event, follow }: { event: RelativeEvent; follow(tx: Tx, request: RelativeRequest): Promise<T> },
  ): Promise<Outcome<T>> =>
    untilQuiet(() =>
      parts.store.transaction(eyesOf(officer), async tx => {
        const request = await tx.relatives.lock(id)
        if (!request || !covers(officer.regionCode, request.regionCode)) return refused({ code: 'notFound' })
        const state = foldRelative(request.actions)
        const allowed = allowedRelativeSteps(state)
        if (event.type === 'asked' || !allowed.includes(event.type)) return refused({ code: 'notAllowed', allowed })
        await tx.relatives.append({ requestId: id, seq: state.nextSeq, ...stepOf(parts, officer), event })
        await note(parts, tx, officer, { id, regionCode: request.regionCode, action: event.type })
        await tx.as({ kind: 'system' })
        return { ok: true, value: await follow(tx, request) }
      }),
    )
  const done = async (_tx: Tx, { id }: RelativeRequest) => ({ id })
  return {
    list: officer =>
      parts.store.transaction(eyesOf(officer), async tx =>
        (await tx.relatives.list(SHOWN_AT_ONCE)).map(({ id, actions }) => {
          const state = foldRelative(actions)
          return { id, state, allowed: allowedRelativeSteps(state) }
        }),
      ),
    ask: (officer, asked) => ask(parts, officer, asked),
    check: (officer, id, papers) => step(officer, id, { event: { type: 'checked', papers }, follow: done }),
    decide: (officer, id, decision) =>
      decision.granted
        ? step(officer, id, { event: { type: 'granted' }, follow: (tx, request) => carryOut(parts, tx, request) })
        : step(officer, id, {
            event: { type: 'refused', arranged: decision.arranged, reason: decision.reason },
            follow: done,
          }),
    data: (officer, id) =>
      step(officer, id, {
        event: { type: 'shown' },
        follow: (tx, { residentId }) => shownTo(parts, tx, officer, residentId),
      }),
  }
}

async function ask(
  parts: AppParts,
  officer: Officer,
  { caseNumber, ...asked }: RelativeAsked,
): Promise<Outcome<{ id: string }>> {
  return parts.store.transaction(eyesOf(officer), async tx => {
    const residentId = await tx.relatives.residentOfCase(caseNumber)
    if (residentId === null) return refused({ code: 'notFound' })
    const id = parts.world.newId()
    const { regionCode } = officer
    const event = { type: 'asked' as const, ...asked }
    const actions = [{ requestId: id, seq: 1, ...stepOf(parts, officer), event }]
    await tx.relatives.insert({ id, regionCode, residentId, actions })
    await note(parts, tx, officer, { id, regionCode, action: 'asked' })
    return { ok: true, value: { id } }
  })
}

/** All of it, but for the county not the family in care: that is seen by its town and its contacts alone. */
async function shownTo(
  parts: AppParts,
  tx: Tx,
  { role }: Officer,
  residentId: string,
): Promise<Record<string, unknown>> {
  const { care, ...held } = await ownData(parts, tx, residentId)
  return role === 'town' ? { ...held, care } : held
}

/** What was granted is done: nobody has to remember it. Needs the eyes of the service. */
async function carryOut(
  parts: AppParts,
  tx: Tx,
  { id, residentId, actions }: RelativeRequest,
): Promise<{ id: string }> {
  const { asked } = foldRelative(actions)
  const at = parts.world.now()
  if (asked.wish === 'delete') await eraseAtWish(tx, residentId, at)
  if (asked.wish === 'correct') {
    await wishCorrection(parts, tx, { residentId, channel: 'web', field: 'other', value: asked.interest, at })
  }
  return { id }
}

function note(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, regionCode, action }: { id: string; regionCode: string; action: string },
): Promise<void> {
  const entry = { objectKind: 'relativeRequest', objectId: id, regionCode, detail: {} }
  return tx.audit.add({ ...entry, ...stepOf(parts, officer), action: `relative.${action}` })
}
