import type pg from 'pg'
import type { StoredPosition } from '../conversation/check/finding.ts'
import { addPositions, positionsOf } from '../conversation/positions.ts'
import type { FieldCipher } from './fieldCipher.ts'
import { openConversation } from './turnRows.ts'

/** Conversations decrypted at a time: bounds the memory, not the work. */
const BATCH = 500

/** How many people stand at which step of which revision, over all stored conversations. Names nobody. */
export async function readFlowPositions(pool: pg.Pool, cipher: FieldCipher): Promise<StoredPosition[]> {
  let counted: StoredPosition[] = []
  let last = ''
  for (;;) {
    const { rows } = await pool.query<{ resident_id: string; state: Buffer }>({
      name: 'positions.read',
      text: `select resident_id, state from conversation
        where state is not null and resident_id > $1 order by resident_id limit ${BATCH}`,
      values: [last],
    })
    const found = rows.flatMap(row => positionsOf(openConversation(cipher, row.resident_id, row.state)))
    counted = addPositions([...counted, ...found])
    last = rows.at(-1)?.resident_id ?? ''
    if (rows.length < BATCH) return counted
  }
}
