import { z } from 'zod'
import { isBadRating, type ServiceRating } from '../../domain/rating.ts'
import type { Application } from '../../domain/application.ts'
import { openTask, taskCreated } from '../../domain/taskState.ts'
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
  const task = openTask({
    id: parts.world.newId(),
    source: 'badRating',
    regionCode: application.regionCode.slice(0, TOWN_DIGITS),
    applicationId: application.id,
    summary: parts.text('zh-CN', 'app.task.badRating', { number: application.number }),
    promiseDue: contact.date,
    dueProvisional: contact.provisional,
    createdAt: at,
  })
  await tx.tasks.insert(task, taskCreated(task, { kind: 'system' }))
}
