import { z } from 'zod'

/** Answers of the addresses of figures, for `/openapi.json` and for tests. */

const count = z.number().int().min(0)
const share = z.number().min(0).max(1)
const time = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/)
const region = z.strictObject({ code: z.string(), name: z.string() })
const frame = { region, from: z.iso.date(), to: z.iso.date(), at: time }

export const figureFields = {
  state: z.enum(['shown', 'hidden', 'noData', 'noSuchItem']),
  numerator: count.nullable(),
  denominator: count.nullable(),
  n: count.nullable(),
  value: share.nullable(),
  interval: z.strictObject({ low: share, high: share }).nullable(),
  hidden: z.boolean(),
  targetMet: z.boolean().nullable(),
}

const indicator = {
  id: z.string(),
  unit: z.enum(['share', 'months']),
  name: z.string(),
  definition: z.string(),
  target: share.nullable(),
  /** Why there is no number, should there be none. */
  noData: z.string(),
  source: z.strictObject({ document: z.string(), quote: z.string() }),
}

const rule = z.strictObject({
  id: z.string(),
  points: z.number(),
  quote: z.string(),
  reading: z.string().nullable(),
  lost: z.number().nullable(),
  missing: z.string().nullable(),
  figure: z.strictObject({ name: z.string(), ...figureFields, cases: z.string().nullable() }).nullable(),
})

export const indicatorsSchema = z.strictObject({
  ...frame,
  indicators: z.array(z.strictObject({ ...indicator, ...figureFields, cases: z.string().nullable() })),
  items: z.array(
    z.strictObject({
      matter: z.string(),
      name: z.string(),
      ...figureFields,
      ways: z.array(z.strictObject({ way: z.string(), name: z.string(), n: count.nullable() })),
      cases: z.string().nullable(),
    }),
  ),
  months: z.array(z.strictObject({ month: z.string(), ...figureFields })),
  ratings: z.array(z.strictObject({ level: z.number().int(), name: z.string(), n: count.nullable() })),
  badReasons: z.array(z.strictObject({ reason: z.string(), name: z.string(), n: count.nullable() })),
  exceptions: count,
  bySilence: count,
  checkTable: z.strictObject({
    name: z.string(),
    source: z.string(),
    points: z.number(),
    pointsWithData: z.number(),
    lost: z.number(),
    rows: z.array(z.strictObject({ id: z.string(), name: z.string(), points: z.number(), rules: z.array(rule) })),
  }),
})

export const placesSchema = z.strictObject({
  ...frame,
  indicator: z.strictObject(indicator),
  places: z.array(z.strictObject({ region, ...figureFields, cases: z.string().nullable() })),
})

const months = z.array(z.strictObject({ month: z.string(), n: count.nullable() }))

export const reasonsSchema = z.strictObject({
  ...frame,
  n: count.nullable(),
  items: z.array(
    z.strictObject({
      reason: z.string(),
      name: z.string(),
      n: count.nullable(),
      share: share.nullable(),
      months,
    }),
  ),
})

export const needsSchema = z.strictObject({
  ...frame,
  n: count.nullable(),
  items: z.array(
    z.strictObject({ kind: z.string(), name: z.string(), n: count.nullable(), share: share.nullable(), months }),
  ),
})

export const officesSchema = z.strictObject({
  ...frame,
  items: z.array(
    z.strictObject({
      office: region.nullable(),
      legal: z.strictObject(figureFields),
      promise: z.strictObject(figureFields),
    }),
  ),
})
