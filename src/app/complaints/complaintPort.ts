import type { Complaint, ComplaintAction } from '../../domain/complaint/complaint.ts'
import type { ComplaintState } from '../../domain/complaint/complaintState.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Instant, LocalDate } from '../../domain/world.ts'

/** What a list and the database need to know beside the log. */
export interface ComplaintHolding {
  state: ComplaintState
  /** Task of the place that has it; null once it is closed. */
  taskId: string | null
}

/** 投诉建议 in the database. Officers see what their place handles, never what they are hidden from. */
export interface ComplaintPort {
  insert(complaint: Complaint, holding: ComplaintHolding): Promise<void>
  /** Under lock. */
  byId(id: string): Promise<Complaint | null>
  /** The complaint behind a task; under lock. */
  ofTask(taskId: string): Promise<Complaint | null>
  /** Task that is open for it. */
  taskOf(id: string): Promise<string | null>
  ofResident(residentId: string): Promise<Complaint[]>
  /** Appends and writes what lists read. @throws {Conflict} when `seq` is taken. */
  append(complaint: Complaint, action: ComplaintAction, holding: ComplaintHolding): Promise<void>
  /** Nearest due day first; closed ones newest first. */
  list(filter: { open: boolean; cursor?: string; limit: number }): Promise<{ items: Complaint[]; next: string | null }>
  /** Unanswered, with a due day before this one, and not yet noted. */
  late(today: LocalDate, limit: number): Promise<string[]>
  /** Answered before then, without a word since. */
  silent(before: Instant, limit: number): Promise<string[]>
  /** All who work in a county and below. */
  officersOf(countyCode: string): Promise<Officer[]>
}
