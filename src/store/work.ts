import type pg from 'pg'
import type { Scope } from '../app/ports.ts'
import type { FieldCipher } from './fieldCipher.ts'

/** What every repository of a transaction stands on. */
export interface Work {
  client: pg.ClientBase
  cipher: FieldCipher
  newId(): string
  /** Whose eyes the transaction has at this moment. */
  scope(): Scope
}
