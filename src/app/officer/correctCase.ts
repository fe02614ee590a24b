import type { Application } from '../../domain/application.ts'
import { correctContent, type Correction } from '../../domain/correction.ts'
import { marksOf } from '../../domain/duplicates.ts'
import type { Officer } from '../../domain/officer.ts'
import { officerActor } from '../../domain/taskState.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { Outcome } from '../app.ts'
import { appendEvent } from '../appendEvent.ts'
import { blockerOf, subjectOf } from '../cases/subject.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { moveCase } from './moveCase.ts'
import { heldCase, refused } from './work.ts'

/**
 * Corrects what was filed. The place is corrected alone, and moves the case (`moveCase`). The log names the fields and the reasons and no value; the new content is a row of its own, the
 * former ones stay. Who or when changed may make it the double of another case: then it is refused.
 */
export async function correctCase(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, fence, corrections }: { id: string; fence: number; corrections: Correction[] },
): Promise<Outcome<Application>> {
  const at = parts.world.now()
  const held = await heldCase(parts, tx, officer, id, fence, 'correct')
  if (!held.ok) return held
  const place = corrections.find(({ field }) => field === 'regionCode')
  if (place) return corrections.length > 1 ? wrongPlace : correctPlace(parts, tx, officer, { ...place, id })
  const { application } = held.value
  const corrected = correctContent(application, corrections, shanghaiDate(at))
  if (!corrected.ok) return refused({ code: 'badInput', fields: [corrected.field] })
  // The matter says which content it is, and a correction changes neither.
  const after = { ...application, content: corrected.content } as Application
  if (!(await moveSubject(tx, application, after))) return refused({ code: 'alreadyDone' })
  const changes = corrections.map(({ field, reason }) => ({ field, reason }))
  const event = { type: 'corrected' as const, changes }
  const detail = { fields: changes.map(({ field }) => field).join(',') }
  const reason = changes.map(change => `${change.field}：${change.reason}`).join('；')
  const recorded = await appendEvent(tx, after, { actor: officerActor(officer), event, at, detail, reason })
  const seq = recorded.actions.at(-1)?.seq ?? 0
  await tx.applications.correct(recorded, { seq, content: recorded.content, at })
  await tx.applications.setMarks(recorded, marksOf(recorded))
  return { ok: true, value: recorded }
}

const wrongPlace = refused({ code: 'badInput', fields: ['regionCode'] })

async function correctPlace(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, value, reason }: Correction & { id: string },
): Promise<Outcome<Application>> {
  const moved = await moveCase(parts, tx, officer, { id, to: String(value), reason })
  return !moved.ok && moved.refusal.code === 'badInput' ? wrongPlace : moved
}

/** False when another case holds what this one would become. */
async function moveSubject(tx: Tx, before: Application, after: Application): Promise<boolean> {
  const [from, to] = [subjectOf(before), subjectOf(after)]
  if (from.subject === to.subject && from.period === to.period) return true
  if ((await blockerOf(tx, after)) !== null) return false
  await tx.applications.releaseSubject(after.id)
  await tx.applications.claimSubject(to, after.id)
  return true
}
