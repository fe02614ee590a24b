import { covers, type Officer } from '../../domain/officer.ts'
import { isWeakPassword } from '../../domain/ownPassword.ts'
import { officerActor } from '../../domain/taskState.ts'
import type { Instant, World } from '../../domain/world.ts'
import type { AccountSecrets, AccountStore, OwnRecord } from './accountPort.ts'

/** Why nothing was changed. `clockAhead`, `clockBehind`: the code is right for another time, so the phone's clock is wrong. */
export type AccountTrouble =
  | 'wrongPassword'
  | 'wrongCode'
  | 'usedCode'
  | 'clockAhead'
  | 'clockBehind'
  | 'notBegun'
  | 'factorOn'
  | 'factorOff'
  | 'weakPassword'
  | 'samePassword'

export type AccountOutcome<T> = { ok: true; value: T } | { ok: false; trouble: AccountTrouble }

export interface OwnAccountView {
  secondFactor: boolean
  recoveryCodesLeft: number
}

/** What officers do with their own account: password and second factor. */
export interface OwnAccount {
  /** Null for nobody. */
  look(officerId: string): Promise<OwnAccountView | null>
  /** Shows a new secret, against the password; it counts when a code of it was confirmed within ten minutes. */
  begin(officerId: string, password: string): Promise<AccountOutcome<{ secret: string }>>
  /**
   * Answers the one-time recovery codes: here and nowhere else. Sessions that were opened without the second factor end, but the
   * one that asks (`keep`: its hash).
   */
  confirm(
    officerId: string,
    confirmation: { code: string; keep: Uint8Array },
  ): Promise<AccountOutcome<{ recoveryCodes: string[] }>>
  /** Against password and a code, of the phone or of the list. */
  end(officerId: string, proof: { password: string; code: string }): Promise<AccountOutcome<null>>
  /** Ends all other sessions. `keep`: hash of the session that asks. */
  changePassword(
    officerId: string,
    change: { password: string; next: string; keep: Uint8Array },
  ): Promise<AccountOutcome<null>>
  /** Whether a code opens the account now; each opens once, whichever process it is shown to. */
  takeCode(officerId: string, code: string): Promise<boolean>
  /**
   * Takes the second factor off an officer of the county who lost his phone; his sessions end. False for whoever is not there
   * or above nobody: another county, an auditor, himself.
   */
  reset(by: Officer, officerId: string, reason: string): Promise<boolean>
}

export interface OwnAccountParts {
  accounts: AccountStore
  secrets: AccountSecrets
  /** Uses a one-time code of the phone up, for all processes. */
  takeTotpStep(officerId: string, step: number): Promise<boolean>
  world: World
}

/** A secret on a screen: long enough to type it in by hand, worthless on a forgotten page. */
const PENDING_MS = 10 * 60_000
/** Ten, as most services give: one a month until the phone that broke is replaced. */
const RECOVERY_CODES = 10
const PHONE_CODE = /^\d{6}$/

export function makeOwnAccount(parts: OwnAccountParts): OwnAccount {
  const { accounts, secrets, world } = parts
  const withPassword = async <T>(
    officerId: string,
    password: string,
    run: (record: OwnRecord) => Promise<AccountOutcome<T>>,
  ): Promise<AccountOutcome<T>> => {
    const record = await accounts.record(officerId)
    return record && (await secrets.verify(password, record.passwordHash)) ? run(record) : trouble('wrongPassword')
  }
  return {
    look: async officerId => {
      const record = await accounts.record(officerId)
      return record && { secondFactor: record.totpSecret !== null, recoveryCodesLeft: record.recoveryCodesLeft }
    },
    begin: (officerId, password) =>
      withPassword(officerId, password, async ({ totpSecret }) => {
        if (totpSecret !== null) return trouble('factorOn')
        const secret = secrets.newTotpSecret()
        await accounts.keepPending(officerId, secret, world.now() + PENDING_MS)
        return { ok: true, value: { secret } }
      }),
    confirm: (officerId, confirmation) => confirm(parts, officerId, confirmation),
    end: (officerId, { password, code }) =>
      withPassword(officerId, password, async record => {
        if (record.totpSecret === null) return trouble('factorOff')
        const wrong = await refusedCode(parts, record, code)
        if (wrong) return trouble(wrong)
        const { officer } = record
        await accounts.switchOff({ officer, by: officerActor(officer), reset: null, at: world.now() })
        return { ok: true, value: null }
      }),
    changePassword: (officerId, { password, next, keep }) =>
      withPassword(officerId, password, ({ officer, passwordHash: before }) =>
        renew(parts, { officer, before, password, next, keep }),
      ),
    takeCode: async (officerId, code) => {
      const record = await accounts.record(officerId)
      return record?.totpSecret ? (await refusedCode(parts, record, code)) === null : false
    },
    reset: async (by, officerId, reason) => {
      const record = await accounts.record(officerId)
      if (!record || !mayReset(by, record.officer)) return false
      await accounts.switchOff({ officer: record.officer, by: officerActor(by), reset: { reason }, at: world.now() })
      return true
    },
  }
}

