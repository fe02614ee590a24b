/** The format of every step, as written in a flow. Strict: a misspelt field stops the load. */

import { z } from 'zod'

import { inputTypes } from '../types.ts'

/** Fields every step kind has. */
const baseFields = {
  id: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  /** CEL; the step is passed over while it is false. */
  when: z.string().optional(),
  /** Step id; absent = the one that follows in the file. */
  next: z.string().optional(),
  /** Why a text of this step may be longer than what one takes in at a glance. */
  longTextReason: z.string().optional(),
}

/** Says one text and goes on. */
const saySchema = z.strictObject({ ...baseFields, kind: z.literal('say') })

export type SaySource = z.infer<typeof saySchema>

/** A day: `2026-11-23`, `today`, `today-21d`, `today+300d`. */
const bound = z.union([z.number(), z.string().regex(/^(\d{4}-\d{2}-\d{2}|today([+-]\d{1,5}d)?)$/)])

/** Asks for one slot. Passed over when the slot is filled already: what is known is not asked again. */
const askSchema = z.strictObject({
  ...baseFields,
  kind: z.literal('ask'),
  slot: z.string(),
  type: z.enum(inputTypes),
  /** Choices; labels stand in the locales under `options`, further words under `synonyms`. */
  options: z
    .array(z.union([z.string(), z.number()]))
    .min(2)
    .optional(),
  /** Bad answers until an officer is asked in. */
  tries: z.int().min(1).max(5).optional(),
  sensitive: z.boolean().default(false),
  /** May be passed over; the button's label is the locale text `skip`. */
  optional: z.boolean().default(false),
  /** Shown in the review. */
  review: z.boolean().default(true),
  dependsOn: z.array(z.string()).default([]),
  sense: z.enum(['dueDate', 'birthDate']).optional(),
  min: bound.optional(),
  max: bound.optional(),
  /** Most characters of a free text. */
  maxLength: z.int().min(1).max(500).optional(),
  /** Slot that keeps how the value is shown (the name of a region). */
  nameSlot: z.string().optional(),
  /** Says what was understood after the answer. */
  echo: z.boolean().default(false),
  /** Five-level rating: the checker refuses wording that steers. */
  rating: z.boolean().default(false),
})

export type AskSource = z.infer<typeof askSchema>

/** Goes to the first case that holds, else to `otherwise`. */
const branchSchema = z.strictObject({
  id: baseFields.id,
  when: baseFields.when,
  kind: z.literal('branch'),
  cases: z.array(z.strictObject({ if: z.string(), next: z.string() })).min(1),
  otherwise: z.string(),
})

export type BranchSource = z.infer<typeof branchSchema>

/** Gathers a list, one item an answer, until the person says that was all. */
const collectSchema = z.strictObject({
  ...baseFields,
  kind: z.literal('collect'),
  slot: z.string(),
  type: z.enum(['text', 'name', 'date', 'number', 'photo']),
  /** The list closes by itself at this length. */
  atMost: z.int().min(1).max(30),
  tries: z.int().min(1).max(5).optional(),
  sensitive: z.boolean().default(false),
  review: z.boolean().default(true),
})

export type CollectSource = z.infer<typeof collectSchema>

/** Shows all answers, numbered, and goes on only after a yes. 改第N项 corrects one. */
const reviewSchema = z.strictObject({
  ...baseFields,
  kind: z.literal('review'),
  tries: z.int().min(1).max(5).optional(),
})

export type ReviewSource = z.infer<typeof reviewSchema>

/**
 * A declaration on its own screen: consent or pledge, never ticked beforehand, bound to the version and hash
 * of the text that was shown (个人信息保护法 14, 29: separate, informed consent).
 */
const commitmentSchema = z.strictObject({
  ...baseFields,
  kind: z.literal('commitment'),
  slot: z.string(),
  purpose: z.string(),
  version: z.int().min(1),
  tries: z.int().min(1).max(5).optional(),
  /** Where a no leads. A no is a lawful answer and never asked twice. */
  refused: z.string(),
})

export type CommitmentSource = z.infer<typeof commitmentSchema>

/** Runs a command of `app` with every slot of the flow as argument (unanswered = null); its outcome chooses the way on. */
const commitSchema = z.strictObject({
  id: baseFields.id,
  when: baseFields.when,
  kind: z.literal('commit'),
  command: z.string(),
  /** Outcome → next step. Values of the outcome become slots. */
  outcomes: z.record(z.string(), z.string()).refine(outcomes => Object.keys(outcomes).length > 0),
  /** Outcomes after which the answers stand: 上一步 and 改 do not reach behind them. */
  final: z.array(z.string()).default([]),
})

export type CommitSource = z.infer<typeof commitSchema>

/** Gives the case as it stands to an officer and pauses; 继续 goes on at the next step. */
const handoffSchema = z.strictObject({ ...baseFields, kind: z.literal('handoff') })

export type HandoffSource = z.infer<typeof handoffSchema>

/** Says a last text and closes the session. */
const endSchema = z.strictObject({
  id: baseFields.id,
  when: baseFields.when,
  longTextReason: baseFields.longTextReason,
  kind: z.literal('end'),
})

export type EndSource = z.infer<typeof endSchema>

/** Any step. */
export const stepSchema = z.discriminatedUnion('kind', [
  saySchema,
  askSchema,
  branchSchema,
  collectSchema,
  reviewSchema,
  commitmentSchema,
  commitSchema,
  handoffSchema,
  endSchema,
])
export type StepSource = z.infer<typeof stepSchema>

export const stepKindNames = stepSchema.options.map(option => option.shape.kind.value)
