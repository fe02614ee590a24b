import type { BureauDesk } from '../app/bureauDesk.ts'
import type { CaseWork } from '../app/caseUse.ts'
import type { Log } from './queues.ts'

/** What the service does of itself in cases, and who carries questions to other bureaus. */
export interface CaseParts {
  work: Pick<CaseWork, 'look' | 'exchange' | 'watch'>
  bureaus: BureauDesk
}

/** Cases looked at in one go; what is left is the next sweep's. */
const BATCH = 100
/** Gos of one sweep, so that a backlog does not keep the outbox waiting. */
const MOST_BATCHES = 10

/**
 * Acceptance by silence, the archive, questions to other bureaus. Driven by what the tables say is due, so any number of
 * workers may run it at once and none needs to; a failure is written down and comes again with the next sweep.
 */
export async function workOnCases({ work, bureaus }: CaseParts, log: Log): Promise<void> {
  try {
    for (let batches = 0; batches < MOST_BATCHES; batches++) {
      if ((await work.look(BATCH)) < BATCH) break
    }
    await work.watch(BATCH)
    await work.exchange(bureaus)
  } catch (error) {
    log('cases.failed', { reason: error instanceof Error ? error.name : 'unknown' })
  }
}
