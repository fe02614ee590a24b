import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { submitBirthRegistration } from '../../app/commands/submitBirthRegistration.ts'
import type { CommandContext } from '../../app/commands/command.ts'
import { acceptCase, decideTask, leaseTaskById } from '../../app/officer/work.ts'
import type { AppParts } from '../../app/parts.ts'
import type { Officer } from '../../domain/officer.ts'
import { shanghaiDate, type Instant } from '../../domain/world.ts'
import type { OpenStore } from '../../store/openStore.ts'
import { registerRows } from '../../app/register.ts'
import { hashPassword, newPassword } from '../password.ts'
import { demoBooks } from './books.ts'
import { seedCareFamilies } from './careFamilies.ts'
import { seedHouseholdList } from './householdList.ts'
import { demoHouseholds, type DemoHousehold } from './households.ts'
import { seedOfficerCase, seedRating } from './officerCases.ts'
import { demoOfficers } from './officers.ts'

export interface DemoLogin {
  username: string
  password: string
}

export interface DemoOptions {
  parts: AppParts
  kept: OpenStore
  dataDir: string
  /** One password for all, or null for random ones. */
  password: string | null
  /** Villages of the two demo towns. */
  villages: readonly string[]
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** The demo shows the cases of two weeks, about two a day. */
const CASES = 26
/** And those that officers filed, at the window or with a household, so that the figures show something. */
const OFFICER_CASES = 18

/** Makes the demo's officers, households and cases unless they are there; answers the log-ins, the same at every start. */
export async function seedDemo(options: DemoOptions): Promise<DemoLogin[]> {
  const logins = await officerAccounts(options)
  if ((await options.kept.residents()) === 0) await seedCases(options)
  await options.parts.store.transaction({ kind: 'system' }, tx => registerRows(tx, demoBooks()))
  await seedCareFamilies(options.parts)
  return logins
}

/** Passwords of the demo are written down beside its data, because every start prints them. Never elsewhere. */
async function officerAccounts({ kept, parts, dataDir, password }: DemoOptions): Promise<DemoLogin[]> {
  const file = path.resolve(dataDir, 'demo-logins.json')
  const known = existsSync(file) ? readLogins(file) : []
  const complete = demoOfficers.every(({ username }) => known.some(login => login.username === username))
  const asWanted = password === null || known.every(login => login.password === password)
  if (complete && asWanted && (await kept.officers.count()) > 0) return known
  const logins = demoOfficers.map(({ username }) => ({ username, password: password ?? newPassword() }))
  const at = parts.world.now()
  await Promise.all(
    demoOfficers.map(async (officer, n) => {
      const passwordHash = await hashPassword(logins[n]?.password ?? newPassword())
      await kept.officers.upsert({ officer, passwordHash, totpSecret: null, at })
    }),
  )
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 })
  return logins
}

function readLogins(file: string): DemoLogin[] {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (!Array.isArray(content)) return []
  return content.filter(isLogin)
}

function isLogin(value: unknown): value is DemoLogin {
  return typeof value === 'object' && value !== null && 'username' in value && 'password' in value
}

/** Households first write, then some file, then officers work: through the same use cases as everybody, only in the past. */
async function seedCases({ parts, kept, villages }: DemoOptions): Promise<void> {
  const start = parts.world.now() - 14 * DAY_MS
  const households = demoHouseholds(villages, shanghaiDate(start))
  await seedHouseholdList({ kept, parts }, households)
  for (const [n, household] of households.entries()) {
    const at = Math.min(start + Math.floor((n * 14 * DAY_MS) / CASES), parts.world.now() - HOUR_MS)
    const then = inThePast(parts, at)
    const address = { channel: 'web' as const, sender: `demo-household-${n + 1}`, messageKey: 'demo' }
    const { resident } = await parts.store.turns.open(address, at)
    // As if the platform had said that the phone is his own: two of three can be written to.
    if (n % 3 !== 2) await confirmPhone(parts, resident.id, household.phone)
    if (n < CASES) {
      const applicationId = await file(then, { residentId: resident.id, address, at }, household)
      const isDecided = await work(parts, { applicationId, household, filedAt: at, n })
      // Four of five rate, an hour after they were told.
      const third = Math.floor(n / 3)
      if (isDecided && third % 5 !== 4) {
        const rated = { residentId: resident.id, address, applicationId, n: third }
        await seedRating(inThePast(parts, at + 6 * HOUR_MS), rated)
      }
    } else if (n < CASES + OFFICER_CASES) await byOfficer(parts, household, { n: n - CASES, residentId: resident.id })
  }
}

