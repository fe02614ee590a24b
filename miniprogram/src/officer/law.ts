/** Matters that a resident applies for: what 行政许可法 says of receipt and gaps holds for them, for registrations by analogy. */
const APPLICATIONS = ['birthRegistration', 'additionalBirthPermit', 'certificateReissue']

/**
 * What the law says for a task, as keys of sentences. Their grounds stand in `flows/<matter>/README.md`; where none was
 * found nothing is said.
 */
export function lawOf(matter: string, source: string): string[] {
  const known = APPLICATIONS.includes(matter) ? [matter, 'fiveDays', 'onlyListed'] : []
  return source === 'complaint' ? [...known, 'complaint'] : known
}
