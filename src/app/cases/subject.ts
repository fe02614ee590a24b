import type { Application } from '../../domain/application.ts'
import type { SubjectKey } from '../ports.ts'

/**
 * What may exist only once of a case: one registration per person and date of birth. A copy may be asked for again and again,
 * and whether a permit may is for its own command to say.
 */
export function subjectOf({ matter, content }: Application): SubjectKey | null {
  return matter === 'birthRegistration' ? { matter, subject: content.applicantId, period: content.birthDate } : null
}
