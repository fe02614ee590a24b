import type { ErasableKind, ErasureCause } from '../../domain/privacy/retention.ts'
import { moment } from '../rows.ts'
import type { Work } from '../work.ts'

interface Proof {
  kind: ErasableKind
  cause: ErasureCause
  at: number
  keys: string[]
}

/**
 * That so many rows of a kind are gone, and a keyed hash over their ids: whoever knows an id from a backup can be shown that
 * it was among them, and nobody can read from it whose they were.
 */
export async function proveDeletion({ client, cipher, newId }: Work, { kind, cause, at, keys }: Proof): Promise<void> {
  if (keys.length === 0) return
  const digest = cipher.index('deletion_record|digest', keys.toSorted().join('\n'))
  await client.query(
    'insert into deletion_record (id, kind, cause, removed, digest, at) values ($1, $2, $3, $4, $5, $6)',
    [newId(), kind, cause, keys.length, digest, moment(at)],
  )
}
