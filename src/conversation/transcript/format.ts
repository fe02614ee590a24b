import { z } from 'zod'
import { languages, type Json } from '../types.ts'

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
)
/** Slots and values of outcomes. */
export const valuesSchema = z.record(z.string(), json)

/** What the person (or the service around the engine) does. Written by hand; everything else in a transcript is renewed. */
const inputs = [
  z.strictObject({ says: z.string() }),
  /** A button of the last message, by its label. */
  z.strictObject({ presses: z.string() }),
  /** The first button with this label that was ever shown: an old one. */
  z.strictObject({ pressesOld: z.string() }),
  z.strictObject({ sends: z.enum(['image', 'voice', 'video']) }),
  z.strictObject({ opens: z.literal('chat') }),
  /** Hours pass; timers that come due are fired. */
  z.strictObject({ waitsHours: z.number().positive() }),
  z.strictObject({ invited: z.string(), with: valuesSchema }),
  /** An officer is done with what was handed over to him: the last session that was. */
  z.strictObject({ handsBack: z.enum(['return', 'finish']), note: z.string().optional() }),
  /** What `app` answers to the command just run. */
  z.strictObject({ outcome: z.string(), values: valuesSchema.optional() }),
] as const
const outputs = [
  z.strictObject({ answers: z.string() }),
  z.strictObject({ runs: z.string(), with: valuesSchema.optional() }),
  z.strictObject({ causes: z.string() }),
] as const

const entry = z.union([...inputs, ...outputs])
export type Entry = z.infer<typeof entry>
export type InputEntry = z.infer<(typeof inputs)[number]>

/** A golden conversation: YAML that an officer can read. */
export const transcriptSchema = z.strictObject({
  title: z.string(),
  language: z.enum(languages).default('zh-CN'),
  start: z.iso.datetime({ offset: true }).default('2026-11-23T09:00:00+08:00'),
  officer: z.boolean().default(false),
  turns: z.array(entry),
})
export type Transcript = z.infer<typeof transcriptSchema>

/** True for entries which somebody did, as against what came of them. */
export function isInput(one: Entry): one is InputEntry {
  return !('answers' in one) && !('runs' in one) && !('causes' in one)
}
