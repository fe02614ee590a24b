import { z } from 'zod'
import { applicationStatuses, filingWays, matters } from '../domain/application.ts'
import { noticeKinds } from '../domain/notice/notice.ts'
import { officerRoles } from '../domain/officer.ts'
import { taskSources, taskStatuses } from '../domain/task.ts'
import { inputTypes } from '../conversation/types.ts'
import { chainLineSchema } from './taskSchemas.ts'

/** Shapes of the answers, for `/openapi.json` and for the tests that hold the answers to it. */

const time = z.iso.datetime({ offset: true })
const day = z.iso.date()

export const replySchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['text', 'choices', 'card', 'image', 'file']),
  text: z.string(),
  choices: z.array(z.strictObject({ key: z.string(), label: z.string() })).optional(),
  input: z
    .strictObject({
      slot: z.string(),
      type: z.enum(inputTypes),
      required: z.boolean(),
      sensitive: z.boolean(),
      example: z.string().optional(),
      min: z.union([z.number(), z.string()]).optional(),
      max: z.union([z.number(), z.string()]).optional(),
    })
    .optional(),
  url: z.string().optional(),
})

export const turnSchema = z.strictObject({
  replies: z.array(replySchema),
  state: z.strictObject({
    sessionId: z.string().nullable(),
    flow: z.string().nullable(),
    revision: z.number().nullable(),
    step: z.string().nullable(),
    done: z.boolean(),
    applicationNumber: z.string().optional(),
  }),
})

export const sessionSchema = z.strictObject({ token: z.string(), expiresAt: time })

export const historySchema = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      from: z.enum(['resident', 'service']),
      at: time,
      text: z.string().nullable(),
      replies: z.array(replySchema),
    }),
  ),
  next: z.string().nullable(),
})

export const officerSchema = z.strictObject({
  officer: z.strictObject({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    role: z.enum(officerRoles),
    regionCode: z.string(),
    officePhone: z.string().nullable(),
  }),
  csrfToken: z.string(),
  /** Nothing but the own account is open until the second factor is on. */
  secondFactorNeeded: z.boolean(),
})

export const taskSchema = z.strictObject({
  id: z.string(),
  source: z.enum(taskSources),
  regionCode: z.string(),
  applicationId: z.string().nullable(),
  summary: z.string(),
  status: z.enum(taskStatuses),
  fence: z.number().int(),
  promiseDue: day.nullable(),
  legalDue: day.nullable(),
  dueProvisional: z.boolean(),
  assigneeName: z.string().nullable(),
  firstReceiverName: z.string().nullable(),
  overdue: z.boolean(),
  /** 哪一家: one id for all tasks of one resident, with a masked name. */
  family: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  /** 转办中: who asks whom, until when. */
  offer: z.strictObject({ to: z.string(), from: z.string(), toMe: z.boolean(), until: time }).nullable(),
  /** 上报到. */
  raisedTo: z.enum(['town', 'county']).nullable(),
  urges: z.number().int(),
  reopenings: z.number().int(),
  place: z.string(),
  allowedActions: z.array(z.string()),
  createdAt: time,
  closedAt: time.nullable(),
  leaseUntil: time.nullable(),
})

export const taskPageSchema = z.strictObject({ items: z.array(taskSchema), next: z.string().nullable() })

const answersSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

export const revealedTaskSchema = z.strictObject({ answers: answersSchema })

export const taskWithLogSchema = z.strictObject({
  task: taskSchema,
  actions: z.array(chainLineSchema),
  detail: z
    .strictObject({
      flow: z.string(),
      step: z.string(),
      answers: answersSchema,
      channel: z.string().nullable(),
      application: z.strictObject({ id: z.string(), number: z.string(), maskedName: z.string() }).nullable(),
    })
    .nullable(),
})

const applicationBase = {
  id: z.string(),
  number: z.string(),
  matter: z.string(),
  status: z.enum(applicationStatuses),
  promiseDue: day.nullable(),
  legalDue: day.nullable(),
  certificateNumber: z.string().nullable(),
  receivedAt: time,
  dueProvisional: z.boolean(),
  clockStopped: z.boolean(),
  acceptedBySilence: z.boolean(),
  /** 首接责任人. */
  firstReceiver: z.string().nullable(),
  certificateStatus: z.enum(['none', 'valid', 'revoked', 'superseded']),
  allowedActions: z.array(z.string()),
}

export const residentApplicationSchema = z.strictObject({
  ...applicationBase,
  verifyUrl: z.url().nullable(),
  notices: z.array(z.string()),
  office: z.string(),
  officePhone: z.string().nullable(),
  /** 现在的经办人. */
  handler: z.strictObject({ name: z.string(), place: z.string() }).nullable(),
  mayUrge: z.boolean(),
  urgeFrom: day.nullable(),
})

export const residentApplicationPageSchema = z.strictObject({
  items: z.array(residentApplicationSchema),
  next: z.string().nullable(),
})

export const applicationSchema = z.strictObject({
  ...applicationBase,
  regionCode: z.string(),
  regionName: z.string(),
  fields: z.array(z.strictObject({ key: z.string(), label: z.string(), value: z.string(), masked: z.boolean() })),
  log: z.array(z.strictObject({ at: time, type: z.string(), actor: z.string(), note: z.string().nullable() })),
  rating: z
    .strictObject({ level: z.number(), reasons: z.array(z.string()), comment: z.string().nullable() })
    .nullable(),
  taskId: z.string().nullable(),
  way: z.enum(filingWays),
  whyNotOnline: z.string().nullable(),
  paused: z.boolean(),
  notices: z.array(z.string()),
  photos: z.array(z.string()),
  confirmation: z.strictObject({ open: z.boolean(), answer: z.enum(['accepted', 'rejected']).nullable() }),
  breachOpen: z.boolean(),
  duplicates: z.array(z.strictObject({ id: z.string(), place: z.string(), reasons: z.array(z.string()) })),
})

