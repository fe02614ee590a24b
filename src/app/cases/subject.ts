import type { Application } from '../../domain/application.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import type { SubjectKey, Tx } from '../ports.ts'

/**
 * What may exist only once of a case, however it is filed: one registration per person and date of birth, one permit per person
 * and number of children (who has another child may ask again), one open request per person and document.
 */
export function subjectOf({ matter, content }: Application): SubjectKey {
  const { applicantId: subject } = content
  switch (matter) {
    case 'birthRegistration':
      return { matter, subject, period: content.birthDate }
    case 'additionalBirthPermit':
      return { matter, subject, period: `children:${content.livingChildren}` }
    case 'certificateReissue':
      return { matter, subject, period: content.document }
  }
}

/**
 * Id of the other case that keeps this one from being filed, corrected or taken up again; null when there is none. A request
 * for a document that was decided keeps nobody from asking once more: its claim ends here. Eyes that do not see the other case
 * take it as open.
 */
export async function blockerOf(tx: Tx, application: Application): Promise<string | null> {
  const holder = await tx.applications.subjectHolder(subjectOf(application))
  if (holder === null || holder === application.id) return null
  if (application.matter !== 'certificateReissue') return holder
  const held = await tx.applications.byId(holder)
  if (!held || foldApplication(held.actions).closedAt === null) return holder
  await tx.applications.releaseSubject(holder)
  return null
}
