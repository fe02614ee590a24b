import { covers, type Officer } from '../../domain/officer.ts'
import { mayStandIn, type Absence } from '../../domain/staff.ts'
import { officerActor } from '../../domain/taskState.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { Outcome } from '../caseViews.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** An absence with the names that belong to it. */
export interface AbsenceView extends Absence {
  officerName: string
  substituteName: string | null
}

/** Running and coming absences in an officer's place. */
export async function absencesIn(parts: AppParts, tx: Tx, officer: Officer): Promise<AbsenceView[]> {
  const absences = await tx.staff.absences(officer.regionCode, shanghaiDate(parts.world.now()))
  const ids = absences.flatMap(({ officerId, substituteId }) =>
    substituteId ? [officerId, substituteId] : [officerId],
  )
  const names = new Map((await tx.officers.byIds([...new Set(ids)])).map(({ id, name }) => [id, name]))
  return absences.map(absence => ({
    ...absence,
    officerName: names.get(absence.officerId) ?? '',
    substituteName: absence.substituteId ? (names.get(absence.substituteId) ?? null) : null,
  }))
}

/**
 * Writes down that an officer is away: he himself, or town and county for those below. The substitute must have at least his role,
 * work in the same county, and be somebody else. Refused with the field that is wrong; `notFound` for officers of another place.
 */
export async function setAbsence(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  absence: Omit<Absence, 'id'>,
): Promise<Outcome<Absence>> {
  const who = await tx.officers.byId(absence.officerId)
  if (!who || !mayManage(officer, who)) return refused({ code: 'notFound' })
  const at = parts.world.now()
  if (absence.to < absence.from || absence.to < shanghaiDate(at)) return refused({ code: 'badInput', fields: ['to'] })
  const substitute = absence.substituteId === null ? null : await tx.officers.byId(absence.substituteId)
  if (absence.substituteId !== null && !(substitute && mayStandIn(substitute, who))) {
    return refused({ code: 'badInput', fields: ['substitute'] })
  }
  const written = { ...absence, id: parts.world.newId() }
  await tx.staff.insertAbsence({ ...written, by: officer.id, at })
  await note(parts, tx, officer, { action: 'officer.absent', who, detail: { ...absence } })
  return { ok: true, value: written }
}

/** He is back before the day. */
export async function endAbsence(parts: AppParts, tx: Tx, officer: Officer, id: string): Promise<Outcome<null>> {
  const at = parts.world.now()
  const county = officer.regionCode.slice(0, 6)
  const absence = (await tx.staff.absences(county, shanghaiDate(at))).find(one => one.id === id)
  const who = absence ? await tx.officers.byId(absence.officerId) : null
  if (!who || !mayManage(officer, who)) return refused({ code: 'notFound' })
  if (!(await tx.staff.endAbsence(id, at))) return refused({ code: 'alreadyDone' })
  await note(parts, tx, officer, { action: 'officer.back', who, detail: {} })
  return { ok: true, value: null }
}

/** Which matters an officer does from now on; none: all of them. By town and county, for those below. */
export async function setMatters(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { officerId, matters }: { officerId: string; matters: string[] },
): Promise<Outcome<null>> {
  const who = await tx.officers.byId(officerId)
  if (!who || !isBelow(officer, who)) return refused({ code: 'notFound' })
  await tx.staff.setMatters(officerId, [...new Set(matters)])
  await note(parts, tx, officer, { action: 'officer.matters', who, detail: { matters: matters.join() } })
  return { ok: true, value: null }
}

/** Town and county manage whoever works in their place, at their own level too. */
function isBelow(officer: Officer, who: Officer): boolean {
  return (officer.role === 'town' || officer.role === 'county') && covers(officer.regionCode, who.regionCode)
}

const mayManage = (officer: Officer, who: Officer): boolean => officer.id === who.id || isBelow(officer, who)

async function note(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { action, who, detail }: { action: string; who: Officer; detail: Record<string, string | null> },
): Promise<void> {
  await tx.audit.add({
    actor: officerActor(officer),
    action,
    objectKind: 'officer',
    objectId: who.id,
    regionCode: who.regionCode,
    detail,
    at: parts.world.now(),
  })
}

/**
 * The officer as he works in the place of a colleague for whom he stands in today: with the colleague's place and role, under his
 * own name. Null when he does not stand in for him.
 */
export async function standingIn(parts: AppParts, tx: Tx, officer: Officer, username: string): Promise<Officer | null> {
  const absent = await tx.staff.standsInFor(officer.id, shanghaiDate(parts.world.now()))
  const whose = absent.find(one => one.username === username)
  return whose ? { ...officer, role: whose.role, regionCode: whose.regionCode } : null
}