export const applicationPageSchema = z.strictObject({ items: z.array(applicationSchema), next: z.string().nullable() })

const filing = {
  applicantName: z.string(),
  applicantId: z.string(),
  phone: z.string(),
  regionCode: z.string(),
  regionName: z.string(),
  proxy: z.strictObject({ name: z.string(), relation: z.string(), consentAt: time }).nullable(),
}

export const revealedSchema = z.discriminatedUnion('matter', [
  z.strictObject({
    matter: z.literal('birthRegistration'),
    ...filing,
    registrant: z.enum(['mother', 'father', 'proxy']),
    stage: z.enum(['expecting', 'born']),
    birthDate: day,
    childName: z.string().nullable(),
    earlierChildren: z.number().int(),
    married: z.boolean().nullable(),
  }),
  z.strictObject({
    matter: z.literal('additionalBirthPermit'),
    ...filing,
    spouseName: z.string().nullable(),
    spouseId: z.string().nullable(),
    livingChildren: z.number().int(),
    ground: z.string(),
  }),
  z.strictObject({
    matter: z.literal('certificateReissue'),
    ...filing,
    document: z.string(),
    reason: z.enum(['lost', 'damaged', 'changed']),
    oldNumber: z.string().nullable(),
    change: z.string().nullable(),
  }),
])

const noticeEntry = z.strictObject({ label: z.string().nullable(), text: z.string(), notes: z.array(z.string()) })

export const noticeSchema = z.strictObject({
  number: z.string(),
  kind: z.enum(noticeKinds),
  matter: z.enum(matters),
  edition: z.number().int(),
  /** SHA-256 of the text as it was issued. */
  hash: z.string(),
  sheet: z.strictObject({
    title: z.string(),
    number: z.string(),
    issuedOn: z.string(),
    sections: z.array(z.strictObject({ heading: z.string(), numbered: z.boolean(), entries: z.array(noticeEntry) })),
    office: z.string(),
    stamp: z.string(),
    receipt: z.string(),
    online: z.string(),
  }),
  spoken: z.string(),
  issuedAt: time,
  readAt: time.nullable(),
  confirmedAt: time.nullable(),
})

export const noticeDraftSchema = z.strictObject({
  materials: z.array(z.strictObject({ id: z.string(), name: z.string(), onlyIf: z.array(z.string()) })).nullable(),
  notices: z.array(z.string()),
  open: z.enum(['notice', 'noticeException']).nullable(),
  fence: z.number().int(),
})

export const issuedNoticeSchema = z.strictObject({ number: z.string(), application: applicationSchema })

export const verifiedSchema = z.strictObject({
  number: z.string(),
  title: z.string(),
  status: z.enum(['valid', 'revoked', 'superseded']),
  issuedAt: time,
  surname: z.string(),
  region: z.string().nullable(),
})

const regionEntry = z.strictObject({ code: z.string(), name: z.string(), hasChildren: z.boolean() })

/** `home`: the way from the top to the place that this service stands for; only with the top. */
export const regionsSchema = z.strictObject({ items: z.array(regionEntry), home: z.array(regionEntry).optional() })

const count = z.number().int().min(0)

/** Null: one to four, too few to be shown. */
const shownCount = count.nullable()

export const funnelsSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      flow: z.string(),
      revision: z.number().int(),
      step: z.string(),
      entered: shownCount,
      answered: shownCount,
      invalid: shownCount,
      example: shownCount,
      handedOff: shownCount,
      left: shownCount,
    }),
  ),
})

export const auditPageSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      at: time,
      actor: z.strictObject({
        kind: z.enum(['resident', 'officer', 'system']),
        id: z.string().nullable(),
        role: z.string().nullable(),
        regionCode: z.string().nullable(),
      }),
      action: z.string(),
      objectKind: z.string(),
      objectId: z.string(),
      regionCode: z.string().nullable(),
      detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    }),
  ),
  next: z.string().nullable(),
})

export const sealSchema = z.strictObject({
  whole: z.boolean(),
  firstBroken: z.number().int().nullable(),
  sealedAt: time.nullable(),
  seals: count,
  entries: count,
})

export const bindingCodeSchema = z.strictObject({ code: z.string().regex(/^\d{6}$/), expiresAt: time })

/** `qr`: the code, or the link with it, as an SVG picture in a data address, for `<img>`. */
export const shortCodeSchema = z.strictObject({ code: z.string().regex(/^\d{8}$/), expiresAt: time, qr: z.string() })

export const invitationSchema = shortCodeSchema.extend({ link: z.url() })

export const filedSchema = z.strictObject({
  application: applicationSchema,
  fence: z.number().int(),
  repeated: z.boolean(),
})

export const uploadSchema = z.strictObject({ mediaId: z.string() })

export const readySchema = z.strictObject({ ready: z.boolean(), parts: z.record(z.string(), z.boolean()) })

export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  allowed: z.array(z.string()).optional(),
  heldBy: z.string().optional(),
  fields: z.array(z.string()).optional(),
})
