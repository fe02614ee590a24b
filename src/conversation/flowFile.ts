import type { CompiledFlow, CompiledStep } from './machine.ts'
import { stepSchema, type StepSource } from './steps/schema.ts'
import { z } from 'zod'
import { plainText } from './plainText.ts'
import { defaultSettings } from './settings.ts'
import { compileStep } from './steps/kinds.ts'

/** One flow file as read: `flows/<matter>/flow.yaml` or an older revision beside it. */
export interface FlowSource {
  file: string
  content: unknown
}

/** The file format. Strict: a field that nobody knows stops the load. */
export const flowSchema = z.strictObject({
  flow: z.string().regex(/^[a-z][a-z-]*$/),
  revision: z.int().min(1),
  /** Place in the menu of the front desk; absent = by invitation only. */
  menu: z.int().min(1).optional(),
  /** Label by which `readIntents` names this matter. */
  intent: z.string().optional(),
  /** Words that start it at once, in all languages together. */
  keywords: z.array(z.string()).default([]),
  /** Sentences people say; the intent reader learns from them. */
  examples: z.array(z.string()).default([]),
  silence: z
    .strictObject({
      remindAfterHours: z.number().min(1).max(720).nullable(),
      expireAfterDays: z.number().min(1).max(365),
    })
    .default(defaultSettings),
  steps: z.array(stepSchema).min(1),
})

/** @throws Error naming step and field when the file does not fit the format or a condition does not parse. */
export function compileFlow({ file, content }: FlowSource): CompiledFlow {
  const parsed = flowSchema.safeParse(content)
  if (!parsed.success) throw new Error(describe(parsed.error, content))
  const source = parsed.data
  const region = source.steps.find(step => step.kind === 'ask' && step.type === 'region')
  const regionSlot = region?.kind === 'ask' ? region.slot : null
  const steps = source.steps.map(step => withPackDependency(compileNamed(source.flow, step), regionSlot))
  return {
    name: source.flow,
    revision: source.revision,
    file,
    menu: source.menu ?? null,
    intent: source.intent ?? null,
    keywords: source.keywords.map(plainText),
    examples: source.examples,
    settings: source.silence,
    steps,
    byId: new Map(steps.map(step => [step.id, step])),
    following: new Map(steps.map((step, n) => [step.id, steps[n + 1] ?? null])),
    emptySlots: Object.fromEntries(steps.flatMap(slotsOf).map(slot => [slot, null])),
    regionSlot,
  }
}

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

function slotsOf({ slot, source }: CompiledStep): string[] {
  const own = slot ? [slot] : []
  if (source.kind === 'ask' && source.nameSlot) own.push(source.nameSlot)
  if (source.kind === 'collect') own.push(`${source.slot}Closed`)
  return own
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
