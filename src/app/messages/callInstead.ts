import type { Application } from '../../domain/application.ts'
import type { CareFamily } from '../../domain/care/careFamily.ts'
import { maskName } from '../../domain/mask.ts'
import { mannersOf, type MessagePurpose } from '../../domain/message/purpose.ts'
import type { TaskDetail } from '../../domain/task.ts'
import { isClosed, openTask, taskCreated } from '../../domain/taskState.ts'
import { shanghaiDate, type LocalDate } from '../../domain/world.ts'
import { asService } from '../asService.ts'
import { careFamilyOf } from '../care/careFamilyOf.ts'
import { careCause, familyName, openCareTask } from '../care/careTask.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { wholeCircle } from './circles.ts'
import type { Receiver } from './messagePort.ts'

/** Somebody who could not be reached, and why: a sentence without anybody's data. */
export interface Unreached {
  to: Receiver
  purpose: MessagePurpose
  why: string
  /** What it would have said, for whoever says it in person; for his eyes alone, and no longer than the task needs it. */
  words: string | null
}

/**
 * The last way: an officer of their place calls or visits, for a family in care its contacts. One task for each receiver as
 * long as it waits, with the words of however many messages did not arrive. False where it is not worth one, or one waits
 * already. The eyes stay.
 */
export async function callInstead(parts: AppParts, tx: Tx, unreached: Unreached): Promise<boolean> {
  const { to, purpose, why } = unreached
  if (!mannersOf[purpose].isBrought) return false
  return asService(tx, async () => {
    const { householdIds, residentIds } = await wholeCircle(tx, to)
    const [householdId = null] = householdIds
    const application = await newestOf(tx, 'residentId' in to ? [to.residentId] : residentIds)
    const household = householdId === null ? null : await tx.messages.household(householdId)
    const at = parts.world.now()
    const due = parts.addWorkingDays(shanghaiDate(at), parts.settings.callBackDays)
    // What was said to a family in care is brought by its contacts; nobody else is to learn that there was anything.
    const care = purpose === 'care' ? await careFamilyOf(tx, to) : null
    const detail = detailOf(unreached, residentIds)
    // Of one household several may be told something: each for himself, and none reads what was meant for another.
    const who = 'residentId' in to ? `resident:${to.residentId}` : `household:${to.householdId}`
    if (care) return visitInstead(parts, tx, care.family, { due: due.date, why, who, ...detail })
    const known = household
      ? { number: household.number, name: maskName(household.headName) }
      : { number: application?.number ?? '', name: application ? maskName(application.content.applicantName) : '' }
    const task = openTask({
      id: parts.world.newId(),
      source: 'unreachable',
      regionCode: household?.regionCode ?? application?.regionCode ?? parts.settings.homeRegion,
      applicationId: application?.id ?? null,
      summary: parts.text('zh-CN', 'messages.task.unreachable', { ...known, why }),
      promiseDue: due.date,
      dueProvisional: due.provisional,
      createdAt: at,
      ...detail,
    })
    const cause = `unreached:${who}`
    const open = () => tx.tasks.insertUnlessWaiting(cause, task, taskCreated(task, { kind: 'system' }))
    return openOrAddWords(tx, { cause, detail: task.detail, open })
  })
}

async function visitInstead(
  parts: AppParts,
  tx: Tx,
  family: CareFamily,
  { why, who, ...asked }: { due: LocalDate; why: string; who: string; detail?: TaskDetail },
): Promise<boolean> {
  const known = { number: '', name: familyName(parts, family) }
  const summary = parts.text('zh-CN', 'messages.task.unreachable', { ...known, why })
  const visit = { source: 'careVisit', summary, once: `unreached:${who}`, ...asked } as const
  const open = async () => (await openCareTask(parts, tx, family, visit)) !== null
  return openOrAddWords(tx, { cause: careCause(family.id, visit.once), detail: asked.detail ?? null, open })
}

/** Nothing where nobody knows the words, or whose they were. */
function detailOf({ to, words }: Unreached, [first]: string[]): { detail?: TaskDetail } {
  const residentId = 'residentId' in to ? to.residentId : first
  if (words === null || residentId === undefined) return {}
  return { detail: { residentId, sessionId: '', flow: '', step: '', answers: { words } } }
}

/** Of one that waits the words are said along with its own; the same ones once, as a failure may be reported twice. */
async function openOrAddWords(
  tx: Tx,
  { cause, detail, open }: { cause: string; detail: TaskDetail | null; open: () => Promise<boolean> },
): Promise<boolean> {
  if (await open()) return true
  const words = wordsOf(detail)
  if (detail === null || words === null) return false
  const seen = await tx.tasks.waiting(cause)
  const waiting = seen && (await tx.tasks.lock(seen.id))
  // Whoever closed it at this moment did not know of these words.
  if (!waiting || isClosed(waiting)) return open()
  const before = wordsOf(waiting.detail)
  if (before !== null && `\n${before}\n`.includes(`\n${words}\n`)) return false
  const all = before === null ? words : `${before}\n${words}`
  await tx.tasks.saveDetail(waiting.id, { ...(waiting.detail ?? detail), answers: { words: all } })
  return false
}

function wordsOf(detail: TaskDetail | null): string | null {
  const words = detail?.answers['words']
  return typeof words === 'string' ? words : null
}

async function newestOf(tx: Tx, residentIds: string[]): Promise<Application | null> {
  for (const residentId of residentIds) {
    const [newest] = await tx.applications.ofResident(residentId)
    if (newest) return newest
  }
  return null
}
