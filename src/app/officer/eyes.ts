import type { Officer } from '../../domain/officer.ts'
import { Conflict, type Scope } from '../ports.ts'

/** What an officer sees: his place and what lies below it. */
export function eyesOf(officer: Officer): Scope {
  return { kind: 'officer', officerId: officer.id, regionCode: officer.regionCode }
}

/** Another writer was faster at the same rows: what he left is read anew, and the rules decide again. */
const MOST_TRIES = 3

/** Runs `work`, again when somebody else was faster. @throws {Conflict} when that goes on. */
export async function untilQuiet<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Conflict) || tries === MOST_TRIES) throw error
    }
  }
}
