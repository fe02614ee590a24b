import { ratingCounts } from '../../domain/figures/counts.ts'
import type { Officer } from '../../domain/officer.ts'
import {
  dueOfStep,
  foldBadRating,
  mayAppeal,
  mayDecideAppeal,
  nextRepairStep,
  type BadRatingState,
} from '../../domain/ratings/badRating.ts'
import { openTask, officerActor, taskCreated } from '../../domain/taskState.ts'
import { addDays, shanghaiDate, startOfDay } from '../../domain/world.ts'
import type { Outcome } from '../caseViews.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { endTask } from '../recordTask.ts'
import { reasonKey } from './reasonWords.ts'
import { publicRatings, type PublicRatings } from './publicRatings.ts'
import type { BadRating, RatingOfMine } from './ratingPort.ts'
import { advanceBadRating } from './stepBadRating.ts'

/** A bad rating as who may handle it sees it. */
export interface BadRatingView {
  rating: BadRating
  state: BadRatingState
  /** What is to be done next, and by when; null when nothing is left. */
  next: { step: 'contacted' | 'repaired' | 'calledBack'; due: string; overdue: boolean } | null
  /** Its task, by which a step is taken; null once it is over. */
  taskId: string | null
  mayDecide: boolean
}

/** 差评 for officers, and what the public may know of it. */
export interface RatingDesk {
  list(officer: Officer, filter: { appealed: boolean; limit: number }): Promise<BadRatingView[]>
  /** Bad ratings of the caller’s own work, without a case or a person. */
  mine(officer: Officer): Promise<RatingOfMine[]>
  /** 申诉, once, by who was rated: the county decides. */
  appeal(officer: Officer, id: string, reason: string): Promise<Outcome<null>>
  /** Puts it aside, or leaves it standing; always with a reason. */
  decide(officer: Officer, id: string, verdict: { setAside: boolean; reason: string }): Promise<Outcome<null>>
  /** Of a county and its towns, in the last year. */
  publicCounts(countyCode: string): Promise<PublicRatings[]>
}

/** What an officer is shown of his own at once. */
const MOST_MINE = 50
/** The public sees a year: GB/T 39735-2020 asks for published results and names no stretch that we could read. */
const PUBLIC_DAYS = 365
const COUNTY = 6

export function makeRatingDesk(parts: AppParts): RatingDesk {
  const as = <T>(officer: Officer, run: (tx: Tx) => Promise<T>) =>
    untilQuiet(() => parts.store.transaction(eyesOf(officer), run))
  const asSystem = <T>(run: (tx: Tx) => Promise<T>) =>
    untilQuiet(() => parts.store.transaction({ kind: 'system' }, run))
  return {
    list: (officer, filter) =>
      as(officer, async tx => {
        const views: BadRatingView[] = []
        for (const rating of await tx.badRatings.list(filter)) views.push(await viewOf(parts, tx, officer, rating))
        return views
      }),
    mine: officer =>
      asSystem(async tx => {
        const ratings = await tx.badRatings.about(officer.id, MOST_MINE)
        const given = await tx.ratings.ofApplications(ratings.map(({ applicationId }) => applicationId))
        const reasonsOf = new Map(given.map(({ applicationId, reasons }) => [applicationId, reasons]))
        return ratings.map(rating => ofMine(parts, officer, rating, reasonsOf.get(rating.applicationId) ?? []))
      }),
    appeal: (officer, id, reason) => asSystem(tx => appeal(parts, tx, officer, { id, reason })),
    decide: (officer, id, verdict) => as(officer, tx => decide(parts, tx, officer, { id, ...verdict })),
    publicCounts: countyCode => asSystem(tx => publicCounts(parts, tx, countyCode)),
  }
}

async function viewOf(parts: AppParts, tx: Tx, officer: Officer, rating: BadRating): Promise<BadRatingView> {
  const state = foldBadRating(rating.actions)
  const step = nextRepairStep(state)
  const due = dueOfStep(state)
  return {
    ...{ rating, state },
    next: step && { step, due, overdue: due < shanghaiDate(parts.world.now()) },
    taskId: await tx.badRatings.taskOf(rating.id),
    mayDecide: officer.role === 'county' && mayDecideAppeal(state, officer.id),
  }
}

