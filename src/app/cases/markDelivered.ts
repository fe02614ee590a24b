import { allowedActions } from '../../domain/allowedActions.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import { appendEvent } from '../appendEvent.ts'
import type { AppParts } from '../parts.ts'
import { Conflict } from '../ports.ts'

/**
 * The resident has his certificate: the message arrived, or he opened the document. Nothing when that was known before, or
 * somebody else writes it down at this moment.
 */
export async function markDelivered(parts: AppParts, applicationId: string): Promise<void> {
  try {
    await parts.store.transaction({ kind: 'system' }, async tx => {
      const application = await tx.applications.byId(applicationId)
      if (!application) return
      if (!allowedActions(foldApplication(application.actions), 'system').includes('deliver')) return
      const event = { type: 'delivered' as const }
      await appendEvent(tx, application, { actor: { kind: 'system' }, event, at: parts.world.now() })
    })
  } catch (error) {
    // The certificate itself is there and is shown all the same.
    if (!(error instanceof Conflict)) parts.report(error, 'mark as delivered')
  }
}
