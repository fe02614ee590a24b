import { covers, type Officer } from '../officer.ts'
import { differs, planOfficers, type OfficerEntry, type OfficerPlan, type Permit } from './officers.ts'

/**
 * What a county may write of its own officers without whoever runs the service: its own places only, no account that others
 * have, no auditor (he watches the county, so it neither makes, changes nor ends him), and not its own role or place.
 */
export function permitOfCounty(by: Officer, known: readonly Officer[]): Permit {
  const byName = new Map(known.map(officer => [officer.username, officer]))
  return entry => {
    if (!covers(by.regionCode, entry.regionCode)) return { column: 'regionCode', reason: 'otherPlace' }
    const before = byName.get(entry.username)
    if (before && !covers(by.regionCode, before.regionCode)) return { column: 'username', reason: 'usernameTaken' }
    const isAuditor = entry.role === 'auditor' || before?.role === 'auditor'
    if (isAuditor && (!before || differs(before, entry))) return { column: 'role', reason: 'auditor' }
    const movesHimself = before?.id === by.id && (before.role !== entry.role || before.regionCode !== entry.regionCode)
    return movesHimself ? { column: 'role', reason: 'ownAccount' } : null
  }
}

/** As `planOfficers`, of one county: auditors and whoever brings the list stay, also when it leaves them out. */
export function planOfCounty(
  entries: readonly OfficerEntry[],
  known: readonly Officer[],
  { by, disableMissing }: { by: Officer; disableMissing: boolean },
): OfficerPlan {
  const plan = planOfficers(entries, known, disableMissing)
  return { ...plan, disable: plan.disable.filter(({ id, role }) => id !== by.id && role !== 'auditor') }
}
