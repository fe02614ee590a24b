import { addDays, daysBetween, type Instant, type LocalDate } from './world.ts'

/**
 * 告知承诺 (国办发〔2020〕42号): the resident vouches for a fact instead of bringing a paper. Some are checked later; a broken
 * one is to be mended by a day. Who has one that is broken and not mended brings papers until it is.
 */
export const commitmentStatuses = ['made', 'kept', 'broken', 'mended', 'expired'] as const
export type CommitmentStatus = (typeof commitmentStatuses)[number]

/** What an officer finds: kept, broken, or (after a breach) mended. */
export const checkResults = ['kept', 'broken', 'mended'] as const
export type CheckResult = (typeof checkResults)[number]

export interface Commitment {
  id: string
  applicationId: string
  regionCode: string
  residentId: string
  /** Id of the material it stands for. */
  material: string
  /** Version and SHA-256 (hex) of the very text that was on the screen. */
  textVersion: number
  textHash: string
  madeAt: Instant
  status: CommitmentStatus
  /** Whether chance chose it for a check; null: not drawn yet. */
  drawn: boolean | null
  /** The task in which it is checked, mended or passed upwards; null when nobody has to do anything. */
  taskId: string | null
  brokenOn: LocalDate | null
  correctBy: LocalDate | null
  /** Reminders sent since it was found broken. */
  reminders: number
}

/** A change that the rules allow, or none. */
export type CommitmentChange = { ok: true; commitment: Commitment } | { ok: false }

const refused: CommitmentChange = { ok: false }
const changed = (commitment: Commitment, patch: Partial<Commitment>): CommitmentChange => ({
  ok: true,
  commitment: { ...commitment, ...patch },
})

/** True while the person cannot vouch for anything else. */
export function isOpenBreach({ status }: Pick<Commitment, 'status'>): boolean {
  return status === 'broken' || status === 'expired'
}

/** Whether chance picks one of these. `rate` 0 to 1; four random bytes make one even number of 32 bits. */
export function isDrawn(rate: number, random: Uint8Array): boolean {
  const number = random.subarray(0, 4).reduce((sum, byte) => sum * 256 + byte, 0)
  return number / 2 ** 32 < rate
}

/** Notes the draw. `taskId`: the task of the check, or null when it was not chosen. Once. */
export function drawCommitment(commitment: Commitment, taskId: string | null): CommitmentChange {
  if (commitment.status !== 'made' || commitment.drawn !== null) return refused
  return changed(commitment, { drawn: taskId !== null, taskId })
}

/** The check found the fact to be true. */
export function keepCommitment(commitment: Commitment): CommitmentChange {
  if (commitment.status !== 'made' || commitment.drawn !== true) return refused
  return changed(commitment, { status: 'kept', taskId: null })
}

/** The check found it untrue: it is to be mended by the end of `correctBy`, watched in a task of its own. */
export function breakCommitment(
  commitment: Commitment,
  { on, correctBy, taskId }: { on: LocalDate; correctBy: LocalDate; taskId: string },
): CommitmentChange {
  if (commitment.status !== 'made' || commitment.drawn !== true) return refused
  return changed(commitment, { status: 'broken', brokenOn: on, correctBy, taskId, reminders: 0 })
}

/** The paper was brought, or what was said was put right. Late is better than never. */
export function mendCommitment(commitment: Commitment): CommitmentChange {
  return isOpenBreach(commitment) ? changed(commitment, { status: 'mended', taskId: null }) : refused
}

/** Nobody mended it in time: from the day after the last one it is a supervisor's. */
export function expireCommitment(commitment: Commitment, today: LocalDate, taskId: string): CommitmentChange {
  const { status, correctBy } = commitment
  if (status !== 'broken' || correctBy === null || today <= correctBy) return refused
  return changed(commitment, { status: 'expired', taskId })
}

/** Parts of the time for correction after which a reminder goes out: those of every task of the house. */
const REMIND_AT = [0.5, 0.8]

/** How many reminders should have gone out by today. */
export function remindersDue({ status, brokenOn, correctBy }: Commitment, today: LocalDate): number {
  if (status !== 'broken' || brokenOn === null || correctBy === null) return 0
  const days = daysBetween(brokenOn, correctBy)
  return REMIND_AT.filter(part => today >= addDays(brokenOn, Math.ceil(days * part))).length
}
