import { z } from 'zod'
import type { ServiceRating } from '../../domain/rating.ts'
import { openBadRating } from '../ratings/openBadRating.ts'
import { outcome, type CommandHandler } from './command.ts'

const rating = z.object({
  applicationId: z.string(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
  comment: z.string().max(500).nullable(),
})

/** Stores the one rating of a case. Outcomes: `stored`, `alreadyRated`; a foreign case counts as already rated. */
export const rateService: CommandHandler = async (args, context) => {
  const { applicationId, level, comment } = rating.parse(args)
  const application = await context.tx.applications.byId(applicationId)
  if (application?.residentId !== context.residentId) return outcome('alreadyRated')
  const given: ServiceRating = { applicationId, regionCode: application.regionCode, level, comment, at: context.at }
  if (!(await context.tx.ratings.insert(given))) return outcome('alreadyRated')
  if (level === 1 || level === 2) await openBadRating(context.parts, context.tx, application, level)
  return outcome('stored')
}
