import { z } from 'zod'
import { layerFact as fact, narrowestFact, type Fact } from './fact.ts'

/** A piece of a working day, in minutes after midnight of Shanghai; `to` is no longer in it. */
export interface OfficeWindow {
  from: number
  to: number
}

/** How the tasks of officers run in a place. */
export interface TaskFacts {
  /** Windows of a working day, `08:30-12:00`. */
  officeHours: Fact<string[]>
  /** Shares of the working time to the due day after which officers are reminded. */
  remindAt: Fact<number[]>
  /** Reminders at this share and later are messages of their own; earlier ones stand by name in the next morning's digest. */
  remindByMessageFrom: Fact<number>
  /** Working hours after which a late task goes up one more level. */
  hopHours: Fact<number>
  /** From when on a working day the digest goes out, `08:30`. */
  digestAt: Fact<string>
  /** Messages to one officer on one day, the digest not counted. */
  messagesPerDay: Fact<number>
  /** 催办 of one task on one day. */
  urgesPerDay: Fact<number>
  /** Working hours for which an offer of a transfer stands. */
  offerHours: Fact<number>
  /** Days after its end within which a resident may say that a task is not done, and how often. */
  reopenDays: Fact<number>
  mostReopenings: Fact<number>
  /** Minutes for which a question about an order stands in the chat: why it waits, how it was done, to whom. */
  answerMinutes: Fact<number>
}

const clockTime = /^(?:[01]\d|2[0-3]):[0-5]\d$/
const window = z
  .string()
  .regex(/^\d{2}:\d{2}-\d{2}:\d{2}$/)
  .refine(text => text.split('-').every(part => clockTime.test(part)) && minutesOf(text) < minutesOf(text.slice(6)))
const inOrder = (windows: string[]) =>
  windows.every((one, i) => i === 0 || minutesOf((windows[i - 1] ?? '').slice(6)) <= minutesOf(one))
const rising = (shares: number[]) => shares.every((share, i) => i === 0 || share > (shares[i - 1] ?? 0))
const count = (most: number) => z.int().min(1).max(most)

/** The section of one pack file. */
export const tasksSchema = z.strictObject({
  officeHours: fact(z.array(window).min(1).refine(inOrder)),
  remindAt: fact(z.array(z.number().gt(0).lt(1)).max(5).refine(rising)),
  remindByMessageFrom: fact(z.number().gt(0).lte(1)),
  hopHours: fact(count(400)),
  digestAt: fact(z.string().regex(clockTime)),
  messagesPerDay: fact(count(100)),
  urgesPerDay: fact(count(20)),
  offerHours: fact(count(100)),
  reopenDays: fact(count(90)),
  mostReopenings: fact(count(10)),
  answerMinutes: fact(count(240)),
})

export type TasksLayer = z.infer<typeof tasksSchema>

/** Lays the sections over each other, widest first, fact by fact. */
export function layerTasks(layers: readonly (TasksLayer | undefined)[]): TaskFacts {
  const known = layers.filter(layer => layer !== undefined)
  return {
    officeHours: narrowestFact(known.map(layer => layer.officeHours)),
    remindAt: narrowestFact(known.map(layer => layer.remindAt)),
    remindByMessageFrom: narrowestFact(known.map(layer => layer.remindByMessageFrom)),
    hopHours: narrowestFact(known.map(layer => layer.hopHours)),
    digestAt: narrowestFact(known.map(layer => layer.digestAt)),
    messagesPerDay: narrowestFact(known.map(layer => layer.messagesPerDay)),
    urgesPerDay: narrowestFact(known.map(layer => layer.urgesPerDay)),
    offerHours: narrowestFact(known.map(layer => layer.offerHours)),
    reopenDays: narrowestFact(known.map(layer => layer.reopenDays)),
    mostReopenings: narrowestFact(known.map(layer => layer.mostReopenings)),
    answerMinutes: narrowestFact(known.map(layer => layer.answerMinutes)),
  }
}

/** The rules in force, as numbers. */
export interface TaskRules {
  windows: OfficeWindow[]
  remindAt: number[]
  remindByMessageFrom: number
  hopMs: number
  /** Minutes after midnight. */
  digestAt: number
  messagesPerDay: number
  urgesPerDay: number
  offerMs: number
  reopenDays: number
  mostReopenings: number
  answerMs: number
}

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** Where no pack says anything (packs of tests): the product's own defaults, as in regions/packs/nation.yaml. */
const DEFAULTS = {
  officeHours: ['08:30-12:00', '14:00-17:30'],
  remindAt: [0.5, 0.8],
  remindByMessageFrom: 0.8,
  hopHours: 7,
  digestAt: '08:30',
  messagesPerDay: 10,
  urgesPerDay: 1,
  offerHours: 7,
  reopenDays: 15,
  mostReopenings: 3,
  answerMinutes: 15,
}

/** The rules of a place, each fact of its pack or else the product's default. */
export function taskRulesOf(facts: TaskFacts | undefined): TaskRules {
  const hours = facts?.officeHours.value ?? DEFAULTS.officeHours
  return {
    windows: hours.map(text => ({ from: minutesOf(text), to: minutesOf(text.slice(6)) })),
    remindAt: facts?.remindAt.value ?? DEFAULTS.remindAt,
    remindByMessageFrom: facts?.remindByMessageFrom.value ?? DEFAULTS.remindByMessageFrom,
    hopMs: (facts?.hopHours.value ?? DEFAULTS.hopHours) * HOUR_MS,
    digestAt: minutesOf(facts?.digestAt.value ?? DEFAULTS.digestAt),
    messagesPerDay: facts?.messagesPerDay.value ?? DEFAULTS.messagesPerDay,
    urgesPerDay: facts?.urgesPerDay.value ?? DEFAULTS.urgesPerDay,
    offerMs: (facts?.offerHours.value ?? DEFAULTS.offerHours) * HOUR_MS,
    reopenDays: facts?.reopenDays.value ?? DEFAULTS.reopenDays,
    mostReopenings: facts?.mostReopenings.value ?? DEFAULTS.mostReopenings,
    answerMs: (facts?.answerMinutes.value ?? DEFAULTS.answerMinutes) * MINUTE_MS,
  }
}

/** Minutes after midnight of the `HH:MM` with which a text begins. */
function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
}
