import type { AccountSecrets, AccountStore } from '../../app/officer/accountPort.ts'
import { makeOwnAccount, type OwnAccount } from '../../app/officer/ownAccount.ts'
import type { World } from '../../domain/world.ts'
import type { FakeAuth } from './fakeAuth.ts'

/** The phone shows 123456 for every secret, and each half minute is a step of its own. */
const secrets: AccountSecrets = {
  verify: async (password, stored) => stored === `plain:${password}`,
  hash: async password => `plain:${password}`,
  newTotpSecret: () => 'JBSWY3DPEHPK3PXP',
  totpStep: (_secret, code, at) => (code === '123456' ? Math.floor(at / 30_000) : null),
  totpDrift: (_secret, code) => (code === '654321' ? -6 : null),
}

/** Own accounts over the accounts of the log-in, in memory. */
export function fakeAccount(auth: FakeAuth, world: World): OwnAccount {
  return makeOwnAccount({ accounts: fakeStore(auth), secrets, takeTotpStep: auth.takeTotpStep, world })
}

function fakeStore(auth: FakeAuth): AccountStore {
  const pending = new Map<string, { secret: string; until: number }>()
  const codes = new Map<string, Set<string>>()
  const accountOf = (id: string) => [...auth.accounts.values()].find(({ officer }) => officer.id === id)
  return {
    record: async id => {
      const account = accountOf(id)
      if (!account) return null
      const { officer, passwordHash, totpSecret } = account
      const left = codes.get(id)?.size ?? 0
      return { officer, passwordHash, totpSecret, pending: pending.get(id) ?? null, recoveryCodesLeft: left }
    },
    keepPending: async (id, secret, until) => void pending.set(id, { secret, until }),
    switchOn: async ({ officer, secret, step, codes: given }) => {
      const account = accountOf(officer.id)
      if (!account || !(await auth.takeTotpStep(officer.id, step))) return false
      account.totpSecret = secret
      pending.delete(officer.id)
      codes.set(officer.id, new Set(given))
      return true
    },
    switchOff: async ({ officer }) => {
      const account = accountOf(officer.id)
      if (account) account.totpSecret = null
      codes.delete(officer.id)
    },
    takeRecoveryCode: async (officer, code) => codes.get(officer.id)?.delete(code) ?? false,
    changePassword: async ({ officer, before, after }) => {
      const account = accountOf(officer.id)
      if (account?.passwordHash !== before) return false
      account.passwordHash = after
      return true
    },
  }
}
