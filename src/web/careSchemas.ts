import { z } from 'zod'
import { muteReasons } from '../app/messages/messagePort.ts'
import { careMoods, careNeeds, careOccasions, contactPosts, helperKinds, visitWays } from '../domain/care/careFamily.ts'
import { visitReasons } from '../domain/care/carePlan.ts'
import { careDuties, careStatuses } from '../domain/care/careState.ts'
import { careFestivals } from '../domain/packs/care.ts'
import { taskSources } from '../domain/task.ts'
import { zText } from './decode.ts'

const time = z.iso.datetime({ offset: true })
const day = z.iso.date()
const contact = z.strictObject({ id: z.string(), name: z.string(), phone: z.string().nullable() })

const brief = {
  id: z.string(),
  name: z.string(),
  place: z.string(),
  regionCode: z.string(),
  status: z.enum(careStatuses),
  contacts: z.strictObject({ leader: contact.nullable(), cadre: contact.nullable() }),
  gaps: z.array(z.enum(careDuties)),
  lastVisit: day.nullable(),
  due: day.nullable(),
  overdue: z.boolean(),
}

export const carePageSchema = z.strictObject({
  items: z.array(z.strictObject(brief)),
  next: z.string().nullable(),
})

export const yearlyDaySchema = z
  .strictObject({
    calendar: z.enum(['solar', 'lunar']),
    month: z.int().min(1).max(12),
    day: z.int().min(1).max(31),
  })
  .refine(({ calendar, month, day: date }) => date <= (calendar === 'lunar' ? 30 : longest(month)), 'day')
const longest = (month: number) => (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31)

const phone = zText(20, 3).nullable()
export const personSchema = z.strictObject({ name: zText(40, 1), birthday: yearlyDaySchema.nullable() })
export const doctorSchema = z.strictObject({ name: zText(40, 1), clinic: zText(60, 1), phone, since: day })
export const hospitalSchema = z.strictObject({ name: zText(60, 1), desk: zText(60, 1), phone })
export const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

const visit = z.strictObject({
  id: z.string(),
  on: day,
  way: z.enum(visitWays),
  mood: z.enum(careMoods),
  words: z.string(),
  needs: z.array(z.enum(careNeeds)),
  promise: z
    .strictObject({ words: z.string(), by: day, kept: z.string().nullable(), task: z.string().nullable() })
    .nullable(),
  by: z.string().nullable(),
})

export const careFamilySchema = z.strictObject({
  ...brief,
  occasion: z.enum(careOccasions).nullable(),
  people: z.array(personSchema),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  consent: z.strictObject({ version: z.number(), at: time, way: z.enum(['chat', 'paper', 'spoken']) }).nullable(),
  /** True when somebody of them writes with us, or their household is known. */
  linked: z.boolean(),
  /** Since when nothing of the service's own accord goes to them; null: it may write. */
  quiet: z.strictObject({ since: time, reason: z.enum(muteReasons) }).nullable(),
  /** Days for which the records are kept once it has ended. */
  keepDays: z.number(),
  doctor: doctorSchema.nullable(),
  hospital: hospitalSchema.nullable(),
  dates: z.array(yearlyDaySchema),
  card: z.strictObject({ number: z.string(), looks: z.number(), lastLookAt: time.nullable() }).nullable(),
  helpers: z.array(
    z.strictObject({ id: z.string(), kind: z.enum(helperKinds), name: z.string(), phone: z.string().nullable() }),
  ),
  errands: z.array(
    z.strictObject({
      ...{ id: z.string(), helper: z.string(), need: z.enum(careNeeds), on: day, time: clockSchema, place: z.string() },
      ended: z.enum(['done', 'cancelled']).nullable(),
    }),
  ),
  tasks: z.array(
    z.strictObject({
      id: z.string(),
      source: z.enum(taskSources),
      summary: z.string(),
      due: day.nullable(),
      overdue: z.boolean(),
    }),
  ),
  plan: z.array(
    z.strictObject({ reason: z.enum(visitReasons), festival: z.enum(careFestivals).nullable(), opens: day, due: day }),
  ),
  /** Null: the county has not set how often. */
  everyMonths: z.number().nullable(),
  visits: z.array(visit),
  mayDecide: z.boolean(),
})

const officer = z.strictObject({ id: z.string(), name: z.string() })
export const contactChoiceSchema = z.strictObject({ leader: z.array(officer), cadre: z.array(officer) })
export const postSchema = z.enum(contactPosts)

const done = z.strictObject({
  contactPair: z.number().nullable(),
  familyDoctor: z.number().nullable(),
  greenChannel: z.number().nullable(),
})
const covered = z.strictObject({
  place: z.string(),
  regionCode: z.string(),
  families: z.number().nullable(),
  done,
})
export const coverageSchema = z.strictObject({
  places: z.array(covered),
  sum: covered.nullable(),
  target: z.number(),
  source: z.string().nullable(),
})

export const activitySchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  place: z.string(),
  region: z.string(),
  startsAt: time,
  capacity: z.number(),
  taken: z.number(),
  note: z.string().nullable(),
  cancelled: z.boolean(),
  /** Only those whom the officer may see; the others are in `taken`. */
  families: z.array(z.strictObject({ id: z.string(), name: z.string(), people: z.number() })),
})

export const ownActivitySchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  place: z.string(),
  startsAt: time,
  note: z.string().nullable(),
  hasRoom: z.boolean(),
  people: z.number().nullable(),
})
