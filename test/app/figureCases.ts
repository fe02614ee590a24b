import type { AppParts } from '../../src/app/parts.ts'
import type { Application, ApplicationAction, ApplicationEvent, FilingWay } from '../../src/domain/application.ts'
import { foldApplication, statusAfter } from '../../src/domain/applicationState.ts'
import type { RatingLevel } from '../../src/domain/rating.ts'
import { startOfDay, type Instant } from '../../src/domain/world.ts'

/** Random numbers that come again: a test that fails fails twice. */
export function seeded(seed: number) {
  let state = seed
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    below: (n: number) => Math.floor(next() * n),
    of: <T>(list: readonly [T, ...T[]]): T => list[Math.floor(next() * list.length)] ?? list[0],
  }
}
export type Chance = ReturnType<typeof seeded>

export const villages = ['420702104212', '420702104213', '420702104200', '420704108201', '420704108202'] as const
export const reasons = ['noPhone', 'elderly', 'other', null] as const
const HOUR = 3_600_000

/** One simulated case and what was done to it, as the test knows it without asking the service. */
export interface SimulatedCase {
  application: Application
  rating: RatingLevel | null
}

/** A filed case of a random way and place, on a random day of sixty. */
export function newCase(chance: Chance, id: string, residentId: string, first: string): Application {
  const regionCode = chance.of(villages)
  const way = chance.of<FilingWay>(['self', 'self', 'self', 'assisted', 'window'])
  const at = startOfDay(first) + chance.below(60 * 24) * HOUR
  const officer = officerOf(regionCode)
  const event: ApplicationEvent = {
    ...{ type: 'submitted', online: way !== 'window', assisted: way !== 'self', way },
    officerId: way === 'self' ? null : officer.id,
    whyNotOnline: way === 'window' ? chance.of(reasons) : null,
  }
  return {
    ...{ id, number: `SIM-${id}`, matter: 'birthRegistration', regionCode, residentId, receivedAt: at },
    content: {
      ...{ registrant: 'mother', applicantName: '测试', applicantId: '420702199001010008', phone: '13800000000' },
      ...{
        proxy: null,
        stage: 'expecting',
        birthDate: '2027-01-15',
        childName: null,
        earlierChildren: 0,
        married: null,
      },
      ...{ regionCode, regionName: '测试村' },
    },
    actions: [
      { applicationId: id, seq: 1, at, actor: way === 'self' ? { kind: 'resident', id: residentId } : officer, event },
    ],
  }
}

/** A random event that may happen to the case now, some hours or days after the last; null when nothing may. */
export function nextAction(chance: Chance, application: Application): ApplicationAction | null {
  const { actions, regionCode, id } = application
  const state = foldApplication(actions)
  const last = actions.at(-1)
  if (!last) return null
  const at = last.at + (1 + chance.below(120)) * HOUR
  const wanted = shuffled(chance, events(at)).find(event => statusAfter(state, event) !== null)
  return wanted
    ? { applicationId: id, seq: state.nextSeq, at, actor: actorOf(wanted, chance, regionCode), event: wanted }
    : null
}

function events(at: Instant): ApplicationEvent[] {
  const notice = { type: 'supplementRequested', noticeNumber: `N-${at}`, due: null } as const
  return [
    { type: 'firstReceived', officerId: 'any' },
    { type: 'accepted', bySilence: false, asOf: at },
    { type: 'accepted', bySilence: true, asOf: at - 48 * HOUR },
    { ...notice, exception: null },
    { ...notice, exception: { officerId: 'county', reason: '漏了' } },
    { type: 'supplemented', materials: ['photo'] },
    { type: 'paused', reason: '等鉴定' },
    { type: 'resumed' },
    { type: 'granted', certificateNumber: `C-${at}` },
    { type: 'refused', reason: '不符合', remedies: '可以复议' },
    { type: 'withdrawn', reason: null },
    { type: 'reopened', reason: '复核' },
    { type: 'delivered' },
  ]
}

function shuffled<T>(chance: Chance, list: T[]): T[] {
  return list
    .map(value => ({ value, at: chance.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

function officerOf(regionCode: string) {
  return { kind: 'officer', id: `o-${regionCode}`, role: 'village', regionCode } as const
}

function actorOf(event: ApplicationEvent, chance: Chance, regionCode: string): ApplicationAction['actor'] {
  if (event.type === 'supplemented' || event.type === 'withdrawn' || (event.type === 'accepted' && event.bySilence)) {
    return { kind: 'system' }
  }
  return officerOf(chance.next() < 0.7 ? regionCode : regionCode.slice(0, 9))
}

/** Writes a case and its later actions, each in its own transaction, as the use cases do. */
export async function play(parts: AppParts, { application, rating }: SimulatedCase): Promise<void> {
  const [first, ...later] = application.actions
  if (!first) return
  const filed = { ...application, actions: [first] }
  await parts.store.transaction({ kind: 'system' }, tx => tx.applications.insert(filed))
  const done = [first]
  for (const action of later) {
    done.push(action)
    const { status } = foldApplication(done)
    await parts.store.transaction({ kind: 'system' }, tx => tx.applications.append(action, status))
  }
  if (rating === null) return
  const { id: applicationId, regionCode } = application
  const at = (application.actions.at(-1)?.at ?? 0) + HOUR
  await parts.store.transaction({ kind: 'system' }, tx =>
    tx.ratings.insert({ applicationId, regionCode, level: rating, reasons: [], comment: null, at }),
  )
}
