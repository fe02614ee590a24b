import { covers, type Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { officerActor } from '../../domain/taskState.ts'
import type { Outcome } from '../caseViews.ts'
import { eyesOf } from '../officer/eyes.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import type { TaskEvidence } from './evidencePort.ts'

/** Evidence of tasks, for whoever sees the task. */
export interface EvidenceDesk {
  /** Oldest first, with the names of those who sent it. */
  list(officer: Officer, taskId: string): Promise<Outcome<{ evidence: TaskEvidence; by: string | null }[]>>
  /** Id of the upload; that he looked is written down before it leaves. Refused: `notFound`, while it was not fetched, too. */
  photo(officer: Officer, asked: { taskId: string; id: string }): Promise<Outcome<{ upload: string }>>
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
    photo: (officer, { taskId, id }) =>
      seen(officer, taskId, async (tx, task) => {
        const found = (await tx.evidence.ofTask(taskId)).find(evidence => evidence.id === id)
        if (found?.piece.kind !== 'photo' || found.piece.upload === null) return refused({ code: 'notFound' })
        await tx.audit.add({
          actor: officerActor(officer),
          action: 'task.evidenceSeen',
          objectKind: 'task',
          objectId: taskId,
          regionCode: task.source === 'complaint' ? null : task.regionCode,
          detail: { evidence: id },
          at: parts.world.now(),
        })
        return { ok: true, value: { upload: found.piece.upload } }
      }),
  }
}
