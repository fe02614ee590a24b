import { z } from 'zod'
import type { Application } from '../../domain/application.ts'
import type { Outcome, ResidentApplicationView } from '../app.ts'
import type { ResidentCases } from '../caseUse.ts'
import { untilQuiet } from '../officer/eyes.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { residentViewer } from '../residentView.ts'
import { post, unaskedTurn } from '../unaskedTurn.ts'
import { supplementCase, withdrawCase } from './residentSteps.ts'
import { freshCode, typedCode } from './shortCodes.ts'

const invitation = z.object({ flow: z.string(), slots: z.record(z.string(), z.string()) })

/** Residents' use cases around the life of their own cases. What one of them settles, the chat asks for no more. */
export function makeResidentCases(parts: AppParts): ResidentCases {
  const own = (
    { residentId, id }: { residentId: string; id: string },
    step: (tx: Tx) => Promise<Outcome<Application>>,
  ): Promise<Outcome<ResidentApplicationView>> =>
    untilQuiet(() =>
      parts.store.transaction({ kind: 'system' }, async tx => {
        // Before the case, as the chat does it: of two at once neither waits for the other for ever.
        await tx.turns.lock(residentId)
        const done = await step(tx)
        if (!done.ok) return done
        await unaskedTurn(parts, tx, residentId, { kind: 'settled', flow: 'supplement', slots: { applicationId: id } })
        await tx.as({ kind: 'resident', residentId })
        return { ok: true, value: (await residentViewer(parts, tx, [done.value]))(done.value) }
      }),
    )
  return {
    withdraw: (residentId, id, reason) =>
      own({ residentId, id }, tx => withdrawCase(parts, tx, residentId, { id, reason })),
    supplement: (residentId, id, materials) =>
      own({ residentId, id }, tx => supplementCase(parts, tx, residentId, { id, materials })),
    assistCode: residentId => parts.store.transaction({ kind: 'system' }, tx => assistCode(parts, tx, residentId)),
    acceptInvitation: (residentId, code) =>
      parts.store.transaction({ kind: 'system' }, tx => acceptInvitation(parts, tx, residentId, code)),
  }
}

/** The resident's own code; an earlier one ends. Needs the eyes of the service. */
export function assistCode(parts: AppParts, tx: Tx, residentId: string) {
  return freshCode(parts, tx, { purpose: 'assist', residentId, officerId: null, regionCode: null }, null)
}

async function acceptInvitation(parts: AppParts, tx: Tx, residentId: string, code: string): Promise<boolean> {
  // Who never opened the chat has no conversation to begin in: the code stays good until he did.
  if (!(await tx.turns.lock(residentId))) return false
  const redeemed = await tx.shortCodes.redeem(parts.hashToken(typedCode(code)), 'invitation', parts.world.now())
  const content = invitation.safeParse(redeemed?.content)
  if (!content.success) return false
  const turn = await unaskedTurn(parts, tx, residentId, { kind: 'invite', ...content.data })
  if (!turn) return false
  const { replies } = turn.result
  const dedupeKey = `invitation:${turn.turnId}`
  await post(parts, tx, turn, [{ residentId, replies, dedupeKey, critical: false, awaited: true }])
  return true
}
