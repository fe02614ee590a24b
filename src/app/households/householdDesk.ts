import { covers, type Officer } from '../../domain/officer.ts'
import { maskName } from '../../domain/mask.ts'
import { officerActor } from '../../domain/taskState.ts'
import { shanghaiDate, type Instant } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import type { FreshCode } from '../caseUse.ts'
import type { Outcome } from '../caseViews.ts'
import { freshCode } from '../cases/shortCodes.ts'
import type { HouseholdProof } from '../messages/messagePort.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import {
  goneToSettle,
  noteChange,
  settleChange,
  shownChanges,
  takeBackGone,
  type ShownChange,
  type Verdict,
} from './householdChanges.ts'
import type { GoneWay, HouseholdLink, ListedHousehold } from './householdPort.ts'
import { endLink } from './links.ts'

/** A household of the officer's place, as he knows it from the door. The name of its head is masked. */
export interface ShownHousehold {
  id: string
  place: string
  number: string
  head: string
  /** How many residents speak for it in chat; 0: nobody can be written to. */
  speakers: number
  gone: GoneWay | null
}

/** One resident who speaks for it: how it was proved, and his masked name where a case of his is known. */
export interface ShownLink {
  id: string
  proof: HouseholdProof
  since: Instant
  name: string | null
}

export interface HouseholdWithLinks extends ShownHousehold {
  links: ShownLink[]
  /** What officers changed: what waits for a second look first, then the newest. */
  changes: ShownChange[]
}

/** 住户绑定, for the officers of a place. What an officer does here is in the audit trail. */
export interface HouseholdDesk {
  /** By number, or by a part of the name within one village; `village`: needed by who has more than one. */
  find(officer: Officer, wanted: { words: string; village: string | null }): Promise<Outcome<ShownHousehold[]>>
  /** Those of which a change waits for a second look, the oldest first. */
  waiting(officer: Officer): Promise<ShownHousehold[]>
  one(officer: Officer, id: string): Promise<Outcome<HouseholdWithLinks>>
  /** For whoever opens the door: good once, for ten minutes, for this household alone. */
  code(officer: Officer, id: string): Promise<Outcome<FreshCode>>
  /** Ends the link of one resident, at once; a second officer looks at it. `alreadyDone`: he does not speak for it. */
  unlink(officer: Officer, id: string, link: string): Promise<Outcome<HouseholdWithLinks>>
  /**
   * Moved away, died out, merged into another, at once; a second officer looks at it. Null: they are there after all. Who may give
   * the second look to what a colleague noted undoes it by this, and says why: `reasonMissing` without.
   */
  setGone(
    officer: Officer,
    id: string,
    way: GoneWay | null,
    reason?: string | null,
  ): Promise<Outcome<HouseholdWithLinks>>
  /**
   * The second look, by town or county, never by who made the change. Refused: `badInput` for a change that is none of its;
   * `alreadyDone` when somebody has looked; `notAllowed` for others, and for a link that cannot come back.
   */
  settle(officer: Officer, id: string, verdict: Verdict): Promise<Outcome<HouseholdWithLinks>>
}

/** A village has some hundreds of households; all of them are read to look for a name, as names are sealed. */
const MOST_READ = 2000
/** Households on one screen; who sees more types more. */
const MOST_SHOWN = 50
const VILLAGE_DIGITS = 12
const COUNTY_DIGITS = 6

const notFound = { ok: false, refusal: { code: 'notFound' } } as const

export function makeHouseholdDesk(parts: AppParts): HouseholdDesk {
  const about = <T>(officer: Officer, id: string, run: (tx: Tx, household: ListedHousehold) => Promise<Outcome<T>>) =>
    parts.store.transaction(eyesOf(officer), async (tx): Promise<Outcome<T>> => {
      const household = await tx.households.byId(id)
      return household ? run(tx, household) : notFound
    })
  return {
    find: (officer, wanted) =>
      parts.store.transaction(eyesOf(officer), async tx => {
        const village = wanted.village ?? (officer.regionCode.length === VILLAGE_DIGITS ? officer.regionCode : null)
        if (village !== null && !covers(officer.regionCode, village)) return notFound
        const found = await search(tx, officer, { words: wanted.words, village })
        return { ok: true, value: await shown(parts, tx, found.slice(0, MOST_SHOWN)) }
      }),
    waiting: officer =>
      parts.store.transaction(eyesOf(officer), async tx => {
        const ids = await asService(tx, () => tx.householdChanges.waitingIn(officer.regionCode, MOST_SHOWN))
        const found = await Promise.all(ids.map(id => tx.households.byId(id)))
        return shown(
          parts,
          tx,
          found.filter(one => one !== null),
        )
      }),
    one: (officer, id) => about(officer, id, (tx, household) => withLinks(parts, tx, officer, household)),
    code: (officer, id) =>
      about(officer, id, async (tx, household) => {
        if (household.gone !== null) return { ok: false, refusal: { code: 'notAllowed' } }
        const owner = { purpose: 'household', residentId: null, officerId: officer.id } as const
        const made = await asService(tx, () =>
          freshCode(parts, tx, { ...owner, regionCode: household.regionCode }, { householdId: id }),
        )
        await note(parts, tx, officer, { action: 'household.code', household, detail: {} })
        return { ok: true, value: made }
      }),
    unlink: (officer, id, residentId) =>
      about(officer, id, async (tx, household) => {
        const at = parts.world.now()
        const link = (await linksAt(tx, id)).find(one => one.residentId === residentId)
        const ended = await endLink(parts, tx, { householdId: id, residentId, by: officerActor(officer), at })
        if (!ended) return { ok: false, refusal: { code: 'alreadyDone' } }
        if (!link || !isOwnSlip(link, officer, at))
          await noteChange(parts, tx, officer, { household, kind: 'unlinked', at })
        return withLinks(parts, tx, officer, household)
      }),
    setGone: (officer, id, way, reason = null) =>
      untilQuiet(() => about(officer, id, (tx, household) => setGone(parts, tx, officer, { household, way, reason }))),
    settle: (officer, id, verdict) =>
      untilQuiet(() =>
        about(officer, id, async (tx, household) => {
          const settled = await settleChange(parts, tx, officer, { household, ...verdict })
          if (!settled.ok) return settled
          await noteSettled(parts, tx, officer, { household, ...verdict })
          return withLinks(parts, tx, officer, settled.value)
        }),
      ),
  }
}

