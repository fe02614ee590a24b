import type { Task, TaskAction, TaskDetail, TaskSource, TaskStatus } from '../../domain/task.ts'
import type { TaskSight } from '../../domain/taskSight.ts'
import type { Instant, LocalDate } from '../../domain/world.ts'

/** Which tasks a list holds; all conditions at once. */
export interface TaskFilter {
  status?: TaskStatus[]
  assigneeId?: string
  /** Offered to this officer, and the offer still stands at `at`. */
  offeredTo?: { officerId: string; at: Instant }
  /** Offered to anybody. */
  offered?: true
  /** Due before this day, and not closed. */
  overdueOn?: LocalDate
  /** The level above was called in, and it is not closed. */
  raised?: true
  /** Of this place and below, within what the eyes see. */
  place?: string
  cursor?: string
  limit: number
}

/** Open, leased and paused tasks that are alike, counted. */
export interface TaskCount {
  regionCode: string
  assigneeId: string | null
  status: TaskStatus
  raisedTo: Task['raisedTo']
  matter: string | null
  count: number
  dueToday: number
  overdue: number
}

/** What lies on an officer's desk. */
export interface DeskCount {
  officerId: string
  leased: number
  paused: number
  dueToday: number
  overdue: number
  /** Offers to him that still stand. */
  offered: number
}

export interface TaskPort {
  insert(task: Task, action: TaskAction): Promise<void>
  /** The same unless a task of this cause still waits; false when it does. `cause` holds no personal data. */
  insertUnlessWaiting(cause: string, task: Task, action: TaskAction): Promise<boolean>
  /** The one of this cause that still waits. */
  waiting(cause: string): Promise<Task | null>
  byId(id: string): Promise<Task | null>
  /** Those of them that are in sight. */
  byIds(ids: string[]): Promise<Task[]>
  /** Row under lock. */
  lock(id: string): Promise<Task | null>
  /** The same, or null when somebody else has the row at this moment. */
  lockFree(id: string): Promise<Task | null>
  ofApplication(applicationId: string): Promise<Task[]>
  ofApplications(applicationIds: string[]): Promise<Task[]>
  /** Of the resident of this task, without itself, of these sources; newest first. */
  ofSameFamily(taskId: string, sources: readonly TaskSource[], limit: number): Promise<Task[]>
  /** Sorted by due date (legal after promise, none last), then creation. */
  list(filter: TaskFilter): Promise<{ items: Task[]; next: string | null }>
  /** Writes the task as it now is and appends the action; the sweeper then looks at it anew. */
  save(task: Task, action: TaskAction): Promise<void>
  /** Another detail for a task under lock; nothing in its log. */
  saveDetail(id: string, detail: TaskDetail): Promise<void>
  actions(taskId: string): Promise<TaskAction[]>
  /** Number of the next action in its log. */
  nextSeq(taskId: string): Promise<number>
  /** Matter of its case; null for tasks without one. */
  matterOf(taskId: string): Promise<string | null>
  /** Officers who must not see it, those a complaint is about; and the only ones beside the town who may, of a care family. */
  sightOf(taskId: string): Promise<TaskSight>
  /** Whether another task of the same cause waits by now. */
  hasTwin(taskId: string): Promise<boolean>
  /**
   * Live tasks in sight of a place and below, with their matter, of which the service reminded after that moment; nearest due day
   * first.
   */
  remindedSince(since: Instant, place: string, limit: number): Promise<{ task: Task; matter: string | null }[]>
  /** Ids of tasks in which the service may have something to do by now, longest due first. */
  toLookAt(at: Instant, limit: number): Promise<string[]>
  /** Null: not until somebody acts. */
  lookAgain(id: string, at: Instant | null): Promise<void>
  /** All live tasks in sight, counted by what is alike. */
  census(today: LocalDate, place?: string): Promise<TaskCount[]>
  /** Desks of these officers. Needs the eyes of the service, or counts only what is in sight. */
  desks(officerIds: readonly string[], today: LocalDate, at: Instant): Promise<DeskCount[]>
}
