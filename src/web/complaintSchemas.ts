import { z } from 'zod'
import { complaintFindings, complaintOffices, complaintTopics } from '../domain/complaint/complaint.ts'
import { complaintStatuses } from '../domain/complaint/complaintState.ts'

const time = z.iso.datetime({ offset: true })

const brief = {
  id: z.string(),
  number: z.string(),
  topic: z.enum(complaintTopics),
  serious: z.boolean(),
  office: z.enum(complaintOffices),
  place: z.string(),
  handler: z.string(),
  anonymous: z.boolean(),
  status: z.enum(complaintStatuses),
  reopened: z.boolean(),
  receivedAt: time,
  /** Of the first answer. */
  answeredAt: time.nullable(),
  due: z.iso.date(),
  dueProvisional: z.boolean(),
  overdue: z.boolean(),
  task: z.strictObject({ id: z.string(), fence: z.number().int() }).nullable(),
  allowedActions: z.array(z.string()),
}

export const complaintInListSchema = z.strictObject(brief)

export const complaintPageSchema = z.strictObject({
  items: z.array(complaintInListSchema),
  next: z.string().nullable(),
})

export const complaintSchema = z.strictObject({
  ...brief,
  words: z.string(),
  person: z.string().nullable(),
  photos: z.number().int(),
  /** 说没解决时写的原因. */
  again: z.string().nullable(),
  answers: z.array(z.strictObject({ at: time, finding: z.enum(complaintFindings), text: z.string() })),
  log: z.array(z.strictObject({ at: time, type: z.string() })),
})
