import {
  drawCommitment,
  expireCommitment,
  isDrawn,
  remindersDue,
  type Commitment,
  type CommitmentChange,
} from '../../domain/commitment.ts'
import { shanghaiDate, type LocalDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { tellResident } from '../tellResident.ts'
import { endCommitmentTask, openCommitmentTask } from './commitmentTasks.ts'

/** Random bytes of one draw. */
const DRAW_BYTES = 4

/**
 * What the service does of itself with commitments: draws those of granted cases for a check by chance, reminds of breaches,
 * and passes those that nobody mended in time to a supervisor. Every call is safe to repeat, and several may run at once.
 * Answers how many were drawn.
 */
export async function watchCommitments(parts: AppParts, limit: number): Promise<number> {
  const drawn = await parts.store.transaction({ kind: 'system' }, tx => drawSome(parts, tx, limit))
  let from = ''
  for (;;) {
    const seen = await parts.store.transaction({ kind: 'system' }, tx => followBreaches(parts, tx, { from, limit }))
    if (seen.length < limit) return drawn
    from = seen.at(-1)?.id ?? ''
  }
}

async function drawSome(parts: AppParts, tx: Tx, limit: number): Promise<number> {
  const undrawn = await tx.commitments.undrawn(limit)
  for (const commitment of undrawn) await draw(parts, tx, commitment)
  return undrawn.length
}

async function draw(parts: AppParts, tx: Tx, commitment: Commitment): Promise<void> {
  const { checkRate } = ruleOf(parts, commitment)
  const chosen = isDrawn(checkRate, parts.world.randomBytes(DRAW_BYTES))
  const taskId = chosen ? await openCheck(parts, tx, commitment) : null
  await keep(tx, drawCommitment(commitment, taskId))
}

function openCheck(parts: AppParts, tx: Tx, commitment: Commitment): Promise<string> {
  const due = parts.addWorkingDays(today(parts), parts.settings.commitments.checkDays)
  return openCommitmentTask(parts, tx, commitment, { kind: 'check', due: due.date, provisional: due.provisional })
}

/** What the place has decided, else the product's default. */
export function ruleOf(parts: AppParts, { regionCode, material }: Commitment) {
  const rule = parts.packFor(regionCode).commitments.find(one => one.material === material)
  const { checkRate, correctionDays } = parts.settings.commitments
  return {
    checkRate: rule?.checkRate.value ?? checkRate,
    correctionDays: rule?.correctionDays.value ?? correctionDays,
  }
}

async function followBreaches(
  parts: AppParts,
  tx: Tx,
  { from, limit }: { from: string; limit: number },
): Promise<Commitment[]> {
  const broken = await tx.commitments.broken(from, limit)
  for (const commitment of broken) await followBreach(parts, tx, commitment)
  return broken
}

async function followBreach(parts: AppParts, tx: Tx, commitment: Commitment): Promise<void> {
  const now = today(parts)
  const isOver = expireCommitment(commitment, now, '').ok
  if (isOver) return passUpwards(parts, tx, commitment, now)
  const due = remindersDue(commitment, now)
  if (due <= commitment.reminders) return
  await tx.commitments.save({ ...commitment, reminders: due })
  await tellBreach(parts, tx, commitment, { key: 'app.told.commitmentReminder', cause: `remind:${due}` })
}

async function passUpwards(parts: AppParts, tx: Tx, commitment: Commitment, now: LocalDate): Promise<void> {
  await endCommitmentTask(parts, tx, commitment.taskId, parts.text('zh-CN', 'app.commitmentExpired'))
  const due = parts.addWorkingDays(now, parts.settings.callBackDays)
  const task = { kind: 'breach' as const, due: due.date, provisional: due.provisional }
  const taskId = await openCommitmentTask(parts, tx, commitment, task)
  await keep(tx, expireCommitment(commitment, now, taskId))
  await tx.audit.add({
    actor: { kind: 'system' },
    action: 'commitment.expired',
    objectKind: 'application',
    objectId: commitment.applicationId,
    regionCode: commitment.regionCode,
    detail: { material: commitment.material, correctBy: commitment.correctBy },
    at: parts.world.now(),
  })
}

/** Tells what is to be mended and until when. Ends with the eyes of the service. */
export async function tellBreach(
  parts: AppParts,
  tx: Tx,
  commitment: Commitment,
  { key, cause }: { key: string; cause: string },
): Promise<void> {
  const { id, applicationId, residentId, material, correctBy } = commitment
  const application = await tx.applications.byId(applicationId)
  await tellResident(parts, tx, residentId, {
    key,
    values: {
      number: application?.number ?? '',
      material: parts.text('zh-CN', `material.${material}`),
      correctBy,
    },
    dedupeKey: `commitment:${id}:${cause}`,
  })
}

async function keep(tx: Tx, change: CommitmentChange): Promise<void> {
  if (change.ok) await tx.commitments.save(change.commitment)
}

const today = (parts: AppParts): LocalDate => shanghaiDate(parts.world.now())

/** One process looks this often: a day's delay would harm nobody, a look with every sweep would only cost. */
const WATCH_EVERY_MS = 60_000

/** `watchCommitments`, at most once a minute in this process. */
export function watchNowAndThen(parts: AppParts): (limit: number) => Promise<void> {
  let next = 0
  return async limit => {
    const now = parts.world.now()
    if (now < next) return
    next = now + WATCH_EVERY_MS
    let drawn = limit
    while (drawn === limit) drawn = await watchCommitments(parts, limit)
  }
}
