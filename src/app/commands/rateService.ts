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

/** Digits of the code of the place that answers a bad rating: the level above the one that worked on the case. */
const TOWN_DIGITS = 9
const COUNTY_DIGITS = 6

/** Stores the one rating of a case. Outcomes: `stored`, `alreadyRated`; a foreign case counts as already rated. */
export const rateService: CommandHandler = async (args, context) => {
  const { applicationId, level, comment } = rating.parse(args)
  const application = await context.tx.applications.byId(applicationId)
  if (application?.residentId !== context.residentId) return outcome('alreadyRated')
  const given: ServiceRating = { applicationId, regionCode: application.regionCode, level, comment, at: context.at }
  if (!(await context.tx.ratings.insert(given))) return outcome('alreadyRated')
  if (isBadRating(level)) await askAboveToCall(application, context)
  return outcome('stored')
}

/** Whoever worked on the case does not see this task: it belongs to the town, and to the county where the town decided. */
async function askAboveToCall(application: Application, { parts, tx, at }: CommandContext): Promise<void> {
  const contact = parts.addWorkingDays(shanghaiDate(at), parts.settings.badRatingContactDays)
  const task = openTask({
    id: parts.world.newId(),
    source: 'badRating',
    regionCode: application.regionCode.slice(0, ratedVillageOnly(application) ? TOWN_DIGITS : COUNTY_DIGITS),
    applicationId: application.id,
    summary: parts.text('zh-CN', 'app.task.badRating', { number: application.number }),
    promiseDue: contact.date,
    dueProvisional: contact.provisional,
    createdAt: at,
  })
  await tx.tasks.insert(task, taskCreated(task, { kind: 'system' }))
}

function ratedVillageOnly({ actions }: Application): boolean {
  return actions.every(({ actor }) => actor.kind !== 'officer' || actor.role === 'village')
}