/**
 * Takes the second factor off by the hand of whoever runs the service: of an auditor, or of the only head of a county, whom nobody
 * may help by page. Sessions end; audited, with the reason sealed. `unknown`: no such account, or it has ended; `off`: there was none.
 */
export async function resetByOperator(
  { accounts, world }: Pick<OwnAccountParts, 'accounts' | 'world'>,
  officerId: string,
  reason: string,
): Promise<'done' | 'unknown' | 'off'> {
  const record = await accounts.record(officerId)
  if (!record) return 'unknown'
  if (record.totpSecret === null) return 'off'
  await accounts.switchOff({ officer: record.officer, by: { kind: 'system' }, reset: { reason }, at: world.now() })
  return 'done'
}

const trouble = (name: AccountTrouble) => ({ ok: false, trouble: name }) as const

/** The auditor watches the county, so it does not open his account either. */
const mayReset = (by: Officer, officer: Officer): boolean =>
  by.role === 'county' &&
  by.id !== officer.id &&
  officer.role !== 'auditor' &&
  covers(by.regionCode, officer.regionCode)

async function confirm(
  { accounts, secrets, world }: OwnAccountParts,
  officerId: string,
  { code, keep }: { code: string; keep: Uint8Array },
): Promise<AccountOutcome<{ recoveryCodes: string[] }>> {
  const record = await accounts.record(officerId)
  const at = world.now()
  if (record?.totpSecret) return trouble('factorOn')
  if (!record?.pending || record.pending.until <= at) return trouble('notBegun')
  const { secret } = record.pending
  const step = secrets.totpStep(secret, code, at)
  if (step === null) return trouble(whyWrong(secrets, secret, code, at))
  const codes = newRecoveryCodes(world)
  const done = await accounts.switchOn({ officer: record.officer, secret, step, codes, keep, at })
  return done ? { ok: true, value: { recoveryCodes: codes } } : trouble('usedCode')
}

async function renew(
  { accounts, secrets, world }: OwnAccountParts,
  change: { officer: Officer; before: string; password: string; next: string; keep: Uint8Array },
): Promise<AccountOutcome<null>> {
  const { officer, before, password, next, keep } = change
  if (next === password) return trouble('samePassword')
  if (isWeakPassword(next, officer.username)) return trouble('weakPassword')
  const after = await secrets.hash(next)
  const done = await accounts.changePassword({ officer, before, after, keep, at: world.now() })
  return done ? { ok: true, value: null } : trouble('wrongPassword')
}

/**
 * Null when the code opened, and is used up by it. Of a wrong one nothing more is said: that it fits another time would tell
 * whoever guesses when to give it again.
 */
async function refusedCode(parts: OwnAccountParts, record: OwnRecord, code: string): Promise<AccountTrouble | null> {
  const { accounts, secrets, takeTotpStep, world } = parts
  const at = world.now()
  const { officer, totpSecret } = record
  if (totpSecret === null) return 'factorOff'
  if (!PHONE_CODE.test(code)) {
    return (await accounts.takeRecoveryCode(officer, plainCode(code), at)) ? null : 'wrongCode'
  }
  const step = secrets.totpStep(totpSecret, code, at)
  if (step === null) return 'wrongCode'
  return (await takeTotpStep(officer.id, step)) ? null : 'usedCode'
}

/** While the secret opens nothing yet. */
function whyWrong({ totpDrift }: AccountSecrets, secret: string, code: string, at: Instant): AccountTrouble {
  const minutes = totpDrift(secret, code, at)
  if (minutes === null) return 'wrongCode'
  return minutes > 0 ? 'clockAhead' : 'clockBehind'
}

/** Ten signs of 31, 49 bits, none that can be mistaken for another; written in two groups. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
const CODE_SIGNS = 10

function newRecoveryCodes(world: World): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const drawn = [...world.randomBytes(CODE_SIGNS)].map(byte => SIGNS.charAt(byte % SIGNS.length)).join('')
    return `${drawn.slice(0, CODE_SIGNS / 2)}-${drawn.slice(CODE_SIGNS / 2)}`
  })
}

/** As it was given, however it was copied: spaces, capitals, a dash left out or of another kind. */
function plainCode(text: string): string {
  const signs = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
  return `${signs.slice(0, CODE_SIGNS / 2)}-${signs.slice(CODE_SIGNS / 2)}`
}
