import { z } from 'zod'
import { findings } from '../domain/crossRegionRequest.ts'

const time = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/)

export const crossRegionSchema = z.strictObject({
  id: z.string(),
  number: z.string(),
  regionCode: z.string(),
  asker: z.string(),
  personName: z.string(),
  personId: z.string(),
  question: z.string(),
  askedAt: time,
  due: z.iso.date(),
  overdue: z.boolean(),
  answer: z.strictObject({ at: time, finding: z.enum(findings), note: z.string().nullable() }).nullable(),
})

export const crossRegionPageSchema = z.strictObject({
  items: z.array(crossRegionSchema),
  next: z.string().nullable(),
})

export const crossRegionRevealedSchema = z.strictObject({
  asker: z.string(),
  personName: z.string(),
  personId: z.string(),
  question: z.string(),
})
