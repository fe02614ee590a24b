import { planVisits, type PlannedVisit } from '../../domain/care/carePlan.ts'
import { careGaps, foldCare, type CareDuty, type CareState } from '../../domain/care/careState.ts'
import type { CareFamily } from '../../domain/care/careFamily.ts'
import type { Task } from '../../domain/task.ts'
import { isOverdue } from '../../domain/taskState.ts'
import { addDays, shanghaiDate, type Instant, type LocalDate } from '../../domain/world.ts'
import { quietOf } from '../grief/leaveInPeace.ts'
import type { MuteReason } from '../messages/messagePort.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { familyName } from './careTask.ts'
import { careRulesAt } from './planCare.ts'

export interface ContactView {
  id: string
  name: string
  phone: string | null
}

/** A family in a list: surname, place, who looks after it, what is missing, when somebody goes there next. */
export interface CareBrief {
  id: string
  name: string
  regionCode: string
  placeName: string
  status: CareState['status']
  contacts: { leader: ContactView | null; cadre: ContactView | null }
  gaps: CareDuty[]
  lastVisit: LocalDate | null
  /** Nearest due day of what waits. */
  due: LocalDate | null
  overdue: boolean
}

export interface CareTaskView {
  id: string
  source: Task['source']
  summary: string
  due: LocalDate | null
  overdue: boolean
}

/** All of it, for those who look after it. */
export interface CareView extends CareBrief {
  state: CareState
  residentLinked: boolean
  tasks: CareTaskView[]
  /** Visits that open within the next two months. */
  plan: PlannedVisit[]
  /** Since when nothing of the service's own accord goes to them, and why; null: it may write. */
  quiet: { since: Instant; reason: MuteReason } | null
  /** Days for which the records are kept once it has ended. */
  keepDays: number
  /** How often, as the place has set it; null: nobody has. */
  everyMonths: number | null
  /** How often the card was looked at, and when last. */
  card: { number: string; looks: number; lastLookAt: number | null } | null
  /** Names of the officers who wrote the visits, by id. */
  names: Record<string, string>
}

const PLAN_DAYS = 60

/** Shows families as a list. As many queries for contacts as there are pages, not families. */
export async function briefsOf(parts: AppParts, tx: Tx, families: CareFamily[]): Promise<CareBrief[]> {
  const states = families.map(({ actions }) => foldCare(actions))
  const contact = await contactsOf(
    tx,
    states.flatMap(({ contacts }) => [contacts.leader, contacts.cadre]),
  )
  const briefs: CareBrief[] = []
  for (const [n, family] of families.entries()) {
    const state = states[n]
    const tasks = await tx.care.openTasks(family.id)
    if (state) briefs.push(briefOf(parts, family, { state, tasks, contact }))
  }
  return briefs
}

type ContactOf = (id: string | null) => ContactView | null

async function contactsOf(tx: Tx, ids: (string | null)[]): Promise<ContactOf> {
  const known = [...new Set(ids.filter(id => id !== null))]
  const officers = known.length > 0 ? await tx.officers.byIds(known) : []
  const views = new Map(officers.map(({ id, name, officePhone }) => [id, { id, name, phone: officePhone }]))
  return id => (id === null ? null : (views.get(id) ?? null))
}

function briefOf(
  parts: AppParts,
  family: CareFamily,
  { state, tasks, contact }: { state: CareState; tasks: Task[]; contact: ContactOf },
): CareBrief {
  const now = parts.world.now()
  // A gap is the town's to close; nobody goes there for it.
  const visits = tasks.filter(({ source }) => source !== 'careGap')
  return {
    id: family.id,
    name: familyName(parts, family),
    ...{ regionCode: family.regionCode, placeName: parts.regionName(family.regionCode), status: state.status },
    contacts: { leader: contact(state.contacts.leader), cadre: contact(state.contacts.cadre) },
    gaps: careGaps(state),
    lastVisit: state.visits.at(-1)?.on ?? null,
    due: visits[0]?.promiseDue ?? null,
    overdue: visits.some(task => isOverdue(task, now)),
  }
}

/** One family whole. `tx` has the eyes of who looks. */
export async function careViewOf(parts: AppParts, tx: Tx, family: CareFamily): Promise<CareView> {
  const state = foldCare(family.actions)
  const tasks = await tx.care.openTasks(family.id)
  const writers = state.visits.map(({ officerId }) => officerId)
  const contact = await contactsOf(tx, [state.contacts.leader, state.contacts.cadre, ...writers])
  const rules = careRulesAt(parts, family.regionCode)
  const now = parts.world.now()
  const today = shanghaiDate(now)
  const link = (await tx.care.links(family.id)).find(({ purpose, ref }) => purpose === 'card' && ref === state.card)
  return {
    ...briefOf(parts, family, { state, tasks, contact }),
    state,
    residentLinked: family.residentIds.length > 0 || family.householdId !== null,
    tasks: tasks.map(task => ({
      ...{ id: task.id, source: task.source, summary: task.summary, due: task.promiseDue },
      overdue: isOverdue(task, now),
    })),
    plan: planVisits(state, rules, { from: addDays(today, 1), to: addDays(today, PLAN_DAYS) }),
    quiet: await quietOf(tx, family),
    keepDays: parts.settings.retention.care,
    everyMonths: rules.everyMonths,
    card: link ? { number: link.ref, looks: link.looks, lastLookAt: link.lastLookAt } : null,
    names: Object.fromEntries(
      [...new Set(writers)].flatMap(id => {
        const name = contact(id)?.name
        return id === null || name === undefined ? [] : [[id, name]]
      }),
    ),
  }
}
