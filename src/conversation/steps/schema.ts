/**
 * The format of every step, as written in a flow. Strict: a misspelt field stops the load. The descriptions are shown by
 * editors (flows/flow.schema.json) and in docs/steps.md.
 */

import { z } from 'zod'

import { inputTypes } from '../types.ts'
import { optionLists } from './optionLists.ts'

const stepId = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/)
  .describe('Name of the step, unique in the flow; its texts stand under it in the locales')
const slotName = z.string().regex(/^[a-z][A-Za-z0-9]*$/)
const triesField = z.int().min(1).max(5).optional().describe('Bad answers until an officer is asked in')
const inReview = (shown: boolean) =>
  z.boolean().default(shown).describe('Whether the answer is listed in the review and can be corrected by 改第N项')

const whenField = z.string().optional().describe('CEL condition; the step is passed over while it is false')
const reasonField = z
  .string()
  .optional()
  .describe('Why a text of this step is longer than what one takes in at a glance')

/** Fields most step kinds have. */
const baseFields = {
  id: stepId,
  when: whenField,
  next: z.string().optional().describe('Step to go to; absent: the one that follows in the file'),
  longTextReason: reasonField,
}

/** Fields of steps at which people are waited for. */
const waitingFields = {
  ...baseFields,
  tries: triesField,
  silence: z
    .strictObject({
      remindAfterHours: z.number().min(1).max(720).nullable().optional().describe('null: never reminded here'),
      remindAtMost: z.int().min(0).max(5).optional(),
    })
    .optional()
    .describe('Silence at this step, where it differs from that of the flow'),
}

const saySchema = z.strictObject({ ...baseFields, kind: z.literal('say') }).describe('Says one text and goes on.')

export type SaySource = z.infer<typeof saySchema>

const bound = z
  .union([z.number(), z.string().regex(/^(\d{4}-\d{2}-\d{2}|today([+-]\d{1,5}d)?)$/)])
  .describe('A number, or a day: 2026-11-23, today, today-21d, today+300d')
const options = z
  .array(z.union([z.string(), z.number()]))
  .min(1)
  .describe('Choices; labels stand in the locales under `options`, further words under `synonyms`')
const sense = z.enum(['dueDate', 'birthDate']).describe('Which day is meant when the year is not said')

const expects = z
  .strictObject({
    slot: slotName.describe('Slot that says whose number it is'),
    sex: z
      .record(z.string(), z.enum(['F', 'M']))
      .optional()
      .describe('Its value → sex in the number'),
    min: bound.optional(),
    max: bound.optional(),
  })
  .describe('What is usual of an identity number, sex and day of birth. Otherwise `doubt` asks once; it stops nobody')

const askSchema = z
  .strictObject({
    ...waitingFields,
    kind: z.literal('ask'),
    slot: slotName.describe('Where the answer is kept'),
    type: z.enum(inputTypes).describe('How the answer is read'),
    options: options.optional(),
    optionsFrom: z
      .enum(optionLists)
      .optional()
      .describe('Choices that the region pack lists, before those of `options`; their names stand in the pack'),
    sensitive: z
      .boolean()
      .default(false)
      .describe('Sensitive personal data (个人信息保护法 28): needs consent and a purpose'),
    purpose: z
      .string()
      .optional()
      .describe('Purpose of a commitment in this flow for which the sensitive data are asked'),
    optional: z.boolean().default(false).describe('May be passed over; the button is the locale text `skip`'),
    review: inReview(true),
    dependsOn: z
      .array(slotName)
      .default([])
      .describe('Slots whose change makes this answer doubtful: it is asked again'),
    sense: sense.optional(),
    precision: z
      .enum(['day', 'month'])
      .default('day')
      .describe('How much of a date is asked for; a month is kept as 2027-03'),
    min: bound.optional(),
    max: bound.optional(),
    maxLength: z.int().min(1).max(500).optional().describe('Most characters of a free text'),
    nameSlot: slotName.optional().describe('Slot that keeps how the value is shown (the name of a region)'),
    echo: z.boolean().default(false).describe('Says what was understood after the answer'),
    expects: expects.optional(),
    opening: z
      .boolean()
      .default(false)
      .describe(
        'Words under `opening` in the locales name the answer: where the flow is begun with them, and where it is asked',
      ),
    rating: z.boolean().default(false).describe('Five-level rating: the checker refuses wording that steers'),
    correct: z.string().optional().describe('Right answer of a question about what people know: one of the options'),
  })
  .describe('Asks for one slot. Passed over when the slot is filled already: what is known is not asked again.')

export type AskSource = z.infer<typeof askSchema>

const branchSchema = z
  .strictObject({
    id: stepId,
    when: whenField,
    kind: z.literal('branch'),
    cases: z
      .array(z.strictObject({ if: z.string().describe('CEL condition'), next: z.string() }))
      .min(1)
      .describe('Tried in order'),
    otherwise: z.string().describe('Step to go to when no case holds'),
  })
  .describe('Goes to the first case that holds, else to `otherwise`.')

export type BranchSource = z.infer<typeof branchSchema>

const fieldSchema = z.strictObject({
  name: slotName.describe('Name of the field in the item; its texts stand under `fields.<name>`'),
  type: z.enum(['text', 'name', 'date', 'number', 'choice', 'yesNo']),
  options: options.optional(),
  sense: sense.optional(),
  min: bound.optional(),
  max: bound.optional(),
})

