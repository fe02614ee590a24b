import { z } from 'zod'
import type { Json } from './types.ts'

/** One file `flows/<matter>/migrations/<from>-<to>.yaml`, as read. */
export interface MigrationSource {
  file: string
  content: unknown
}

const json: z.ZodType<Json> = z.json()
const revision = z.int().min(1)

/** The file format: how people in the middle of one revision go on in a newer one. */
export const migrationSchema = z.strictObject({
  flow: z.string(),
  from: revision,
  /** A later one: moves only ever lead forward, so that they end. */
  to: revision,
  /** Why nobody should finish on the old revision. */
  reason: z.string(),
  /** Step of the old revision → step of the new one, for those that were renamed, moved or dropped. */
  steps: z.record(z.string(), z.string()).default({}),
  slots: z
    .strictObject({
      /** Old name → new name. */
      rename: z.record(z.string(), z.string()).default({}),
      drop: z.array(z.string()).default([]),
      /** Filled in where nothing is known. */
      set: z.record(z.string(), json).default({}),
    })
    .default({ rename: {}, drop: [], set: {} }),
})

export type FlowMigration = z.infer<typeof migrationSchema> & { file: string }

/** @throws Error naming file and field. */
export function compileMigration({ file, content }: MigrationSource): FlowMigration {
  const parsed = migrationSchema.safeParse(content)
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`)
  const { from, to } = parsed.data
  if (to <= from) throw new Error(`${file}: leads from revision ${from} back to ${to}`)
  return { ...parsed.data, file }
}

/** Where a step of the old revision is now. */
export function movedStep(migration: FlowMigration, step: string): string {
  return migration.steps[step] ?? step
}
