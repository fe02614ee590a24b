import { z } from 'zod'
import { accountShape } from '../account.ts'

const workShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('get') }),
  z.strictObject({ kind: z.literal('post') }),
  z.strictObject({
    kind: z.literal('dialogue'),
    residents: z.int().positive(),
    /** Residents in the middle of their dialogue at one time. */
    active: z.int().positive(),
    /** What each of them says, in order. */
    says: z.array(z.string()).min(1),
    /** Answers must be the same as those of one resident who walked alone before. */
    account: accountShape,
    /** Different for every run on one database, so that its residents are new. */
    run: z.string().regex(/^[a-z0-9]{1,8}$/),
  }),
])
export type WorkPlan = z.infer<typeof workShape>

/** What the bench asks of the process that makes the load. */
export const loadPlan = z.strictObject({
  ports: z.array(z.int()).min(1),
  connections: z.int().positive(),
  warmUpMs: z.number().nonnegative(),
  measureMs: z.number().positive(),
  perSecond: z.number().positive().nullable(),
  work: workShape,
})
export type LoadPlan = z.infer<typeof loadPlan>

const reportShape = z.strictObject({
  answers: z.int(),
  seconds: z.number(),
  perSecond: z.number(),
  /** Milliseconds. */
  p50: z.number(),
  p99: z.number(),
  errors: z.record(z.string(), z.int()),
  /** Answers compared with the lone resident's and found the same. */
  verified: z.int(),
  /** What the lone resident was told, in order. */
  told: z.array(z.string()),
})
export type LoadReport = z.infer<typeof reportShape>

/** What that process says: the edges of the counted part as they happen, and the report at the end. */
export const loadMessage = z.discriminatedUnion('say', [
  z.strictObject({ say: z.literal('begin') }),
  z.strictObject({ say: z.literal('over') }),
  z.strictObject({ say: z.literal('report'), report: reportShape }),
  z.strictObject({ say: z.literal('failed'), why: z.string() }),
])
export type LoadMessage = z.infer<typeof loadMessage>
