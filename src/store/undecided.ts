import { undecidedStatuses } from '../domain/applicationState.ts'

/** Of the status of a case: still to be decided, as `isUndecided` has it. */
export const isUndecidedIn = (status: string): string =>
  `${status} in (${undecidedStatuses.map(one => `'${one}'`).join(', ')})`
