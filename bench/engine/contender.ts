import type { Work } from './work.ts'

/** One engine doing the work. State goes through JSON between any two turns, as a database would keep it. */
export interface Contender {
  /** Engine and version. */
  name: string
  /** Residents who talk at the same time; 1 where an engine gains nothing from more. */
  parallel: number
  /** One resident from the first word to the end. Answers the number of user turns. @throws when it does not complete. */
  register(resident: number): number | Promise<number>
  /**
   * Bytes of the stored state with every answer but the last given, after `retries` bad answers to the last question.
   * Null where the engine has no check that could refuse.
   */
  stateBytes(retries: number): number | null | Promise<number | null>
}

/** Where replies go instead of to a platform. */
export type Send = (text: string) => void

export type MakeContender = (work: Work, send: Send) => Contender

/** Bytes of a text in UTF-8, as it would be stored. */
export const bytesOf = (text: string): number => Buffer.byteLength(text)
