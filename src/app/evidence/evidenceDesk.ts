import { covers, type Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { placeInTrail } from '../../domain/taskSight.ts'
import { isClosed, officerActor } from '../../domain/taskState.ts'
import type { Outcome, Refusal } from '../caseViews.ts'
import { eyesOf } from '../officer/eyes.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import type { NewPiece, Sound, TaskEvidence } from './evidencePort.ts'
import type { Picture } from './picture.ts'

/** What an officer opens: an upload, by its id, a voice note, or a photo of his own pages. */
export type OpenedEvidence =
  { kind: 'upload'; id: string } | { kind: 'sound'; sound: Sound } | { kind: 'picture'; picture: Picture }

/** Evidence of tasks, for whoever sees the task: those of cases, visits and everything else that has a task. */
export interface EvidenceDesk {
  /** Oldest first, with the names of those who sent it. */
  list(officer: Officer, taskId: string): Promise<Outcome<{ evidence: TaskEvidence; by: string | null }[]>>
  /** A photo or a voice note; that he looked is written down before it leaves. Refused: `notFound`, while it was not fetched, too. */
  open(officer: Officer, asked: { taskId: string; id: string }): Promise<Outcome<OpenedEvidence>>
  /** Keeps a voice note with a task that he holds. Refused: `notFound`, `notAllowed` with who holds it. */
  addVoice(officer: Officer, taskId: string, sound: Sound): Promise<Outcome<{ id: string }>>
  /** The same of a photo. */
  addPicture(officer: Officer, taskId: string, picture: Picture): Promise<Outcome<{ id: string }>>
}

export function makeEvidenceDesk(parts: AppParts): EvidenceDesk {
  const seen = <T>(
    officer: Officer,
    taskId: string,
    run: (tx: Tx, task: Task) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> =>
    parts.store.transaction(eyesOf(officer), async tx => {
      const task = await tx.tasks.byId(taskId)
      if (!task || !covers(officer.regionCode, task.regionCode)) return refused({ code: 'notFound' })
      return run(tx, task)
    })
  return {
    list: (officer, taskId) =>
      seen(officer, taskId, async tx => {
        const all = await tx.evidence.ofTask(taskId)
        const officers = await tx.officers.byIds([...new Set(all.map(({ officerId }) => officerId))])
        const names = new Map(officers.map(({ id, name }) => [id, name]))
        return { ok: true, value: all.map(evidence => ({ evidence, by: names.get(evidence.officerId) ?? null })) }
      }),
    open: (officer, { taskId, id }) =>
      seen(officer, taskId, async (tx, task) => {
        const found = (await tx.evidence.ofTask(taskId)).find(evidence => evidence.id === id)
        const opened = found && (await openPiece(tx, found))
        if (!opened) return refused({ code: 'notFound' })
        await note(parts, tx, { officer, task, action: 'task.evidenceSeen', detail: { evidence: id } })
        return { ok: true, value: opened }
      }),
    addVoice: (officer, taskId, sound) =>
      seen(officer, taskId, (tx, task) =>
        addPiece(parts, tx, { officer, task, piece: { kind: 'voice', ...sound }, detail: { voices: 1 } }),
      ),
    addPicture: (officer, taskId, picture) =>
      seen(officer, taskId, (tx, task) =>
        addPiece(parts, tx, { officer, task, piece: { kind: 'photo', ...picture }, detail: { photos: 1 } }),
      ),
  }
}

/** By whoever holds the task, as long as it is not over. */
async function addPiece(
  parts: AppParts,
  tx: Tx,
  { officer, task, piece, detail }: { officer: Officer; task: Task; piece: NewPiece; detail: Record<string, number> },
): Promise<Outcome<{ id: string }>> {
  if (isClosed(task) || task.assigneeId !== officer.id) return refused(await notHeld(tx, officer, task))
  const id = parts.world.newId()
  await tx.evidence.add({ id, taskId: task.id, officerId: officer.id, residentId: null, at: parts.world.now(), piece })
  await note(parts, tx, { officer, task, action: 'task.evidence', detail })
  return { ok: true, value: { id } }
}

async function openPiece(tx: Tx, { id, piece }: TaskEvidence): Promise<OpenedEvidence | null> {
  if (piece.kind === 'photo') {
    if (piece.upload !== null) return { kind: 'upload', id: piece.upload }
    const picture = piece.own ? await tx.evidence.picture(id) : null
    return picture && { kind: 'picture', picture }
  }
  const sound = piece.kind === 'voice' ? await tx.evidence.sound(id) : null
  return sound && { kind: 'sound', sound }
}

async function notHeld(tx: Tx, officer: Officer, { assigneeId }: Task): Promise<Refusal> {
  const holder = assigneeId !== null && assigneeId !== officer.id ? await tx.officers.byId(assigneeId) : null
  return { code: 'notAllowed', ...(holder ? { heldBy: holder.name } : {}) }
}

interface Noted {
  officer: Officer
  task: Task
  action: 'task.evidence' | 'task.evidenceSeen'
  detail: Record<string, string | number>
}

/** What is for few eyes stays out of the trail of its place. */
const note = (parts: AppParts, tx: Tx, { officer, task, action, detail }: Noted): Promise<void> =>
  tx.audit.add({
    actor: officerActor(officer),
    ...{ action, objectKind: 'task', objectId: task.id, detail },
    regionCode: placeInTrail(task),
    at: parts.world.now(),
  })
