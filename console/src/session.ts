import { reactive } from 'vue'
import { ask, Refused, send, type Officer } from './api.ts'
import { answered, chosen } from './frame.ts'
import { keepStandIn, keptStandIn, standIn, type StandIn } from './standIn.ts'

/**
 * Who is logged in: the same session as at the officers' pages. `unknown` until the service was asked. `officer`: with the place
 * and role in which he works now; `own`: with his own. `standIns`: supervisors for whom he stands in today. `over`: he did, it
 * ended meanwhile, and he has not yet noted it.
 */
export const session = reactive<{
  state: 'unknown' | 'out' | 'in'
  officer: Officer | null
  own: Officer | null
  csrfToken: string
  secondFactorNeeded: boolean
  standIns: StandIn[]
  over: boolean
}>({
  state: 'unknown',
  officer: null,
  own: null,
  csrfToken: '',
  secondFactorNeeded: false,
  standIns: [],
  over: false,
})

interface Answer {
  officer: Officer
  csrfToken: string
  /** Until the second factor is on, nothing but the own account is open. */
  secondFactorNeeded: boolean
}

async function enter({ officer, csrfToken, secondFactorNeeded }: Answer): Promise<void> {
  Object.assign(session, { own: officer, officer, csrfToken, secondFactorNeeded, over: false })
  if (officer.role !== 'auditor' && !secondFactorNeeded) await findStandIns(officer)
  session.state = 'in'
}

/** Supervisors for whom he stands in today; a village colleague's work is done on the officers' pages. */
async function readStandIns(): Promise<StandIn[]> {
  const { items } = await ask<{ items: StandIn[] }>('/api/officer/stand-ins')
  return items.filter(({ role }) => role !== 'village')
}

/** Goes on in the place in which he worked last in this tab. What cannot be read leaves him his own. */
async function findStandIns({ username }: Officer): Promise<void> {
  session.standIns = await readStandIns().catch(noneFor)
  const last = keptStandIn(username)
  const found = session.standIns.find(one => one.username === last) ?? null
  session.over = last !== null && found === null
  workFor(found)
}

function noneFor(error: unknown): StandIn[] {
  if (!(error instanceof Refused)) throw error
  return []
}

/** From now on everything is read and done in the place of this colleague; null: in his own. */
export function workFor(one: StandIn | null): void {
  if (!session.own) return
  keepStandIn(session.own.username, one)
  standIn.value = one
  session.officer = one ? { ...session.own, role: one.role, regionCode: one.regionCode } : session.own
  chosen.value = { region: '', from: '', to: '' }
  answered.value = { from: '', to: '' }
}

export async function whoAmI(): Promise<void> {
  try {
    await enter(await ask<Answer>('/api/officer/me'))
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    session.state = 'out'
  }
}

export async function logIn(username: string, password: string, totp: string): Promise<void> {
  await enter(await send<Answer>('/api/officer/login', { username, password, ...(totp === '' ? {} : { totp }) }))
}

export async function logOut(): Promise<void> {
  await send('/api/officer/logout', {}, { 'x-csrf-token': session.csrfToken }).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error
  })
  workFor(null)
  Object.assign(session, { state: 'out', officer: null, own: null, csrfToken: '', secondFactorNeeded: false })
  Object.assign(session, { standIns: [], over: false })
}

/** An ended session shows the log-in instead of an error. An absence that ended sends him back to his own work. */
export function noteEnd({ status }: Refused): void {
  if (status === 401) session.state = 'out'
  if (status === 403 && standIn.value) void checkStandIn()
}

/** Whether he still stands in for whom he works. What cannot be asked now is asked at the next page or refusal. */
export async function checkStandIn(): Promise<void> {
  const one = standIn.value
  if (!one) return
  const found = await readStandIns().catch((error: unknown) => {
    if (error instanceof Refused) return null
    throw error
  })
  if (!found) return
  session.standIns = found
  if (standIn.value !== one || found.some(({ username }) => username === one.username)) return
  session.over = true
  workFor(null)
}
