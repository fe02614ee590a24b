import type { App, CertificatePrint } from './app.ts'
import { makeAudit } from './audit.ts'
import { calendarsOf } from './calendarView.ts'
import { answerConfirmation, exchangeConfirmations } from './cases/confirmations.ts'
import { lookAtCases } from './cases/lookAt.ts'
import { markDelivered } from './cases/markDelivered.ts'
import { makeResidentCases } from './cases/residentCases.ts'
import { watchNowAndThen } from './cases/watchCommitments.ts'
import { certificateByLink, certificatePrint } from './certificates.ts'
import { makeFireTimer } from './fireTimer.ts'
import { makeFunnels } from './funnels.ts'
import { makeNoticeDesk } from './notices/noticeDesk.ts'
import { makeOfficerCases } from './officer/caseDesk.ts'
import { makeOfficerDesk } from './officer/desk.ts'
import { makeOutboxReports } from './outboxReports.ts'
import type { AppParts } from './parts.ts'
import { residentViewer } from './residentView.ts'
import { makeTakeTurn } from './takeTurn.ts'

/** Who opened the document has it. */
async function opened(parts: AppParts, asked: Promise<CertificatePrint | null>): Promise<CertificatePrint | null> {
  const print = await asked
  if (print) await markDelivered(parts, print.application.id)
  return print
}

/** Puts the use cases together. */
export function makeApp(parts: AppParts): App {
  return {
    takeTurn: makeTakeTurn(parts),
    fireTimer: makeFireTimer(parts),
    outbox: makeOutboxReports(parts),
    funnels: makeFunnels(parts),
    audit: makeAudit(parts),
    officer: makeOfficerDesk(parts),
    officerCases: makeOfficerCases(parts),
    residentCases: makeResidentCases(parts),
    notices: makeNoticeDesk(parts),
    caseWork: {
      look: limit => lookAtCases(parts, limit),
      watch: watchNowAndThen(parts),
      exchange: desk => exchangeConfirmations(parts, desk),
      answer: answer => answerConfirmation(parts, answer),
    },
    resident: {
      calendars: residentId =>
        parts.store.transaction({ kind: 'resident', residentId }, tx =>
          calendarsOf(parts, tx, { residentId, at: parts.world.now() }),
        ),
      applications: (residentId, filter) =>
        parts.store.transaction({ kind: 'resident', residentId }, async tx => {
          const page = await tx.applications.list(filter)
          return { ...page, items: page.items.map(await residentViewer(parts, tx, page.items)) }
        }),
      application: (residentId, id) =>
        parts.store.transaction({ kind: 'resident', residentId }, async tx => {
          const application = await tx.applications.byId(id)
          if (application?.residentId !== residentId) return null
          return (await residentViewer(parts, tx, [application]))(application)
        }),
      certificate: (residentId, number) => opened(parts, certificatePrint(parts, residentId, number)),
      certificateByLink: link => opened(parts, certificateByLink(parts, link)),
    },
  }
}
