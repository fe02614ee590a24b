import type { AuthStore, ChannelName, HistoryEntry } from '../../app/ports.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Instant } from '../../domain/world.ts'
import { countInMemory } from '../rateLimits.ts'

export interface Account {
  officer: Officer
  passwordHash: string
  totpSecret: string | null
  failures: number
  lockedUntil: Instant | null
}

/** The AuthStore in memory, with what tests want to look at. */
export interface FakeAuth extends AuthStore {
  accounts: Map<string, Account>
  /** Officer ids by `channel sender`. */
  senders: Map<string, string>
  lines: HistoryEntry[]
  bindingCodes: { codeHash: Uint8Array; officerId: string; expiresAt: Instant }[]
  uploads: Map<string, { residentId: string; mimeType: string; bytes: Uint8Array }>
  certificates: Map<string, NonNullable<Awaited<ReturnType<AuthStore['lookUpCertificate']>>>>
  looks: string[]
}

/** As the store has it: five failures lock for a quarter of an hour. */
const LOCK_AFTER = 5
const LOCK_MS = 15 * 60_000

const key = (hash: Uint8Array): string => Buffer.from(hash).toString('hex')

export function fakeAuth(): FakeAuth {
  const accounts = new Map<string, Account>()
  const steps = new Map<string, number>()
  const takeCall = countInMemory()
  const writes = new Map<string, { address: string; done: { status: number; fence: number | null } | null }>()
  const officers = new Map<string, { officerId: string; csrfToken: string; expiresAt: Instant }>()
  const residents = new Map<
    string,
    {
      residentId: string
      channel: ChannelName
      sender: string
      expiresAt: Instant
    }
  >()
  const senders = new Map<string, string>()
  const fake = {
    accounts,
    senders,
    lines: [],
    bindingCodes: [],
    uploads: new Map(),
    certificates: new Map(),
    looks: [],
  }
  const byId = (id: string) => [...accounts.values()].find(account => account.officer.id === id)
  return {
    ...fake,
    async officerByUsername(username) {
      return accounts.get(username) ?? null
    },
    async takeTotpStep(officerId, step) {
      if (step <= (steps.get(officerId) ?? -1)) return false
      steps.set(officerId, step)
      return true
    },
    async takeCall(door, at) {
      return takeCall(door, at)
    },
    async noteLogin(officerId, ok, at) {
      const account = byId(officerId)
      if (!account) return
      account.failures = ok ? 0 : account.failures + 1
      if (account.failures >= LOCK_AFTER) account.lockedUntil = at + LOCK_MS
    },
    async openOfficerSession({ tokenHash, officerId, csrfToken, expiresAt }) {
      officers.set(key(tokenHash), { officerId, csrfToken, expiresAt })
    },
    async officerSession(tokenHash, at) {
      const session = officers.get(key(tokenHash))
      const account = session && byId(session.officerId)
      return account && session.expiresAt > at && !account.officer.disabled
        ? { officer: account.officer, csrfToken: session.csrfToken, twoFactors: account.totpSecret !== null }
        : null
    },
    async endOfficerSession(tokenHash) {
      officers.delete(key(tokenHash))
    },
    async beginWrite({ officerId, key, address }) {
      const known = writes.get(`${officerId} ${key}`)
      if (known) return known.address === address ? (known.done ?? 'underway') : 'otherAddress'
      writes.set(`${officerId} ${key}`, { address, done: null })
      return 'new'
    },
    async endWrite({ officerId, key, done }) {
      const known = writes.get(`${officerId} ${key}`)
      if (known && done) known.done = done
      else writes.delete(`${officerId} ${key}`)
    },
    async officerBySender(channel, sender) {
      return byId(senders.get(`${channel} ${sender}`) ?? '')?.officer ?? null
    },
    async residentBySender({ sender }) {
      return `resident-of-${sender}`
    },
    async openResidentSession({ tokenHash, channel, sender, expiresAt }) {
      const residentId = `resident-of-${sender}`
      residents.set(key(tokenHash), { residentId, channel, sender, expiresAt })
      return { residentId }
    },
    async residentSession(tokenHash, at) {
      const session = residents.get(key(tokenHash))
      if (!session || session.expiresAt <= at) return null
      const { residentId, channel, sender } = session
      return { residentId, channel, sender }
    },
    async storeBindingCode(code) {
      this.bindingCodes.push(code)
      return true
    },
    async history(_residentId, before, limit) {
      return this.lines.filter(line => before === null || line.at < before).slice(0, limit)
    },
    async saveUpload({ id, residentId, mimeType, bytes }) {
      this.uploads.set(id, { residentId, mimeType, bytes })
    },
    async upload(id) {
      return this.uploads.get(id) ?? null
    },
    async lookUpCertificate(code) {
      this.looks.push(code)
      return this.certificates.get(code) ?? null
    },
  }
}
