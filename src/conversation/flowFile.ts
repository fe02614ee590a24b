import type { CompiledFlow, CompiledStep, Cues } from './machine.ts'
import { stepSchema, type StepSource } from './steps/schema.ts'
import { z } from 'zod'
import { surveyKinds } from '../domain/survey/kinds.ts'
import { asName } from './asName.ts'
import { plainText } from './plainText.ts'
import { defaultSettings } from './settings.ts'
import { compileStep } from './steps/kinds.ts'

/** One flow file as read: `flows/<matter>/flow.yaml` or an older revision beside it. */
export interface FlowSource {
  file: string
  content: unknown
}

/** What happens when the person says nothing more; a step may say otherwise for itself. */
const silenceSchema = z
  .strictObject({
    remindAfterHours: z.number().min(1).max(720).nullable().default(defaultSettings.remindAfterHours),
    remindAtMost: z.int().min(0).max(5).default(defaultSettings.remindAtMost).describe('Reminders, one after another'),
    expireAfterDays: z.number().min(1).max(365).default(defaultSettings.expireAfterDays).describe('Then it ends'),
    keepDraftDays: z
      .number()
      .min(0)
      .max(365)
      .default(defaultSettings.keepDraftDays)
      .describe('What was filled in is kept so long from the end on, and offered again; 0: not kept'),
  })
  .describe('Silence of the person')

/** The file format. Strict: a field that nobody knows stops the load. */
export const flowSchema = z.strictObject({
  flow: z
    .string()
    .regex(/^[a-z][a-z-]*$/)
    .describe('Name: the folder under flows/ and the file of texts under locales/'),
  revision: z.int().min(1).describe('Raised when steps change; people in the middle stay on theirs'),
  menu: z.int().min(1).optional().describe('Place in the menu; absent: by invitation, or called by other flows'),
  more: z.boolean().default(false).describe('Stands under 更多, so that the menu itself stays short'),
  intent: z.string().optional().describe('Label by which the reader of intents names this matter'),
  matter: z.string().optional().describe('Matter it is about: 要带什么 asked in it is answered for this one'),
  keywords: z.array(z.string()).default([]).describe('Words that start it at once, in all languages together'),
  examples: z.array(z.string()).default([]).describe('Sentences people say; the reader of intents learns from them'),
  opensOn: z
    .strictObject({
      forAnother: z.array(z.string()).default([]).describe('Said for somebody else, with one of these words'),
      slots: z.array(z.string()).default([]).describe('All of these are told; questions with `opening`'),
    })
    .default({ forAnother: [], slots: [] })
    .describe('Begins the flow also where the reader of intents heard no matter'),
  alike: z
    .strictObject({
      intent: z.string().describe('Label of the other matter'),
      words: z.array(z.string()).min(1).describe('Words that people use for either'),
      unless: z.array(z.string()).default([]).describe('Words beside which it is this one without doubt'),
    })
    .optional()
    .describe('Another matter that goes by the same words: which of the two is wanted is asked first'),
  notDone: z
    .strictObject({
      words: z.array(z.string()).min(1).describe('Words that the reader of intents hears as this matter'),
      unless: z.array(z.string()).default([]).describe('Words beside which it is this matter all the same'),
      policy: z.string().describe('Id of the answer that is told'),
      instead: z.array(z.string()).default([]).describe('Flows that are offered after it'),
    })
    .optional()
    .describe('What these words ask for is done no more: an answer says so, and the flow does not begin'),
  takes: z
    .array(z.string().regex(/^[a-z][A-Za-z0-9]*$/))
    .default([])
    .describe('Slots that no step here fills: a calling flow or an invitation brings them'),
  silence: silenceSchema.default(defaultSettings),
  /** `condolence`: for families in grief. No cheerful word may stand in it. */
  tone: z.enum(['plain', 'condolence']).default('plain').describe('condolence: for families in grief'),
  survey: z.enum(surveyKinds).optional().describe('Questionnaire of a campaign of this kind; also shown as a page'),
  steps: z.array(stepSchema).min(1).describe('In the order in which they follow each other'),
})

