import { createHash } from 'node:crypto'
import type { AppParts } from '../../app/parts.ts'
import type { Household } from '../../domain/import/households.ts'
import type { OpenStore } from '../../store/openStore.ts'
import type { DemoHousehold } from './households.ts'

/** People in a made-up household, one after another. */
const MEMBERS = [3, 4, 2, 5, 3, 6]

/** The list of households as a county imports it, so that a campaign finds somebody to ask. */
export async function seedHouseholdList(
  { kept, parts }: { kept: OpenStore; parts: AppParts },
  households: readonly DemoHousehold[],
): Promise<void> {
  const rows = households.map(({ name, phone, villageCode }, n): Household => {
    const number = `DEMO-${String(n + 1).padStart(3, '0')}`
    const members = MEMBERS[n % MEMBERS.length] ?? null
    return { number, regionCode: villageCode, headName: name, phone, members, standing: null }
  })
  const order = {
    isApplied: () => true,
    actor: { kind: 'system' as const },
    regionCode: null,
    fileHash: createHash('sha256').update(JSON.stringify(rows)).digest('hex'),
    at: parts.world.now(),
  }
  await kept.bulk.households(inOneBatch(rows), order)
}

async function* inOneBatch(rows: readonly Household[]) {
  yield rows.map((value, n) => ({ line: n + 2, value }))
}
