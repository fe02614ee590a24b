import type { Instant } from './world.ts'

/** Which walks are counted. */
export interface FunnelQuery {
  /** Name of one flow; null = all. */
  flow: string | null
  /** From this moment on. */
  from: Instant
  /** Before this moment. */
  until: Instant
}

/**
 * What happened at one step of one revision: stops counted, never people. A step entered again after 上一步 or 改第N项
 * counts again, so that the numbers show work and not only progress.
 */
export interface FunnelStep {
  flow: string
  revision: number
  step: string
  /** The question was put, or the text said. */
  entered: number
  /** An answer or an outcome led on. */
  answered: number
  /** An answer was refused. */
  invalid: number
  /** The example was shown, after the second bad answer. */
  example: number
  /** An officer was asked in. */
  handedOff: number
  /** The person cancelled here, or was silent until the draft ended. */
  left: number
}

/** The same as it is shown: a count in which single people could be found again is null. */
export type ShownFunnelStep = {
  [Name in keyof FunnelStep]: Name extends 'flow' | 'revision' | 'step' ? FunnelStep[Name] : number | null
}

/** Below this a cell is hidden: in one village, four of something are four neighbours. The same limit as for surveys. */
const SMALLEST_SHOWN = 5

/** Hides counts of one to four. Nobody at all stays a zero: it tells of no one. */
export function hideSmallCounts(step: FunnelStep): ShownFunnelStep {
  const shown = (count: number) => (count > 0 && count < SMALLEST_SHOWN ? null : count)
  return {
    ...step,
    entered: shown(step.entered),
    answered: shown(step.answered),
    invalid: shown(step.invalid),
    example: shown(step.example),
    handedOff: shown(step.handedOff),
    left: shown(step.left),
  }
}