/** @throws Error naming step and field when the file does not fit the format or a condition does not parse. */
export function compileFlow({ file, content }: FlowSource): CompiledFlow {
  const parsed = flowSchema.safeParse(content)
  if (!parsed.success) throw new Error(describe(parsed.error, content))
  const source = parsed.data
  const region = source.steps.find(step => step.kind === 'ask' && step.type === 'region')
  const regionSlot = region?.kind === 'ask' ? region.slot : null
  const steps = source.steps.map(step => inOneShape(withPackDependency(compileNamed(source.flow, step), regionSlot)))
  return {
    name: asName(source.flow),
    revision: source.revision,
    file,
    menu: source.menu ?? null,
    more: source.more,
    intent: source.intent ?? null,
    matter: source.matter ?? null,
    keywords: plainTexts(source.keywords),
    examples: source.examples,
    opening: steps.filter(step => step.source.kind === 'ask' && step.source.opening),
    opensOn: { forAnother: plainTexts(source.opensOn.forAnother), slots: source.opensOn.slots },
    alike: source.alike ? { ...source.alike, ...cuesOf(source.alike) } : null,
    notDone: source.notDone ? { ...source.notDone, ...cuesOf(source.notDone) } : null,
    settings: source.silence,
    tone: source.tone,
    survey: source.survey ?? null,
    reviews: steps.some(step => step.source.kind === 'review'),
    steps,
    byId: new Map(steps.map(step => [step.id, step])),
    following: new Map(steps.map((step, n) => [step.id, steps[n + 1] ?? null])),
    bySlot: slotIndex(steps),
    emptySlots: Object.fromEntries([...source.takes, ...steps.flatMap(({ fills }) => fills)].map(slot => [slot, null])),
    regionSlot,
  }
}

const plainTexts = (words: readonly string[]): string[] => words.map(plainText)

const cuesOf = ({ words, unless }: Cues): Cues => ({ words: plainTexts(words), unless: plainTexts(unless) })

function compileNamed(flow: string, step: StepSource): CompiledStep {
  try {
    return compileStep(flow, step)
  } catch (error) {
    throw new Error(`step ${step.id}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

// Facts of the pack follow from the region: a condition on them depends on that answer.
function withPackDependency(step: CompiledStep, regionSlot: string | null): CompiledStep {
  if (!step.when || step.when.pack.length === 0 || !regionSlot) return step
  return { ...step, dependsOn: [...step.dependsOn, regionSlot] }
}

/**
 * The same step with every field, always in this order. Steps put together once each, from parts, are each laid out in
 * a way of its own, and then every look at a field of a step in a turn is a search.
 */
function inOneShape(step: CompiledStep): CompiledStep {
  return {
    id: asName(step.id),
    source: step.source,
    when: step.when,
    slot: step.slot,
    fills: step.fills,
    standsOn: step.standsOn,
    dependsOn: step.dependsOn,
    waits: step.waits,
    exits: step.exits,
    texts: step.texts,
    enter: step.enter,
    answer: step.answer,
    read: step.read,
    accept: step.accept,
    resume: step.resume,
    put: step.put,
    back: step.back,
    reopen: step.reopen,
    edit: step.edit,
    call: step.call,
    returned: step.returned,
  }
}

function slotIndex(steps: CompiledStep[]): Map<string, CompiledStep[]> {
  const map = new Map<string, CompiledStep[]>()
  for (const step of steps) {
    for (const slot of step.fills) map.set(slot, [...(map.get(slot) ?? []), step])
  }
  return map
}

function describe(error: z.ZodError, content: unknown): string {
  return error.issues.map(issue => `${placeOf(issue.path, content)}: ${issue.message}`).join('; ')
}

function placeOf(path: PropertyKey[], content: unknown): string {
  const [field, index] = path
  if (field !== 'steps' || typeof index !== 'number') return path.join('.') || 'file'
  const steps = z.object({ steps: z.array(z.object({ id: z.string() }).catch({ id: '?' })) }).safeParse(content)
  const id = steps.success ? steps.data.steps[index]?.id : undefined
  return `step ${id ?? index + 1} ${path.slice(2).join('.')}`.trim()
}
