import type { Actor, Application, ApplicationEvent } from '../domain/application.ts'
import { foldApplication } from '../domain/applicationState.ts'
import { documentOf } from '../domain/certificateRegister.ts'
import { appendEvent } from './appendEvent.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'

/** How a certificate ends: taken back for a reason, or replaced by the one with that number. */
export type CertificateEnd = Extract<ApplicationEvent, { type: 'certificateRevoked' | 'certificateSuperseded' }>

/**
 * Ends the certificate in force of a case: its log, the certificate and its line in the register say so together. The only way
 * in which a certificate of ours ends. Needs eyes that see the case. Changes nothing when the case has none in force; answers
 * the case as it then is.
 */
export async function endCertificate(
  parts: AppParts,
  tx: Tx,
  application: Application,
  { actor, event }: { actor: Actor; event: CertificateEnd },
): Promise<Application> {
  const { certificate, certificateNumber } = foldApplication(application.actions)
  if (certificate !== 'valid' || certificateNumber === null) return application
  const reason = event.type === 'certificateRevoked' ? { reason: event.reason } : {}
  const after = await appendEvent(tx, application, { actor, event, at: parts.world.now(), ...reason })
  const [status, by] =
    event.type === 'certificateRevoked' ? (['revoked', null] as const) : (['superseded', event.by] as const)
  await tx.certificates.setStatus(certificateNumber, status)
  // Certificates from before there was a register have no line in it.
  const entry = await tx.register.byNumber(documentOf(application), certificateNumber)
  if (entry) await tx.register.setStatus(entry.id, status, by)
  return after
}

/** Number of the certificate that took the place of this case's one; null when none did. */
export function successorOf({ actions }: Application): string | null {
  const last = actions.findLast(({ event }) => event.type === 'certificateSuperseded')?.event
  return last?.type === 'certificateSuperseded' ? last.by : null
}
