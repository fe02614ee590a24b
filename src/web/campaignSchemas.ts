import { z } from 'zod'
import { allocations, campaignKinds, exclusionReasons, sampleMethods } from '../domain/campaign/campaign.ts'
import { campaignStatuses } from '../domain/campaign/campaignState.ts'
import { zPlace, zText } from './decode.ts'

/** A county has some hundred villages; more places than these are written as their town. */
const MOST_PLACES = 500
/** More people than in any household, as in the lists of households. */
const MOST_MEMBERS = 99
const MOST_HOUSEHOLDS = 10_000_000

const time = z.iso.datetime({ offset: true })
const count = z.number().int().min(0)
const members = z.number().int().min(1).max(MOST_MEMBERS).nullable()

const filter = z.strictObject({
  places: z.array(zPlace).max(MOST_PLACES),
  membersFrom: members,
  membersTo: members,
  way: z.enum(['any', 'chat']),
  coolDownDays: z.number().int().min(0).max(3660),
})
const sample = z.strictObject({
  method: z.enum(sampleMethods),
  size: count.max(MOST_HOUSEHOLDS),
  allocation: z.enum(allocations),
  leastPerVillage: count.max(1000),
})

const pacePerMinute = z.number().int().min(1).max(100_000)

/** Whom, and how many of them; with when and how fast, whether the time suffices. */
export const populationBody = z.strictObject({
  ...{ filter, sample },
  manner: z.strictObject({ opensAt: time, closesAt: time, pacePerMinute }).optional(),
  kind: z.enum(campaignKinds).optional().describe('哪一种问卷：按差别分的要看上次的答案'),
})

/** What an officer decides. */
export const campaignBody = z.strictObject({
  kind: z.enum(campaignKinds),
  flow: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  title: zText(40, 2),
  ...{ filter, sample, opensAt: time, closesAt: time },
  pacePerMinute,
  doorstepsPerVillage: count.max(1000),
})

const exclusions = z.array(
  z.strictObject({
    reason: z
      .enum([...exclusionReasons, 'together'])
      .describe('together：不打扰的户，几种不便细说的原因合在一起，约数'),
    households: count,
  }),
)

export const populationSchema = z.strictObject({
  ...{ found: count, eligible: count, excluded: exclusions, sample: count, villages: count },
  smallest: count.describe('少于这么多户的不能开始'),
  inTime: count.nullable().describe('照这样的快慢，截止前轮得到的户数；没给时间的为空'),
  spreadFrom: z.string().nullable().describe('按差别分的，照哪一次投放的答案；null：还没有，按户数比例'),
})

const brief = {
  id: z.string(),
  kind: z.enum(campaignKinds),
  title: z.string(),
  place: z.string(),
  region: z.string(),
  status: z.enum(campaignStatuses),
  opensAt: time,
  closesAt: time,
  /** Null until the sample is drawn. */
  households: count.nullable(),
  allowedActions: z.array(z.string()),
}

export const campaignPageSchema = z.strictObject({ items: z.array(z.strictObject(brief)), next: z.string().nullable() })

export const campaignSchema = z.strictObject({
  ...brief,
  flow: z.string(),
  revision: z.number().int(),
  filter,
  sample: sample.extend({ seed: count }),
  pacePerMinute: z.number().int(),
  doorstepsPerVillage: count,
  previewed: z.boolean(),
  population: z.strictObject({ found: count, eligible: count, excluded: exclusions, villages: count }).nullable(),
  progress: z
    .strictObject({
      ...{ drawn: count, waiting: count, asked: count, officer: count, opened: count, answered: count },
      excluded: exclusions,
      inTime: count.nullable().describe('照现在的快慢，截止前还轮得到的户数；已结束的为空'),
    })
    .nullable(),
  log: z.array(z.strictObject({ at: time, type: z.string(), by: z.string(), reason: z.string().nullable() })),
})

export const previewSchema = z.strictObject({ text: z.string(), url: z.string(), sent: z.boolean() })

export const questionnairesSchema = z.strictObject({
  items: z.array(z.strictObject({ kind: z.enum(campaignKinds), flow: z.string(), revision: z.number().int() })),
})