function confirmPhone(parts: AppParts, residentId: string, phone: string): Promise<void> {
  return parts.store.transaction({ kind: 'system' }, tx =>
    tx.messages.confirmPhone(residentId, phone, parts.world.now()),
  )
}

/** Of three cases that an officer files two are at the window and one online, with the code of the household. */
async function byOfficer(
  parts: AppParts,
  household: DemoHousehold,
  { n, residentId }: { n: number; residentId: string },
): Promise<void> {
  const officer = workerOf(household)
  if (!officer) return
  const at = parts.world.now() - DAY_MS - Math.floor((n * 12 * DAY_MS) / OFFICER_CASES)
  const isOnline = n % 3 === 2
  await seedOfficerCase(inThePast(parts, at), { household, officer, n, residentId: isOnline ? residentId : null })
}

async function file(
  parts: AppParts,
  who: Pick<CommandContext, 'residentId' | 'address' | 'at'>,
  household: DemoHousehold,
): Promise<string> {
  return parts.store.transaction({ kind: 'system' }, async tx => {
    await submitBirthRegistration(argumentsOf(household), { parts, tx, officer: null, ...who })
    const [application] = await tx.applications.ofResident(who.residentId)
    if (!application) throw new Error('a demo case was not filed')
    return application.id
  })
}

function argumentsOf({ name, identityNumber, villageCode, ...rest }: DemoHousehold) {
  return {
    ...rest,
    applicantName: name,
    applicantId: identityNumber,
    region: villageCode,
  }
}

interface FiledCase {
  applicationId: string
  household: DemoHousehold
  filedAt: Instant
  n: number
}

/** The village's officer, else the town's; null where no demo officer is. */
function workerOf({ villageCode }: DemoHousehold): Officer | null {
  const village = demoOfficers.find(one => one.role === 'village' && one.regionCode === villageCode)
  return village ?? demoOfficers.find(one => one.role === 'town' && villageCode.startsWith(one.regionCode)) ?? null
}

/**
 * Of three cases one is still open, one is accepted and one is decided; only demo officers' places are worked on. Answers
 * whether it was decided.
 */
async function work(parts: AppParts, { applicationId, household, filedAt, n }: FiledCase): Promise<boolean> {
  const worker = workerOf(household)
  const at = filedAt + 5 * HOUR_MS
  if (!worker || n % 3 === 0 || at >= parts.world.now()) return false
  await handle(inThePast(parts, at), worker, applicationId, n % 3 === 2)
  return n % 3 === 2
}

async function handle(parts: AppParts, officer: Officer, applicationId: string, decide: boolean): Promise<void> {
  const eyes = { kind: 'officer' as const, officerId: officer.id, regionCode: officer.regionCode }
  await parts.store.transaction(eyes, async tx => {
    const task = (await tx.tasks.ofApplication(applicationId)).find(({ source }) => source === 'applicationStep')
    if (!task) throw new Error('a demo case has no task')
    const leased = await leaseTaskById(parts, tx, officer, task.id, null)
    if (!leased.ok) throw new Error(`a demo task could not be taken: ${leased.refusal.code}`)
    await acceptCase(parts, tx, officer, applicationId, leased.value.fence)
    if (decide) await decideTask(parts, tx, officer, applicationId, leased.value.fence, { decision: 'granted' })
  })
}

function inThePast(parts: AppParts, at: Instant): AppParts {
  return { ...parts, world: { ...parts.world, now: () => at } }
}
