import { contactPosts } from '../../domain/care/careFamily.ts'
import { foldCare } from '../../domain/care/careState.ts'
import { covers } from '../../domain/officer.ts'
import type { Instant } from '../../domain/world.ts'
import type { Tx } from '../ports.ts'
import { recordCare } from './record.ts'

/**
 * An officer leaves, or goes to another place: his post with each family is empty from this moment, and he sees none of them. The
 * next sweep asks the town for a successor. `staysIn`: what lies there he keeps. Part of the transaction that changes the account,
 * with the eyes of the service. Answers how many families there were.
 */
export async function leaveFamiliesOf(
  tx: Pick<Tx, 'care' | 'audit'>,
  officerId: string,
  at: Instant,
  staysIn: string | null = null,
): Promise<number> {
  let left = 0
  for (const id of await tx.care.ofContact(officerId)) {
    const found = await tx.care.lock(id)
    if (!found || (staysIn !== null && covers(staysIn, found.regionCode))) continue
    let family = found
    for (const post of contactPosts) {
      if (foldCare(family.actions).contacts[post] !== officerId) continue
      const event = { type: 'contactSet' as const, post, officerId: null, why: 'departure' as const }
      family = await recordCare(tx, family, event, { actor: { kind: 'system' }, at })
    }
    const { contacts } = foldCare(family.actions)
    await tx.care.showTasksTo(
      id,
      contactPosts.flatMap(post => contacts[post] ?? []),
    )
    await tx.care.planAnew(id)
    left++
  }
  return left
}
