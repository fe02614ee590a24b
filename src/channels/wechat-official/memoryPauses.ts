import type { SharedAccount } from '../../app/sharedAccount.ts'
import type { Instant } from '../../domain/world.ts'

/** Pauses of one process, for tests and where nothing is shared. */
export function memoryPauses(): SharedAccount['pauses'] {
  const rests = new Map<string, { until: Instant; failure: string }>()
  return {
    of: async (account, endpoint, at) => {
      const rest = rests.get(`${account} ${endpoint}`)
      return rest && rest.until > at ? rest : null
    },
    pause: async (account, endpoint, rest) => {
      rests.set(`${account} ${endpoint}`, rest)
    },
  }
}
