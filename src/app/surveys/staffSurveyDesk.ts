import {
  questionsAsked,
  linkedQuestions,
  nextQuestion,
  soundAnswers,
  type SurveySheet,
} from '../../conversation/surveySheet.ts'
import { SMALLEST_SHOWN } from '../../domain/figures/hiding.ts'
import type { Officer } from '../../domain/officer.ts'
import type { SurveyQuestion } from '../../domain/survey/answers.ts'
import {
  answerCounts,
  askedCounts,
  staffProgress,
  staffReport,
  staffRoles,
  type AskedOfficer,
  type StaffReport,
  type StaffRole,
} from '../../domain/survey/staffSurvey.ts'
import { officerActor } from '../../domain/taskState.ts'
import { shanghaiDate, type Instant } from '../../domain/world.ts'
import type { Outcome } from '../caseViews.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { missingIn, type Given, type Kept } from './keepAnswers.ts'
import type { StaffAnswer, StaffSurvey } from './staffSurveyPort.ts'
import type { SurveyView } from './surveyDesk.ts'

/** A survey of officers as the county sees it. `report`: after its end alone. */
export interface StaffSurveyView {
  survey: StaffSurvey
  stand: 'open' | 'closed'
  asked: number
  answered: number
  questions: SurveyQuestion[]
  report: StaffReport | null
}

export interface StaffSurveyDraft {
  title: string
  roles: readonly StaffRole[]
  closesAt: Instant
}

/** 干部知晓率. Whoever is asked answers once; nobody, the county neither, learns who answered what. */
export interface StaffSurveyDesk {
  /** The county's surveys, newest first, and how many officers of each role it could ask. */
  list(officer: Officer): Promise<{ surveys: StaffSurveyView[]; officers: Record<StaffRole, number> }>
  one(officer: Officer, id: string): Promise<Outcome<StaffSurveyView>>
  /** Begins at once. `badInput`: an end that is past, or fewer than five to ask, of whom nothing could be shown. */
  start(officer: Officer, draft: StaffSurveyDraft): Promise<Outcome<StaffSurveyView>>
  end(officer: Officer, id: string): Promise<Outcome<StaffSurveyView>>
  /** Where this officer himself is asked and has not answered. */
  mine(officer: Officer): Promise<StaffSurvey[]>
  open(officer: Officer, id: string): Promise<Outcome<SurveyView>>
  answer(
    officer: Officer,
    id: string,
    given: Pick<Given, 'answers' | 'finish'>,
  ): Promise<Outcome<{ kept: Kept; view: SurveyView }>>
}

/** The questions of residents: what officers know can be held against what the people know. */
const FLOW = 'survey-knowledge'
/** Surveys in the list of a county: years of quarterly ones. */
const MOST_SHOWN = 20

export function makeStaffSurveys(parts: AppParts): StaffSurveyDesk {
  const asService = <T>(run: (tx: Tx) => Promise<T>) => parts.store.transaction({ kind: 'system' }, run)
  return {
    list: officer =>
      asService(async tx => {
        const surveys = await tx.staffSurveys.list(officer.regionCode, MOST_SHOWN)
        const views: StaffSurveyView[] = []
        for (const survey of surveys) views.push(await viewOf(parts, tx, survey))
        const staff = await staffOf(parts, tx, officer)
        const of = (role: StaffRole) => staff.filter(one => one.role === role).length
        return { surveys: views, officers: { village: of('village'), town: of('town'), county: of('county') } }
      }),
    one: (officer, id) => asService(tx => oneOf(parts, tx, officer, id)),
    start: (officer, draft) => asService(tx => start(parts, tx, officer, draft)),
    end: (officer, id) =>
      asService(async tx => {
        const found = await oneOf(parts, tx, officer, id)
        if (!found.ok) return found
        const hasEnded = await tx.staffSurveys.end(id, parts.world.now())
        if (hasEnded) await note(parts, tx, officer, { id, action: 'staffSurvey.end', detail: {} })
        return oneOf(parts, tx, officer, id)
      }),
    mine: officer => asService(tx => tx.staffSurveys.openFor(officer.id, parts.world.now())),
    open: (officer, id) =>
      asService(async tx => {
        const held = await heldFor(parts, tx, officer, id)
        return held.ok ? { ok: true, value: answerView(held.value, parts.world.now()) } : held
      }),
    answer: (officer, id, given) => asService(tx => answer(parts, tx, officer, { id, given })),
  }
}

const notFound = { ok: false, refusal: { code: 'notFound' } } as const

async function viewOf(parts: AppParts, tx: Tx, survey: StaffSurvey): Promise<StaffSurveyView> {
  const counts = await tx.staffSurveys.counts(survey.id)
  const questions = parts.surveySheet(survey.flow, survey.revision)?.questions ?? []
  const isOver = survey.closesAt <= parts.world.now()
  const report = isOver ? staffReport(counts, questions) : null
  return { survey, stand: isOver ? 'closed' : 'open', ...staffProgress(counts), questions, report }
}

