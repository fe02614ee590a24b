import { z } from 'zod'
import { isBad, type ServiceRating } from '../../domain/rating.ts'
import { openBadRating } from '../ratings/openBadRating.ts'
import { outcome, type CommandHandler } from './command.ts'

const reason = z.string().max(40)
const rating = z.object({
  applicationId: z.string(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
  comment: z.string().max(500).nullable(),
  /** One that was pressed comes alone. Missing in the first revision of the flow. */
  reasons: z.union([reason.transform(one => [one]), z.array(reason).max(20)]).nullish(),
})

/** Stores the one rating of a case. Outcomes: `stored`, `alreadyRated`; a foreign case counts as already rated. */
export const rateService: CommandHandler = async (args, context) => {
  const { applicationId, level, comment, reasons } = rating.parse(args)
  const application = await context.tx.applications.byId(applicationId)
  if (application?.residentId !== context.residentId) return outcome('alreadyRated')
  const given: ServiceRating = {
    ...{ applicationId, regionCode: application.regionCode, level, comment, at: context.at },
    reasons: isBad(level) ? [...new Set(reasons ?? [])] : [],
  }
  if (!(await context.tx.ratings.insert(given))) return outcome('alreadyRated')
  if (isBad(level)) await openBadRating(context.parts, context.tx, application, level)
  return outcome('stored')
}
