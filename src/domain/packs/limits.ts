import type { Application } from '../application.ts'
import type { RegionPack } from '../regionPack.ts'
import type { Fact } from './fact.ts'

/** Both clocks of a matter, in working days; null where nobody knows a limit. */
export interface Limits {
  legalDays: Fact<number>
  promiseDays: Fact<number>
}

const unknown: Fact<number> = { value: null, source: null }

/** The limits that a place has for this case: each matter has its own section of the pack. */
export function limitsOf(pack: RegionPack, filed: Pick<Application, 'matter' | 'content'>): Limits {
  switch (filed.matter) {
    case 'birthRegistration':
      return pack.birthRegistration
    case 'additionalBirthPermit':
      return pack.additionalBirthPermit
    case 'certificateReissue': {
      const wanted = 'document' in filed.content ? filed.content.document : null
      const rule = pack.documents.find(({ id }) => id === wanted)
      // No rule on reissue was found anywhere that sets a legal limit.
      return { legalDays: unknown, promiseDays: rule?.promiseDays ?? unknown }
    }
  }
}
