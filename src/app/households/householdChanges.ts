import type { Officer } from '../../domain/officer.ts'
import { assigns, officerActor, openTask, taskCreated } from '../../domain/taskState.ts'
import { shanghaiDate, type Instant } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import type { Outcome } from '../caseViews.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { endTask } from '../recordTask.ts'
import { tellOfficer } from '../tasks/tellOfficer.ts'
import type { ChangeKind, ChangeVerdict, HouseholdChange, ListedHousehold } from './householdPort.ts'

/** What one officer changed about a household, as its officers read it. */
export interface ShownChange {
  id: string
  kind: ChangeKind
  /** Name of who changed it. */
  by: string
  at: Instant
  verdict: ChangeVerdict | null
  reason: string | null
  /** Whether who reads it may settle it. */
  maySettle: boolean
}

/** Of a second look: confirmed, or undone with a reason that the first officer reads. */
export type Verdict = { change: string } & ({ verdict: 'confirmed' } | { verdict: 'undone'; reason: string })

interface Changed {
  household: ListedHousehold
  kind: ChangeKind
  at: Instant
}

/** Changes of one household that are looked at and shown at once. */
const MOST_SHOWN = 10
const TOWN_DIGITS = 9
const COUNTY_DIGITS = 6

const causeOf = ({ id }: ListedHousehold) => `householdChange:${id}`

/** Written down, and a task for another officer: one for a household as long as it waits. The eyes stay. */
export async function noteChange(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { household, kind, at }: Changed,
): Promise<void> {
  await asService(tx, async () => {
    await tx.householdChanges.note({ id: parts.world.newId(), householdId: household.id, kind, by: officer.id, at })
    const due = parts.addWorkingDays(shanghaiDate(at), parts.settings.secondLookDays)
    const task = openTask({
      ...{ id: parts.world.newId(), source: 'householdChange', regionCode: whoLooks(officer, household) },
      applicationId: null,
      summary: parts.text('zh-CN', 'app.task.householdChange', nameOf(parts, household)),
      ...{ promiseDue: due.date, dueProvisional: due.provisional, createdAt: at, hiddenFrom: [officer.id] },
    })
    await tx.tasks.insertUnlessWaiting(causeOf(household), task, taskCreated(task, { kind: 'system' }))
  })
}

const nameOf = ({ regionName }: AppParts, { regionCode, number }: ListedHousehold) => ({
  place: regionName(regionCode),
  number,
})

/** The level above whoever changed it; what the county changed, the town looks at. */
function whoLooks({ role }: Officer, { regionCode }: ListedHousehold): string {
  return regionCode.slice(0, role === 'town' ? COUNTY_DIGITS : TOWN_DIGITS)
}

/** They are there after all, or gone another way: what waited about it is settled. The eyes stay. */
export async function takeBackGone(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { household, at }: Omit<Changed, 'kind'>,
): Promise<void> {
  await asService(tx, async () => {
    const changes = await tx.householdChanges.of(household.id, MOST_SHOWN)
    for (const { id, kind, verdict } of changes) {
      if (verdict !== null || kind === 'unlinked') continue
      await tx.householdChanges.settle(id, { verdict: 'takenBack', by: officer.id, at, reason: null })
    }
    await endLooks(parts, tx, officer, household)
  })
}

/** That it has gone, as a colleague noted it, where this officer may give the second look: ids. The eyes stay. */
export async function goneToSettle(tx: Tx, officer: Officer, householdId: string): Promise<string[]> {
  const changes = await asService(tx, () => tx.householdChanges.of(householdId, MOST_SHOWN))
  return changes.filter(one => one.kind !== 'unlinked' && maySettle(one, officer)).map(({ id }) => id)
}

/** Answers the household as it is afterwards. Refused as `HouseholdDesk.settle` says. The eyes stay. */
export async function settleChange(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { household, ...settled }: { household: ListedHousehold } & Verdict,
): Promise<Outcome<ListedHousehold>> {
  return asService(tx, async () => {
    const changes = await tx.householdChanges.of(household.id, MOST_SHOWN)
    const change = changes.find(({ id }) => id === settled.change)
    if (!change) return refused({ code: 'badInput', fields: ['change'] })
    if (change.verdict !== null) return refused({ code: 'alreadyDone' })
    if (!maySettle(change, officer)) return refused({ code: 'notAllowed' })
    const at = parts.world.now()
    const isUndone = settled.verdict === 'undone'
    if (isUndone && !(await undo(tx, officer, change, at)))
      return refused({ code: 'notAllowed', allowed: ['confirmed'] })
    const reason = isUndone ? settled.reason : null
    await tx.householdChanges.settle(change.id, { verdict: settled.verdict, by: officer.id, at, reason })
    if (isUndone) await tellWhoChanged(parts, tx, change, household)
    await endLooks(parts, tx, officer, household)
    const isBack = isUndone && change.kind !== 'unlinked'
    return { ok: true, value: isBack ? { ...household, gone: null } : household }
  })
}

/** Never who made it, whatever his rank. */
function maySettle({ verdict, by }: HouseholdChange, officer: Officer): boolean {
  return verdict === null && assigns(officer) && by !== officer.id
}

async function undo(tx: Tx, officer: Officer, { householdId, kind, by, at: since }: HouseholdChange, at: Instant) {
  if (kind === 'unlinked') return tx.householdChanges.restoreLink({ householdId, by, at: since })
  await tx.households.setGone(householdId, { way: null, by: officer.id, at })
  return true
}

/** Why is read on the page of the household. */
async function tellWhoChanged(
  parts: AppParts,
  tx: Tx,
  { id, by }: HouseholdChange,
  household: ListedHousehold,
): Promise<void> {
  const who = await tx.officers.byId(by)
  if (!who) return
  const values = nameOf(parts, household)
  await tellOfficer(parts, tx, who, { key: 'tasks.householdUndone', values, dedupeKey: `householdChange:${id}` })
}

/** The task ends with the last change that waited. */
async function endLooks(parts: AppParts, tx: Tx, officer: Officer, household: ListedHousehold): Promise<void> {
  const changes = await tx.householdChanges.of(household.id, MOST_SHOWN)
  if (changes.some(({ verdict }) => verdict === null)) return
  const waiting = await tx.tasks.waiting(causeOf(household))
  const task = waiting && (await tx.tasks.lock(waiting.id))
  if (!task) return
  const reason = parts.text('zh-CN', 'app.householdLookedAt')
  await endTask(tx, task, { actor: officerActor(officer), at: parts.world.now(), reason })
}

/** For the page of the household. The eyes stay. */
export async function shownChanges(tx: Tx, officer: Officer, householdId: string): Promise<ShownChange[]> {
  return asService(tx, async () => {
    const shown: ShownChange[] = []
    for (const change of await tx.householdChanges.of(householdId, MOST_SHOWN)) {
      const { id, kind, by, at, verdict, reason } = change
      const name = (await tx.officers.byId(by))?.name ?? ''
      shown.push({ id, kind, by: name, at, verdict, reason, maySettle: maySettle(change, officer) })
    }
    return shown
  })
}
