import type { TestDatabase } from '../store/database.ts'
import type { Instance } from './instance.ts'

export interface HouseholdGiven {
  head?: string
  phone?: string
  place?: string
}

/** Puts households on the county's list as an import does, each with a number of its own, and has residents write for the first time. */
export function householdMaker(database: TestDatabase, here: Instance, village: string) {
  let counted = 0
  return {
    household: async ({ head = '李秀英', phone, place = village }: HouseholdGiven = {}): Promise<string> => {
      const number = `HH-${++counted}`
      const { cipher } = database
      const id = cipher.index('household|number', `${place.slice(0, 6)}|${number}`).toString('base64url')
      await database.sql(
        `insert into household (id, region_code, phone_index, content, digest, imported_at)
          values ($1, $2, $3, $4, '\\x00', now())`,
        [
          ...[id, place, phone === undefined ? null : cipher.index('household|phone', phone)],
          cipher.seal('household|content', id, JSON.stringify({ number, headName: head, phone: phone ?? null })),
        ],
      )
      return id
    },
    resident: async (): Promise<string> => {
      const address = { channel: 'miniprogram' as const, sender: `r-${++counted}`, messageKey: database.world.newId() }
      return (await here.kept.store.turns.open(address, here.parts.world.now())).resident.id
    },
  }
}