function ofMine(
  parts: AppParts,
  officer: Officer,
  { id, at, level, actions }: BadRating,
  reasons: readonly string[],
): RatingOfMine {
  const state = foldBadRating(actions)
  const { status, appeal: asked, appealBy } = state
  const outcome = status === 'setAside' ? 'setAside' : 'upheld'
  const known = asked === null ? 'none' : asked.decided ? outcome : 'asked'
  return {
    ...{ id, month: shanghaiDate(at).slice(0, 7), level, status, appeal: known, appealBy },
    reasons: reasons.map(reason => parts.text('zh-CN', reasonKey(reason))),
    mayAppeal: mayAppeal(state, officer.id, shanghaiDate(parts.world.now())),
    said: asked?.officerId === officer.id ? asked.reason : null,
  }
}

async function appeal(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, reason }: { id: string; reason: string },
): Promise<Outcome<null>> {
  const rating = await tx.badRatings.byId(id)
  const state = rating && foldBadRating(rating.actions)
  if (!rating || !state?.ratedIds.includes(officer.id)) return refused({ code: 'notFound' })
  if (!mayAppeal(state, officer.id, shanghaiDate(parts.world.now()))) return refused({ code: 'notAllowed' })
  const event = { type: 'appealed' as const, officerId: officer.id, reason }
  const taskId = await tx.badRatings.taskOf(id)
  await advanceBadRating(parts, tx, rating, { actor: officerActor(officer), event, taskId })
  await askCounty(parts, tx, rating, state)
  return { ok: true, value: null }
}

const appealCause = ({ id }: BadRating) => `ratingAppeal:${id}`

/** The county decides; its line names neither the case nor the officer. */
async function askCounty(parts: AppParts, tx: Tx, rating: BadRating, { ratedIds }: BadRatingState): Promise<void> {
  const at = parts.world.now()
  const due = parts.addWorkingDays(shanghaiDate(at), parts.settings.callBackDays)
  const task = openTask({
    ...{ id: parts.world.newId(), source: 'badRating', regionCode: rating.placeCode.slice(0, COUNTY) },
    applicationId: null,
    summary: parts.text('zh-CN', 'app.task.ratingAppeal'),
    ...{ promiseDue: due.date, dueProvisional: due.provisional, createdAt: at, hiddenFrom: ratedIds },
  })
  await tx.tasks.insertUnlessWaiting(appealCause(rating), task, taskCreated(task, { kind: 'system' }))
}

async function decide(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, setAside, reason }: { id: string; setAside: boolean; reason: string },
): Promise<Outcome<null>> {
  const rating = await tx.badRatings.byId(id)
  if (!rating) return refused({ code: 'notFound' })
  const state = foldBadRating(rating.actions)
  if (officer.role !== 'county' || !mayDecideAppeal(state, officer.id)) return refused({ code: 'notAllowed' })
  const taskId = await tx.badRatings.taskOf(id)
  await tx.as({ kind: 'system' })
  const actor = officerActor(officer)
  const event = { type: setAside ? ('setAside' as const) : ('upheld' as const), reason }
  await advanceBadRating(parts, tx, rating, { actor, event, taskId: setAside ? null : taskId })
  if (setAside) await takeOut(parts, tx, rating, taskId)
  const waiting = await tx.tasks.waiting(appealCause(rating))
  if (waiting) await endTask(tx, waiting, { actor, at: parts.world.now(), reason: event.type })
  return { ok: true, value: null }
}

/** What was put aside counts no more, and nobody has to answer it. */
async function takeOut(parts: AppParts, tx: Tx, rating: BadRating, taskId: string | null): Promise<void> {
  const at = parts.world.now()
  const task = taskId === null ? null : await tx.tasks.lock(taskId)
  if (task) await endTask(tx, task, { actor: { kind: 'system' }, at, reason: 'setAside' })
  const figure = await tx.figures.ofCase(rating.applicationId)
  const [given] = await tx.ratings.ofApplications([rating.applicationId])
  if (!figure || !given) return
  await tx.figures.count(ratingCounts(figure, given, shanghaiDate(given.at)).map(count => ({ ...count, n: -1 })))
}

async function publicCounts(parts: AppParts, tx: Tx, countyCode: string): Promise<PublicRatings[]> {
  const since = startOfDay(addDays(shanghaiDate(parts.world.now()), -PUBLIC_DAYS))
  const villages = await tx.badRatings.counts(countyCode, since)
  return publicRatings(countyCode, villages, code => parts.regionName(code))
}