const collectSchema = z
  .strictObject({
    ...waitingFields,
    kind: z.literal('collect'),
    slot: slotName.describe('Where the list is kept; `<slot>Closed` is true once it is complete'),
    type: z.enum(['text', 'name', 'date', 'number', 'photo']).optional().describe('Items of one value'),
    fields: z.array(fieldSchema).min(2).max(8).optional().describe('Items of several values, asked one after another'),
    count: slotName.optional().describe('Slot with the number of items; absent: the person says when that was all'),
    atLeast: z.int().min(0).max(30).default(0).describe('Fewest items'),
    atMost: z.int().min(1).max(30).describe('Most items; the list closes by itself at this length'),
    sense: sense.optional(),
    min: bound.optional(),
    max: bound.optional(),
    sensitive: z.boolean().default(false),
    purpose: z.string().optional(),
    review: inReview(true),
  })
  .refine(({ type, fields }) => (type === undefined) !== (fields === undefined), 'either type or fields')
  .describe('Gathers a list, item by item. 改第N个 and 删除第N个 work on it; 上一步 takes back the last value.')

export type CollectSource = z.infer<typeof collectSchema>

const reviewSchema = z
  .strictObject({ ...waitingFields, kind: z.literal('review') })
  .describe('Shows all answers, numbered, and goes on only after a yes. 改第N项 corrects one.')

export type ReviewSource = z.infer<typeof reviewSchema>

const commitmentSchema = z
  .strictObject({
    ...waitingFields,
    kind: z.literal('commitment'),
    slot: slotName,
    purpose: z.string().describe('What is agreed to; stored with the consent'),
    version: z.int().min(1).describe('Version of the text; raise it when the text changes in meaning'),
    refused: z.string().describe('Where a no leads. A no is a lawful answer and never asked twice'),
    sealSlot: slotName
      .optional()
      .describe('Keeps version, hash and moment of the text that was agreed to, for commands that store it'),
  })
  .describe(
    'A declaration on its own screen, consent or pledge: never ticked beforehand, bound to version and hash of the text that was shown (个人信息保护法 14, 29).',
  )

export type CommitmentSource = z.infer<typeof commitmentSchema>

const outcomesField = z.record(z.string(), z.string()).describe('Outcome → next step')

const commitSchema = z
  .strictObject({
    id: stepId,
    when: whenField,
    kind: z.literal('commit'),
    command: z.string().describe('Command of the service (src/app/commands)'),
    outcomes: outcomesField.refine(outcomes => Object.keys(outcomes).length > 0, 'at least one outcome'),
    final: z.array(z.string()).default([]).describe('Outcomes after which the answers stand: 上一步 and 改 stop here'),
    gives: z.array(slotName).default([]).describe('Values of the command that later steps hand on to another flow'),
  })
  .describe(
    'Runs a command with every slot of the flow as argument (unanswered = null); its outcome chooses the way on, its values become slots.',
  )

export type CommitSource = z.infer<typeof commitSchema>

const noticeSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('notice'),
    matter: z.string().optional().describe('Matter of which the papers are told; absent: the slot `matter` says it'),
    slot: slotName.describe('Keeps the number of the notice'),
    dependsOn: z.array(slotName).default([]).describe('Slots whose change makes the notice void: another is issued'),
    command: z.string().default('issueNotice').describe('Command that computes and freezes the notice'),
  })
  .describe(
    'One-time notice (一次性告知): has the notice for this person issued, says number and papers, gives the page. What the region does not know is said to be asked locally.',
  )

export type NoticeSource = z.infer<typeof noticeSchema>

const subflowSchema = z
  .strictObject({
    ...baseFields,
    kind: z.literal('subflow'),
    flow: z.string().describe('Flow to walk through; it has its own slots'),
    in: z
      .record(slotName, slotName)
      .default({})
      .describe('Slot of the called flow → slot of this flow it is filled from'),
    out: z
      .record(slotName, slotName)
      .default({})
      .describe('Slot of this flow → slot of the called flow it is filled from'),
    outcomes: z
      .record(z.string(), z.string())
      .default({})
      .describe('Outcome of the end that was reached → next step; others go to `next`'),
    review: inReview(true),
  })
  .describe('Walks through another flow and comes back. 上一步 and 改第N项 reach into it.')

export type SubflowSource = z.infer<typeof subflowSchema>

const handoffSchema = z
  .strictObject({ ...baseFields, kind: z.literal('handoff') })
  .describe('Gives the case as it stands to an officer and pauses; 继续 goes on at the next step.')

export type HandoffSource = z.infer<typeof handoffSchema>

const endSchema = z
  .strictObject({
    id: stepId,
    when: whenField,
    longTextReason: reasonField,
    kind: z.literal('end'),
    outcome: z.string().optional().describe('Heard by a flow that called this one; absent: done'),
    quiet: z.boolean().default(false).describe('Says nothing: for flows that others call'),
  })
  .describe('Says a last text and closes the session, or goes back to the flow that called.')

export type EndSource = z.infer<typeof endSchema>

/** Every kind with its format, in the order of the manual. */
export const stepSchemas = [
  saySchema,
  askSchema,
  branchSchema,
  collectSchema,
  reviewSchema,
  commitmentSchema,
  commitSchema,
  noticeSchema,
  subflowSchema,
  handoffSchema,
  endSchema,
] as const

/** Any step. */
export const stepSchema = z.discriminatedUnion('kind', [...stepSchemas])
export type StepSource = z.infer<typeof stepSchema>
export type StepKind = StepSource['kind']

export const stepKindNames: StepKind[] = stepSchemas.map(schema => schema.shape.kind.value)