async function oneOf(parts: AppParts, tx: Tx, officer: Officer, id: string): Promise<Outcome<StaffSurveyView>> {
  const survey = await tx.staffSurveys.byId(id)
  if (survey?.regionCode !== officer.regionCode) return notFound
  return { ok: true, value: await viewOf(parts, tx, survey) }
}

/** Whom the county could ask now, himself among them: who has an account and works on cases. Who is away answers when he is back. */
async function staffOf({ world }: AppParts, tx: Tx, { regionCode }: Officer): Promise<AskedOfficer[]> {
  const members = await tx.staff.within(regionCode, shanghaiDate(world.now()))
  return members.flatMap(({ officer }) => {
    const role = staffRoles.find(one => one === officer.role)
    return role && !officer.disabled ? [{ officerId: officer.id, role, regionCode: officer.regionCode }] : []
  })
}

async function start(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { title, roles, closesAt }: StaffSurveyDraft,
): Promise<Outcome<StaffSurveyView>> {
  const at = parts.world.now()
  const found = parts.questionnaires.find(({ flow }) => flow === FLOW)
  if (!found) return notFound
  const asked = (await staffOf(parts, tx, officer)).filter(({ role }) => roles.includes(role))
  const fields = [...(closesAt <= at ? ['closesAt'] : []), ...(asked.length < SMALLEST_SHOWN ? ['roles'] : [])]
  if (fields.length > 0) return { ok: false, refusal: { code: 'badInput', fields } }
  const { regionCode, id: by } = officer
  const survey: StaffSurvey = {
    ...{ id: parts.world.newId(), regionCode, flow: FLOW, revision: found.revision, title, opensAt: at, closesAt },
  }
  await tx.staffSurveys.insert({ ...survey, by }, asked)
  await tx.staffSurveys.count(survey.id, askedCounts(asked))
  const detail = { officers: asked.length, roles: roles.join(' ') }
  await note(parts, tx, officer, { id: survey.id, action: 'staffSurvey.start', detail })
  return { ok: true, value: await viewOf(parts, tx, survey) }
}

/** What the county does is written down; that an officer answers is not. */
async function note(
  { world }: AppParts,
  tx: Tx,
  officer: Officer,
  { id, action, detail }: { id: string; action: string; detail: Record<string, string | number> },
): Promise<void> {
  await tx.audit.add({
    ...{ actor: officerActor(officer), action, objectKind: 'staffSurvey', objectId: id },
    ...{ regionCode: officer.regionCode, detail, at: world.now() },
  })
}

interface Held extends StaffAnswer {
  sheet: SurveySheet
}

async function heldFor(parts: AppParts, tx: Tx, officer: Officer, id: string): Promise<Outcome<Held>> {
  const held = await tx.staffSurveys.lock(id, officer.id)
  const sheet = held && parts.surveySheet(held.survey.flow, held.survey.revision)
  return held && sheet ? { ok: true, value: { ...held, sheet } } : notFound
}

function answerView({ survey, sheet, answers, finished }: Held, at: Instant): SurveyView {
  const today = shanghaiDate(at)
  const stand = finished ? 'finished' : survey.closesAt > at ? 'open' : 'closed'
  return {
    ...{ title: survey.title, flow: sheet.flow, stand, closesAt: survey.closesAt, isTest: false, answers },
    ...{ questions: questionsAsked(sheet, answers, today), every: linkedQuestions(sheet, today) },
    next: nextQuestion(sheet, answers, today),
  }
}

async function answer(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, given }: { id: string; given: Pick<Given, 'answers' | 'finish'> },
): Promise<Outcome<{ kept: Kept; view: SurveyView }>> {
  const held = await heldFor(parts, tx, officer, id)
  if (!held.ok) return held
  const kept = await keep(parts, tx, held.value, given)
  const after = await heldFor(parts, tx, officer, id)
  return after.ok ? { ok: true, value: { kept, view: answerView(after.value, parts.world.now()) } } : after
}

/** One answer of an officer: final once, and from then on a part of sums. */
async function keep(parts: AppParts, tx: Tx, held: Held, given: Pick<Given, 'answers' | 'finish'>): Promise<Kept> {
  const { survey, sheet, officer } = held
  const at = parts.world.now()
  if (held.finished) return { kind: 'already' }
  if (survey.closesAt <= at) return { kind: 'closed' }
  const today = shanghaiDate(at)
  const answers = soundAnswers(sheet, { ...held.answers, ...given.answers }, today)
  const missing = given.finish ? missingIn(sheet, answers, today) : null
  if (!given.finish || missing !== null) {
    if (!(await tx.staffSurveys.keep(survey.id, officer.officerId, answers))) return { kind: 'already' }
    return missing === null ? { kind: 'kept', answers } : { kind: 'incomplete', missing }
  }
  if (!(await tx.staffSurveys.finish(survey.id, officer.officerId))) return { kind: 'already' }
  await tx.staffSurveys.count(survey.id, answerCounts(officer, sheet.questions, answers))
  return { kind: 'finished', answers }
}
