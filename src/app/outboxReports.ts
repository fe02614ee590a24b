import { openTask, taskCreated } from '../domain/taskState.ts'
import { shanghaiDate } from '../domain/world.ts'
import type { App } from './app.ts'
import { bringBack } from './campaigns/bringBack.ts'
import { markDelivered } from './cases/markDelivered.ts'
import { callInstead } from './messages/callInstead.ts'
import { NOTICE_KEY } from './notices/noticeKey.ts'
import type { AppParts } from './parts.ts'
import type { OutboxMessage, SendFailure, Tx } from './ports.ts'

/** Prefix of the dedupe key under which a decision is told. */
export const DECISION_KEY = 'decision:'

/** What follows from the fate of a message. Both calls may come twice and then change nothing. */
export function makeOutboxReports(parts: AppParts): App['outbox'] {
  return {
    sent: async message => {
      const applicationId = decidedApplication(message)
      if (!applicationId) return
      await markDelivered(parts, applicationId)
    },
    undeliverable: (message, failure) =>
      parts.store.transaction({ kind: 'system' }, async tx => {
        const { residentId, purpose } = message
        if (!purpose) return askOfficerToTell(parts, tx, message, failure)
        // Asked twice is worse than perhaps not asked.
        if (purpose === 'survey' && !failure.mayHaveArrived)
          return bringBack(parts, tx, { ended: [message], byDoor: true })
        const words = message.replies.map(({ text }) => text).join('\n')
        await callInstead(parts, tx, { to: { residentId }, purpose, why: failure.tell, words: words || null })
      }),
  }
}

function decidedApplication(message: OutboxMessage): string | null {
  return message.dedupeKey.startsWith(DECISION_KEY) ? message.dedupeKey.slice(DECISION_KEY.length) : null
}

/** The application of a decision or of a notice of what is missing: both are worth a visit. */
function toldApplication(message: OutboxMessage): string | null {
  if (!message.dedupeKey.startsWith(NOTICE_KEY)) return decidedApplication(message)
  return message.dedupeKey.slice(NOTICE_KEY.length).split(':')[0] ?? null
}

/** The last way: a person calls or visits. A missed reminder is not worth it. */
async function askOfficerToTell(parts: AppParts, tx: Tx, message: OutboxMessage, failure: SendFailure): Promise<void> {
  const applicationId = toldApplication(message)
  const application = applicationId ? await tx.applications.byId(applicationId) : null
  if (!application) return
  const open = (await tx.tasks.ofApplication(application.id)).some(({ source }) => source === 'unreachable')
  if (open) return
  const at = parts.world.now()
  const due = parts.addWorkingDays(shanghaiDate(at), parts.settings.callBackDays)
  const task = openTask({
    id: parts.world.newId(),
    source: 'unreachable',
    regionCode: application.regionCode,
    applicationId: application.id,
    summary: parts.text('zh-CN', 'app.task.unreachable', { number: application.number, why: failure.tell }),
    promiseDue: due.date,
    dueProvisional: due.provisional,
    createdAt: at,
  })
  await tx.tasks.insert(task, taskCreated(task, { kind: 'system' }))
}
