import { z } from 'zod'
import { badRatingStatuses, repairSteps } from '../domain/ratings/badRating.ts'

const time = z.iso.datetime({ offset: true })
const region = z.strictObject({ code: z.string(), name: z.string() })
const few = z.number().int().nullable()

/** Null: too few to be shown. */
export const publicRatingsSchema = z.strictObject({
  items: z.array(z.strictObject({ region, ratings: few, bad: few, repaired: few })),
})

export const myRatingsSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      month: z.string(),
      level: z.number().int(),
      status: z.enum(badRatingStatuses),
      reasons: z.array(z.string()),
      appeal: z.enum(['none', 'asked', 'upheld', 'setAside']),
      appealBy: z.iso.date().nullable(),
      mayAppeal: z.boolean(),
      said: z.string().nullable(),
    }),
  ),
})

export const badRatingsSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      applicationId: z.string(),
      place: region,
      level: z.number().int(),
      at: time,
      status: z.enum(badRatingStatuses),
      contactDue: z.iso.date(),
      repairDue: z.iso.date(),
      dueProvisional: z.boolean(),
      next: z.strictObject({ step: z.enum(repairSteps), due: z.iso.date(), overdue: z.boolean() }).nullable(),
      taskId: z.string().nullable(),
      appeal: z.strictObject({ reason: z.string(), decided: z.boolean() }).nullable(),
      mayDecide: z.boolean(),
      log: z.array(z.strictObject({ at: time, type: z.string(), words: z.string().nullable() })),
    }),
  ),
})
