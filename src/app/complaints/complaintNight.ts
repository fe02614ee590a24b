import { allowedComplaintSteps, foldComplaint, isSilentSince } from '../../domain/complaint/complaintState.ts'
import { addDays, shanghaiDate, startOfDay } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { advanceComplaint } from './advanceComplaint.ts'

/** Complaints of one transaction. */
const AT_ONCE = 100
/** Days after an answer without a word from who complained: as long as the question in chat is open. Product default. */
const SILENT_DAYS = 15

/** Notes complaints whose day passed, and closes those whose answer nobody questioned. Answers how many; may run at any time. */
export async function complaintNight(parts: AppParts): Promise<number> {
  let done = 0
  for (const step of [noteLate, closeSilent]) {
    for (let batch = AT_ONCE; batch === AT_ONCE; done += batch) {
      batch = await parts.store.transaction({ kind: 'system' }, tx => step(parts, tx))
    }
  }
  return done
}

async function noteLate(parts: AppParts, tx: Tx): Promise<number> {
  const at = parts.world.now()
  const ids = await tx.complaints.late(shanghaiDate(at), AT_ONCE)
  for (const id of ids) {
    const complaint = await tx.complaints.byId(id)
    if (!complaint || !allowedComplaintSteps(foldComplaint(complaint.actions), 'system').includes('lapsed')) continue
    const taskId = await tx.complaints.taskOf(id)
    await advanceComplaint(tx, complaint, { actor: { kind: 'system' }, event: { type: 'lapsed' }, at, taskId })
  }
  return ids.length
}

async function closeSilent(parts: AppParts, tx: Tx): Promise<number> {
  const at = parts.world.now()
  const before = startOfDay(addDays(shanghaiDate(at), -SILENT_DAYS))
  const ids = await tx.complaints.silent(before, AT_ONCE)
  for (const id of ids) {
    const complaint = await tx.complaints.byId(id)
    if (!complaint || !isSilentSince(foldComplaint(complaint.actions), before)) continue
    const event = { type: 'closed' as const, why: 'silence' as const }
    await advanceComplaint(tx, complaint, { actor: { kind: 'system' }, event, at, taskId: null })
  }
  return ids.length
}
