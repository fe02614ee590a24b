import { z } from 'zod'
import { isBadRating, type ServiceRating } from '../../domain/rating.ts'
import type { Application } from '../../domain/application.ts'
import type { Task } from '../../domain/task.ts'
import { taskAction } from '../../domain/taskState.ts'
import { shanghaiDate } from '../../domain/world.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'

const rating = z.object({
  applicationId: z.string(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
  comment: z.string().max(500).nullable(),
})

/** Digits of a town's code: the level at which a bad rating is answered. */
const TOWN_DIGITS = 9

/** Stores the one rating of a case. Outcomes: `stored`, `alreadyRated`; a foreign case counts as already rated. */
export const rateService: CommandHandler = async (args, context) => {
  const { applicationId, level, comment } = rating.parse(args)
  const application = await context.tx.applications.byId(applicationId)
  if (application?.residentId !== context.residentId) return outcome('alreadyRated')
  const given: ServiceRating = { applicationId, regionCode: application.regionCode, level, comment, at: context.at }
  if (!(await context.tx.ratings.insert(given))) return outcome('alreadyRated')
  if (isBadRating(level)) await askTownToCall(application, context)
  return outcome('stored')
}

/** The rated village officer does not see this task: it belongs to the town. */
async function askTownToCall(application: Application, { parts, tx, at }: CommandContext): Promise<void> {
  const contact = parts.addWorkingDays(shanghaiDate(at), parts.settings.badRatingContactDays)
  const task: Task = {
    id: parts.world.newId(),
    source: 'badRating',
    regionCode: application.regionCode.slice(0, TOWN_DIGITS),
    applicationId: application.id,
    summary: parts.text('zh-CN', 'app.task.badRating', { number: application.number }),
    detail: null,
    status: 'open',
    fence: 0,
    assigneeId: null,
    leaseUntil: null,
    firstReceiverId: null,
    promiseDue: contact.date,
    legalDue: null,
    dueProvisional: contact.provisional,
    createdAt: at,
    closedAt: null,
  }
  await tx.tasks.insert(task, taskAction(task, 1, at, { kind: 'system' }, { type: 'created', source: task.source }))
}
