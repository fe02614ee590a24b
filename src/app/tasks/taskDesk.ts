import { covers, type Officer } from '../../domain/officer.ts'
import type { Absence } from '../../domain/staff.ts'
import type { Task } from '../../domain/task.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { Outcome } from '../caseViews.ts'
import type { ChainLine, TaskView } from '../app.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import { taskViewer } from '../officer/views.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Page, Tx } from '../ports.ts'
import { absencesIn, endAbsence, setAbsence, setMatters, standingIn, type AbsenceView } from './absences.ts'
import { boardOf, type TaskBoard } from './board.ts'
import { chainOf } from './chain.ts'
import { colleaguesFor, type Colleague } from './colleagues.ts'
import { dayReportText } from './dayReport.ts'
import { digestOf, sendDigests } from './digest.ts'
import type { Digest } from './digestWords.ts'
import { exceptionsOf, type ExceptionLine, type ExceptionsAsked } from './exceptions.ts'
import { handOverTasks, type HandedOver, type HandOverAsked } from './handOver.ts'
import { lookAtTasks } from './lookAtTasks.ts'
import { familyTasks, villageCounts, type VillageCount } from './rounds.ts'
import { acceptTask, declineTask, offerTask, withdrawTask, type TransferAsked } from './transfers.ts'
import { moveFamily, type FamilyMoveAsked, type FamilyMoved } from './moveFamily.ts'
import { ownRequests, type OwnRequest } from './ownRequests.ts'
import { reopenRequest, urgeAsOfficer, urgeAsResident, urgeRequest } from './urging.ts'

/** Transfers, absences, workload and clock of tasks. `app.officer` has the lease and what follows from it. */
export interface TaskDesk {
  offer(officer: Officer, asked: TransferAsked): Promise<Outcome<TaskView>>
  accept(officer: Officer, id: string, fence: number): Promise<Outcome<TaskView>>
  decline(officer: Officer, id: string, fence: number, reason: string | null): Promise<Outcome<TaskView>>
  withdraw(officer: Officer, id: string, fence: number): Promise<Outcome<TaskView>>
  /** 催办 by town or county. */
  urge(officer: Officer, id: string, fence: number, note: string | null): Promise<Outcome<TaskView>>
  /** Who could take a task, with their workload. */
  colleagues(officer: Officer, taskId: string): Promise<Outcome<Colleague[]>>
  /** All that happened to it, with names. */
  chain(officer: Officer, taskId: string): Promise<Outcome<ChainLine[]>>
  /** The other tasks of the same family that he may see, newest first, without complaints, ratings and surveys. */
  family(officer: Officer, taskId: string): Promise<Outcome<TaskView[]>>
  /** What waits in each village of his place. */
  villages(officer: Officer): Promise<VillageCount[]>
  board(officer: Officer): Promise<TaskBoard>
  /** What went another way than it should, for town and county. */
  exceptions(officer: Officer, asked: ExceptionsAsked): Promise<Page<ExceptionLine>>
  digest(officer: Officer): Promise<Digest>
  /** 日报 in words. */
  report(officer: Officer): Promise<string>
  /** `expected` null: the preview. */
  handOver(officer: Officer, asked: HandOverAsked & { expected: number | null }): Promise<Outcome<HandedOver>>
  /** The same. */
  moveFamily(officer: Officer, asked: FamilyMoveAsked & { expected: number | null }): Promise<Outcome<FamilyMoved>>
  absences(officer: Officer): Promise<AbsenceView[]>
  setAbsence(officer: Officer, absence: Omit<Absence, 'id'>): Promise<Outcome<Absence>>
  endAbsence(officer: Officer, id: string): Promise<Outcome<null>>
  setMatters(officer: Officer, given: { officerId: string; matters: string[] }): Promise<Outcome<null>>
  /** The officer in the place of an absent colleague, by his user name; null when he does not stand in for him today. */
  standingIn(officer: Officer, username: string): Promise<Officer | null>
  /** Colleagues for whom he stands in today. */
  standsInFor(officer: Officer): Promise<Officer[]>
  resident: {
    urge(residentId: string, applicationId: string, note: string | null): Promise<Outcome<null>>
    /** What he asked of officers beside his cases, newest first. */
    requests(residentId: string): Promise<OwnRequest[]>
    /** The same for one of these requests. */
    urgeRequest(residentId: string, id: string, note: string | null): Promise<Outcome<null>>
    reopen(residentId: string, id: string, reason: string): Promise<Outcome<null>>
  }
  /** For the workers; any number of them may call at once. */
  work: {
    /** Answers how many tasks were looked at. */
    look(limit: number): Promise<number>
    /** Answers for how many officers the morning was looked at. */
    digests(limit: number): Promise<number>
  }
}

