import { Refused } from './api.ts'
import { noteEnd } from './session.ts'
import { t } from './words.ts'

/** Why nothing came, in the words of the service if it had any. An ended session shows the log-in. Bugs are thrown on. */
export function sayFailure(error: unknown): string {
  if (!(error instanceof Refused)) throw error
  noteEnd(error)
  return error.message || t('failed')
}