async function setGone(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { household, way, reason }: { household: ListedHousehold; way: GoneWay | null; reason: string | null },
): Promise<Outcome<HouseholdWithLinks>> {
  if (way === household.gone) return withLinks(parts, tx, officer, household)
  for (const change of await goneToSettle(tx, officer, household.id)) {
    if (reason === null) return { ok: false, refusal: { code: 'reasonMissing', fields: ['reason'] } }
    const undone = { household, change, verdict: 'undone', reason } as const
    const settled = await settleChange(parts, tx, officer, undone)
    if (!settled.ok) return settled
    await noteSettled(parts, tx, officer, undone)
  }
  const at = parts.world.now()
  if (await asService(tx, () => tx.households.setGone(household.id, { way, by: officer.id, at }))) {
    await note(parts, tx, officer, { action: 'household.gone', household, detail: { way: way ?? 'back' } })
    await takeBackGone(parts, tx, officer, { household, at })
    if (way !== null) await noteChange(parts, tx, officer, { household, kind: way, at })
  }
  return withLinks(parts, tx, officer, { ...household, gone: way })
}

const noteSettled = (
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { household, change, verdict }: { household: ListedHousehold } & Verdict,
): Promise<void> => note(parts, tx, officer, { action: 'household.settle', household, detail: { change, verdict } })

async function search(
  tx: Tx,
  officer: Officer,
  { words, village }: { words: string; village: string | null },
): Promise<ListedHousehold[]> {
  const said = words.normalize('NFKC').trim()
  const county = officer.regionCode.slice(0, COUNTY_DIGITS)
  const byNumber = said === '' ? null : await tx.households.byNumber(county, said.toUpperCase())
  if (byNumber) return [byNumber]
  if (village === null) return []
  const all = await tx.households.ofVillage(village, MOST_READ)
  return all
    .filter(({ headName, number }) => headName.includes(said) || number.includes(said.toUpperCase()))
    .toSorted((one, other) => (one.number < other.number ? -1 : 1))
}

async function shown(parts: AppParts, tx: Tx, households: ListedHousehold[]): Promise<ShownHousehold[]> {
  const counts = await asService(tx, () => tx.households.speakerCounts(households.map(({ id }) => id)))
  return households.map(({ id, regionCode, number, headName, gone }) => ({
    ...{ id, place: parts.regionName(regionCode), number, head: maskName(headName), gone },
    speakers: counts.get(id) ?? 0,
  }))
}

const linksAt = (tx: Tx, householdId: string): Promise<HouseholdLink[]> =>
  asService(tx, () => tx.households.linksAt(householdId))

/** Who takes back on the same day what he bound himself has only corrected a slip of his own. */
function isOwnSlip({ proof, by, since }: HouseholdLink, officer: Officer, at: Instant): boolean {
  return proof === 'officer' && by === officer.id && shanghaiDate(since) === shanghaiDate(at)
}

async function withLinks(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  household: ListedHousehold,
): Promise<Outcome<HouseholdWithLinks>> {
  const [one] = await shown(parts, tx, [household])
  if (!one) return notFound
  const links = await asService(tx, async () => {
    const found: ShownLink[] = []
    for (const { residentId, proof, since } of await tx.households.linksAt(household.id)) {
      const [newest] = await tx.applications.ofResident(residentId)
      found.push({ id: residentId, proof, since, name: newest ? maskName(newest.content.applicantName) : null })
    }
    return found
  })
  return { ok: true, value: { ...one, links, changes: await shownChanges(tx, officer, household.id) } }
}

async function note(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { action, household, detail }: { action: string; household: ListedHousehold; detail: Record<string, string> },
): Promise<void> {
  await tx.audit.add({
    ...{ actor: officerActor(officer), action, objectKind: 'household', objectId: household.id },
    ...{ regionCode: household.regionCode, detail, at: parts.world.now() },
  })
}