export function makeTaskDesk(parts: AppParts): TaskDesk {
  const as = <T>(officer: Officer, run: (tx: Tx) => Promise<T>): Promise<T> =>
    untilQuiet(() => parts.store.transaction(eyesOf(officer), run))
  const shown = (officer: Officer, run: (tx: Tx) => Promise<Outcome<Task>>): Promise<Outcome<TaskView>> =>
    as(officer, async tx => {
      const result = await run(tx)
      if (!result.ok) return result
      return { ok: true, value: (await taskViewer(parts, tx, officer, [result.value]))(result.value) }
    })
  return {
    offer: (officer, asked) => shown(officer, tx => offerTask(parts, tx, officer, asked)),
    accept: (officer, id, fence) => shown(officer, tx => acceptTask(parts, tx, officer, { id, fence })),
    decline: (officer, id, fence, reason) =>
      shown(officer, tx => declineTask(parts, tx, officer, { id, fence, reason })),
    withdraw: (officer, id, fence) => shown(officer, tx => withdrawTask(parts, tx, officer, { id, fence })),
    urge: (officer, id, fence, note) => shown(officer, tx => urgeAsOfficer(parts, tx, officer, { id, fence, note })),
    colleagues: (officer, taskId) =>
      as(officer, async tx => {
        const task = await tx.tasks.byId(taskId)
        if (!task || !covers(officer.regionCode, task.regionCode)) return refused({ code: 'notFound' })
        return { ok: true, value: await colleaguesFor(parts, tx, officer, task) }
      }),
    chain: (officer, taskId) => as(officer, tx => chainOf(tx, officer, taskId)),
    family: (officer, taskId) => as(officer, tx => familyTasks(parts, tx, officer, taskId)),
    villages: officer => as(officer, tx => villageCounts(parts, tx, officer)),
    board: officer => as(officer, tx => boardOf(parts, tx, officer)),
    exceptions: (officer, asked) => as(officer, tx => exceptionsOf(parts, tx, officer, asked)),
    digest: officer => as(officer, tx => digestOf(parts, tx, officer)),
    report: officer => as(officer, tx => dayReportText(parts, tx, officer)),
    handOver: (officer, asked) => as(officer, tx => handOverTasks(parts, tx, officer, asked)),
    moveFamily: (officer, asked) => as(officer, tx => moveFamily(parts, tx, officer, asked)),
    ...staffDesk(parts, as),
    resident: residentSide(parts),
    work: {
      look: limit => lookAtTasks(parts, limit),
      digests: limit => sendDigests(parts, limit),
    },
  }
}

type StaffSide = Pick<TaskDesk, 'absences' | 'setAbsence' | 'endAbsence' | 'setMatters' | 'standingIn' | 'standsInFor'>

function staffDesk(parts: AppParts, as: <T>(officer: Officer, run: (tx: Tx) => Promise<T>) => Promise<T>): StaffSide {
  return {
    absences: officer => as(officer, tx => absencesIn(parts, tx, officer)),
    setAbsence: (officer, absence) => as(officer, tx => setAbsence(parts, tx, officer, absence)),
    endAbsence: (officer, id) => as(officer, tx => endAbsence(parts, tx, officer, id)),
    setMatters: (officer, given) => as(officer, tx => setMatters(parts, tx, officer, given)),
    standingIn: (officer, username) => as(officer, tx => standingIn(parts, tx, officer, username)),
    standsInFor: officer => as(officer, tx => tx.staff.standsInFor(officer.id, shanghaiDate(parts.world.now()))),
  }
}

function residentSide(parts: AppParts): TaskDesk['resident'] {
  const asSystem = (run: (tx: Tx) => Promise<Outcome<unknown>>): Promise<Outcome<null>> =>
    untilQuiet(async () => {
      const result = await parts.store.transaction({ kind: 'system' }, run)
      return result.ok ? { ok: true, value: null } : result
    })
  return {
    urge: (residentId, applicationId, note) =>
      asSystem(tx => urgeAsResident(parts, tx, residentId, { applicationId, note })),
    requests: residentId =>
      parts.store.transaction({ kind: 'resident', residentId }, tx => ownRequests(parts, tx, residentId)),
    urgeRequest: (residentId, id, note) => asSystem(tx => urgeRequest(parts, tx, residentId, { id, note })),
    reopen: (residentId, id, reason) => asSystem(tx => reopenRequest(parts, tx, residentId, { id, reason })),
  }
}
