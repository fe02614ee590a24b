import { z } from 'zod'
import { officerRoles } from '../domain/officer.ts'
import { taskSources, taskStatuses } from '../domain/task.ts'

const day = z.iso.date()
const time = z.iso.datetime({ offset: true })
const count = z.number().int()

const colleague = z.strictObject({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: z.enum(officerRoles),
  regionCode: z.string(),
  place: z.string(),
  matters: z.array(z.string()),
  absent: z.boolean(),
  substitute: z.string().nullable(),
  leased: count,
  paused: count,
  dueToday: count,
  overdue: count,
  offered: count,
})

export const colleaguesSchema = z.strictObject({ items: z.array(colleague) })

export const boardSchema = z.strictObject({
  places: z.array(
    z.strictObject({
      regionCode: z.string(),
      place: z.string(),
      open: count,
      leased: count,
      paused: count,
      dueToday: count,
      overdue: count,
      raised: count,
      unstaffed: count,
    }),
  ),
  officers: z.array(colleague),
})

export const digestSchema = z.strictObject({
  held: count,
  waiting: count,
  dueToday: count,
  overdue: count,
  raised: count,
  offered: count,
})

export const handedOverSchema = z.strictObject({
  moved: count,
  left: count,
  overdue: count,
  tasks: z.array(z.strictObject({ id: z.string(), summary: z.string() })),
})

const absence = z.strictObject({
  id: z.string(),
  officerId: z.string(),
  officer: z.string(),
  from: day,
  to: day,
  substituteId: z.string().nullable(),
  substitute: z.string().nullable(),
})

export const absencesSchema = z.strictObject({ items: z.array(absence) })

export const standInsSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      username: z.string(),
      name: z.string(),
      role: z.enum(officerRoles),
      regionCode: z.string(),
      place: z.string(),
    }),
  ),
})

export const familyMovedSchema = z.strictObject({
  moved: z.int(),
  /** 搬到哪里. */
  place: z.string(),
  items: z.array(z.strictObject({ id: z.string(), kind: z.enum(['case', 'task']), summary: z.string() })),
  stays: z.array(
    z.strictObject({ id: z.string(), summary: z.string(), why: z.enum(['decided', 'notAllowed', 'sameOffice']) }),
  ),
  receivers: z.array(z.strictObject({ name: z.string(), place: z.string() })),
})

export const requestsSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      source: z.enum(taskSources),
      /** 投诉建议才有编号. */
      number: z.string().nullable(),
      status: z.enum([...taskStatuses, 'answered']),
      createdAt: time,
      closedAt: time.nullable(),
      promiseDue: day.nullable(),
      dueProvisional: z.boolean(),
      office: z.string(),
      officePhone: z.string().nullable(),
      handler: z.strictObject({ name: z.string(), place: z.string() }).nullable(),
      mayUrge: z.boolean(),
      urgeFrom: day.nullable(),
      mayReopen: z.boolean(),
      reopenUntil: day.nullable(),
    }),
  ),
})

/** One thing that happened to a task: who, in which role and office then, why, and to whom it went. */
export const chainLineSchema = z.strictObject({
  seq: count,
  at: time,
  by: z.enum(['resident', 'officer', 'system']),
  name: z.string().nullable(),
  role: z.string().nullable(),
  office: z.string().nullable(),
  fence: count,
  type: z.string(),
  reason: z.string().nullable(),
  to: z.string().nullable(),
})

export const chainSchema = z.strictObject({ actions: z.array(chainLineSchema) })
