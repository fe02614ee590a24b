import { z } from 'zod'

/** What one contender did in one round. */
export const engineFigures = z.strictObject({
  name: z.string(),
  turnsPerSecond: z.number(),
  /** Processor microseconds a turn, those of collector and compiler threads included: neighbours disturb it less. */
  cpuMicros: z.number(),
  /** Bytes stored before the last answer. */
  stateAtEnd: z.number().nullable(),
  /** The same after 50 bad answers to the last question; null where nothing can be refused. */
  stateAfterRetries: z.number().nullable(),
})
export type EngineFigures = z.infer<typeof engineFigures>
export type Pace = Pick<EngineFigures, 'turnsPerSecond' | 'cpuMicros'>
