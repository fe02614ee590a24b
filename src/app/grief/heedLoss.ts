import type { Effect } from '../../conversation/types.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { mourn } from './mourn.ts'

/** What a resident told of a death in this turn, in the transaction of the turn. */
export async function heedLoss(parts: AppParts, tx: Tx, residentId: string, effects: readonly Effect[]): Promise<void> {
  for (const effect of effects) {
    if (effect.type !== 'bereaved') continue
    const by = { kind: 'resident' as const, id: residentId }
    await mourn(parts, tx, { to: { residentId }, lost: effect.lost, regionCode: null, by })
  }
}
