/** What helps an officer at work: 依据, 话术, 日报. Nothing here is made up: what has no source is not told. */
import { z } from 'zod'
import type { Json } from '../../conversation/types.ts'
import type { Application } from '../../domain/application.ts'
import { matterFacts } from '../../domain/notice/matterFacts.ts'
import type { Fact, RegionPack } from '../../domain/regionPack.ts'
import type { Task } from '../../domain/task.ts'
import { subjectOf } from '../notices/requestSupplement.ts'
import type { AppParts } from '../parts.ts'
import { dayReport } from '../tasks/dayReport.ts'
import { outcome, type CommandHandler } from './command.ts'
import { liveTask } from './heldTask.ts'

const about = z.object({ taskId: z.string() })

/**
 * 依据 N: what the packs say for the matter and place of a task, each with its source and the day it was checked. Outcomes:
 * `found` with lines; `none` for tasks of no matter; `over`, `notFound`.
 */
export const officerGround: CommandHandler = async (args, { parts, tx, officer }) => {
  const found = await liveTask(tx, officer, about.parse(args).taskId)
  if (!found.ok) return found.told
  const { task } = found
  const application = task.applicationId ? await tx.applications.byId(task.applicationId) : null
  const pack = parts.packFor(task.regionCode)
  const lines = application ? matterLines(parts, pack, application) : taskLines(parts, pack, task)
  if (lines.length === 0) return outcome('none')
  const matter = application ? matterName(parts, application) : parts.text('zh-CN', 'officers.ground.ofComplaint')
  return outcome('found', { matter, place: pack.name, lines })
}

function matterLines(parts: AppParts, pack: RegionPack, application: Application): Json[] {
  const { cases: _cases, ...facts } = matterFacts(pack, subjectOf(application))
  const { marriageRequired, resultName, resultNote } = pack.birthRegistration
  const own = application.matter === 'birthRegistration' ? { marriageRequired, resultName, resultNote } : {}
  const names = Object.keys({ ...facts, ...own })
  const all: Partial<Record<string, Fact<unknown>>> = { ...facts, ...own }
  return names.flatMap(name => factLine(parts, name, all[name]))
}

function taskLines(parts: AppParts, pack: RegionPack, { source }: Task): Json[] {
  return source === 'complaint' ? factLine(parts, 'complaintAnswer', pack.complaints?.answerDays) : []
}

/** Our own defaults are no rule and are left out; of what is not verified, only the time limits are named as such. */
function factLine(parts: AppParts, name: string, fact: Fact<unknown> | undefined): Json[] {
  const say = (key: string, values: Record<string, Json>) => parts.text('zh-CN', `officers.ground.${key}`, values)
  const label = say(`label.${name}`, {})
  if (!fact || fact.value === null || !fact.source) {
    return name === 'legalDays' || name === 'promiseDays' ? [{ text: say('unverified', { label }) }] : []
  }
  if (fact.source.weight === 'product') return []
  const { document, checked, validUntil = null } = fact.source
  return [{ text: say('fact', { label, value: valueInWords(parts, fact.value), document, checked, validUntil }) }]
}

function valueInWords(parts: AppParts, value: unknown): string {
  if (typeof value === 'number') return parts.text('zh-CN', 'officers.ground.days', { days: value })
  if (typeof value === 'boolean') return parts.text('zh-CN', value ? 'officers.ground.yes' : 'officers.ground.no')
  if (!Array.isArray(value)) return String(value)
  return papers
    .parse(value)
    .map(({ name }) => parts.text('zh-CN', name))
    .join('、')
}

const papers = z.array(z.object({ name: z.string() }))

const matterName = (parts: AppParts, { matter }: Application): string => parts.text('zh-CN', `desk.matter.${matter}`)

/** 话术 N: a sentence to begin with. Outcomes: `told`, `over`, `notFound`. */
export const officerScript: CommandHandler = async (args, { parts, tx, officer }) => {
  const found = await liveTask(tx, officer, about.parse(args).taskId)
  if (!found.ok || !officer) return found.ok ? outcome('notFound') : found.told
  const { task } = found
  const application = task.applicationId ? await tx.applications.byId(task.applicationId) : null
  const script = parts.text('zh-CN', `officers.script.${task.source}`, {
    office: parts.regionName(officer.regionCode),
    matter: application ? matterName(parts, application) : '',
    number: application?.number ?? '',
  })
  return outcome('told', { script })
}

/** 日报: what this officer did today and what is left, counted; people are masked. Outcome: `told`. */
export const officerReport: CommandHandler = async (_args, context) => {
  const { officer } = context
  return officer ? outcome('told', { ...(await dayReport(context.tx, officer, context.at)) }) : outcome('notFound')
}
