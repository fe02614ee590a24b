import { z } from 'zod'
import { changeKinds, changeVerdicts, goneWays } from '../app/households/householdPort.ts'
import type { HouseholdWithLinks, ShownHousehold } from '../app/households/householdDesk.ts'
import type { LinkOutcome } from '../app/households/links.ts'
import type { OwnHouseholdsView } from '../app/households/ownHouseholds.ts'
import { phoneStandings } from '../domain/phoneStanding.ts'
import { householdProofs } from '../app/messages/messagePort.ts'
import { shanghaiDate, shanghaiTime } from '../domain/world.ts'

const time = z.iso.datetime({ offset: true })
const own = z.strictObject({ id: z.string(), place: z.string(), head: z.string() })

/** 我家, as its resident reads it. */
export const ownHouseholdsSchema = z.strictObject({
  links: z.array(own.extend({ proof: z.enum(householdProofs), since: time, until: z.iso.date().nullable() })),
  choices: z.array(own),
  phone: z.enum(phoneStandings),
  lapsedOn: z.iso.date().nullable(),
})

const outcomes = [
  'linked',
  'wrong',
  'closed',
  'gone',
  'officer',
  'other',
  'notAnswered',
] as const satisfies LinkOutcome['kind'][]

/** The same after a proof, with what came of it. */
export const linkedSchema = ownHouseholdsSchema.extend({ outcome: z.enum(outcomes) })

export function ownHouseholdsJson({
  links,
  lapsedAt,
  ...view
}: OwnHouseholdsView): z.infer<typeof ownHouseholdsSchema> {
  return {
    ...view,
    links: links.map(link => ({ ...link, since: shanghaiTime(link.since) })),
    lapsedOn: lapsedAt === null ? null : shanghaiDate(lapsedAt),
  }
}

const household = z.strictObject({
  id: z.string(),
  place: z.string(),
  number: z.string(),
  head: z.string(),
  speakers: z.number().int(),
  gone: z.enum(goneWays).nullable(),
})

export const householdsSchema = z.strictObject({ items: z.array(household) })

export const householdSchema = household.extend({
  links: z.array(
    z.strictObject({ id: z.string(), proof: z.enum(householdProofs), since: time, name: z.string().nullable() }),
  ),
  changes: z.array(
    z.strictObject({
      ...{ id: z.string(), kind: z.enum(changeKinds), by: z.string(), at: time },
      ...{ verdict: z.enum(changeVerdicts).nullable(), reason: z.string().nullable(), maySettle: z.boolean() },
    }),
  ),
})

export const householdsJson = (items: ShownHousehold[]): z.infer<typeof householdsSchema> => ({ items })

export function householdJson({ links, changes, ...shown }: HouseholdWithLinks): z.infer<typeof householdSchema> {
  return {
    ...shown,
    links: links.map(link => ({ ...link, since: shanghaiTime(link.since) })),
    changes: changes.map(change => ({ ...change, at: shanghaiTime(change.at) })),
  }
}
