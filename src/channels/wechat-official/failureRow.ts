import type { SendFailure } from '../../app/ports.ts'

/** What a failure means to us: for the message, and for those that come after it. */
export type FailureRow = Omit<SendFailure, 'name' | 'until'> & {
  /** The endpoint is left alone for so long, by all processes. */
  pause?: 'minute' | 'midnight'
  /** The platform itself did not answer; several in a row and it is left alone for a while. */
  isDown?: true
}
