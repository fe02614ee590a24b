import { randomUUID } from 'node:crypto'
import type { Chance } from '../../src/domain/campaign/seededChance.ts'
import type { CampaignDraft } from '../../src/domain/campaign/campaignPlan.ts'
import { identityRow, senderIndex } from '../../src/store/turnRows.ts'
import type { Instance } from './instance.ts'
import type { TestDatabase } from '../store/database.ts'

/** Villages of a town that no county has. */
export const villageCode = (n: number): string => `9999011${String(n % 3).padStart(2, '0')}${String(200 + n)}`

/** Households without anything: `ids` in order of village. */
export async function settleHouseholds(
  database: TestDatabase,
  { villages, each }: { villages: number; each: number },
): Promise<string[]> {
  const rows = Array.from({ length: villages }, (_, v) =>
    Array.from({ length: each }, (_, n) => ({ id: `h-${v}-${n}`, village: villageCode(v), members: 1 + (n % 6) })),
  ).flat()
  for (let from = 0; from < rows.length; from += 5000) {
    await database.sql(
      `insert into household (id, region_code, members, content, digest, imported_at)
        select id, village, members, '', '', now()
        from jsonb_to_recordset($1) as h (id text, village text, members int)`,
      [JSON.stringify(rows.slice(from, from + 5000))],
    )
  }
  return rows.map(({ id }) => id)
}

/** Somebody who writes to us and speaks for this household. Answers the resident's id. */
export async function speakerOf(instance: Instance, householdId: string): Promise<string> {
  const sender = `guest-${randomUUID()}`
  await instance.say(sender, '你好')
  const residentId = await instance.kept.auth.residentBySender({
    channel: 'web',
    sender,
    at: instance.parts.world.now(),
  })
  const link = { householdId, residentId, proof: 'officer' as const, by: 'service', at: instance.parts.world.now() }
  await instance.kept.store.transaction({ kind: 'system' }, tx => tx.messages.link(link))
  return residentId
}

/** Of ten households so many have somebody who wrote to us. */
const REACHABLE_OF_TEN = 6

/** A county at once: households over the villages by chance, some with a resident whose address is known. */
export async function settleCounty(
  database: TestDatabase,
  { villages, households, chance }: { villages: number; households: number; chance: Chance },
): Promise<{ id: string; residentId: string | null }[]> {
  const rows = Array.from({ length: households }, (_, n) => {
    const village = villageCode(chance.below(villages))
    const isReachable = chance.below(10) < REACHABLE_OF_TEN
    const sender = `county-${n}`
    const index = senderIndex(database.cipher, 'web', sender)
    const sealed = database.cipher.seal('resident_identity|sender', identityRow('web', index), sender)
    const way = { index: index.toString('hex'), sender: sealed.toString('hex') }
    return { id: `h-${n}`, village, resident: isReachable ? `r-${n}` : null, members: 1 + chance.below(6), ...way }
  })
  for (let from = 0; from < rows.length; from += 5000) {
    await database.sql(
      `with n as materialized (
          select * from jsonb_to_recordset($1)
            as n (id text, village text, resident text, members int, "index" text, sender text)
        ), h as (
          insert into household (id, region_code, members, content, digest, imported_at)
            select id, village, members, '', '', now() from n
        ), r as (insert into resident (id, created_at) select resident, now() from n where resident is not null),
        i as (
          insert into resident_identity (channel, sender_index, resident_id, sender, created_at)
            select 'web', decode("index", 'hex'), resident, decode(sender, 'hex'), now() from n where resident is not null
        )
        insert into household_resident (household_id, resident_id, proof, linked_by, linked_at)
          select id, resident, 'officer', 'service', now() from n where resident is not null`,
      [JSON.stringify(rows.slice(from, from + 5000))],
    )
  }
  // As the server does by itself a minute after an import; this clock runs faster.
  await database.sql('analyze')
  return rows.map(({ id, resident }) => ({ id, residentId: resident }))
}

const DAY_MS = 86_400_000

/** A satisfaction survey of everybody, from now on for two weeks. */
export function draftOf(instance: Instance, changed: Partial<CampaignDraft> = {}): CampaignDraft {
  const now = instance.parts.world.now()
  return {
    ...{ kind: 'satisfaction', flow: 'test-questionnaire', title: '年度满意度调查' },
    filter: { places: [], membersFrom: null, membersTo: null, way: 'any', coolDownDays: 90 },
    sample: { method: 'everyone', size: 0, allocation: 'proportional', leastPerVillage: 0 },
    ...{ opensAt: now, closesAt: now + 14 * DAY_MS, pacePerMinute: 1_000_000, doorstepsPerVillage: 5 },
    ...changed,
  }
}
