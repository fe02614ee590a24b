import { z } from 'zod'
import { matters } from '../../domain/application.ts'
import { readIdentityNumber } from '../../domain/identityNumber.ts'
import { whyNotOnlineReasons } from '../../domain/whyNotOnline.ts'
import { readPersonName } from '../../domain/personName.ts'
import { readPhone } from '../../domain/phone.ts'
import { shanghaiDate, shanghaiTime } from '../../domain/world.ts'
import { json, problem, refused } from '../answer.ts'
import { jsonBody, noBody, noQuery, queryOf, zKey, zText, zVillage } from '../decode.ts'
import { applicationJson } from '../present.ts'
import { qrPicture } from '../qrPicture.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'
import { filedSchema, invitationSchema } from '../schemas.ts'

/** The few fields that a window asks in every matter. No phone is an answer, and often the reason to come. */
const person = {
  applicantName: zText(50, 1),
  applicantId: zText(30, 1),
  phone: zText(30),
  /** Absent: the officer's own village. */
  regionCode: zVillage.optional(),
}

const content = z.discriminatedUnion('matter', [
  z.strictObject({
    matter: z.literal('birthRegistration'),
    ...person,
    registrant: z.enum(['mother', 'father', 'proxy']),
    stage: z.enum(['expecting', 'born']),
    birthDate: z.iso.date(),
    childName: zText(50).nullish(),
    earlierChildren: z.int().min(0).max(30),
    married: z.boolean().nullish(),
  }),
  z.strictObject({
    matter: z.literal('additionalBirthPermit'),
    ...person,
    spouseName: zText(50).nullish(),
    spouseId: zText(30).nullish(),
    livingChildren: z.int().min(0).max(30),
    ground: zText(50, 1),
  }),
  z.strictObject({
    matter: z.literal('certificateReissue'),
    ...person,
    document: zText(50, 1),
    reason: z.enum(['lost', 'damaged', 'changed']),
    oldNumber: zText(50).nullish(),
    change: zText(500).nullish(),
  }),
])

const filing = z
  .strictObject({
    /** Chosen once for a form: sent again, it is the same case. */
    key: zKey,
    way: z.enum(['assisted', 'window']),
    whyNotOnline: z.enum(whyNotOnlineReasons).optional(),
    whyNotOnlineNote: zText(200).optional(),
    assistCode: zText(20, 1).optional(),
    /** 已当面核对身份证件: then what the register has is given again at once. */
    identitySeen: z.boolean().default(false),
    /** Papers that the person chose to vouch for (告知承诺), after the words were shown or read to him. */
    vouched: z
      .array(z.string().regex(/^[a-zA-Z]{1,60}$/))
      .max(10)
      .default([]),
    content,
  })
  .refine(({ way, whyNotOnline }) => way === 'assisted' || whyNotOnline !== undefined, { path: ['whyNotOnline'] })
  .refine(({ way, assistCode }) => way === 'window' || assistCode !== undefined, { path: ['assistCode'] })

type Content = z.infer<typeof content>

/** Values as they are kept, or the names of the fields that cannot be. */
function read({ applicantName, applicantId, phone }: Content, today: string) {
  const name = readPersonName(applicantName)
  const id = readIdentityNumber(applicantId, today)
  const number = phone === '' ? { ok: true as const, number: '' } : readPhone(phone)
  const fields = [
    ...(name.ok ? [] : ['content.applicantName']),
    ...(id.ok ? [] : ['content.applicantId']),
    ...(number.ok ? [] : ['content.phone']),
  ]
  if (!name.ok || !id.ok || !number.ok) return { ok: false as const, fields }
  return { ok: true as const, value: { applicantName: name.name, applicantId: id.id, phone: number.number } }
}

function kept(
  given: Content,
  person: { applicantName: string; applicantId: string; phone: string },
  regionCode: string,
) {
  const who = { ...person, regionCode }
  switch (given.matter) {
    case 'birthRegistration': {
      const { matter, registrant, stage, birthDate, earlierChildren, childName, married } = given
      const asked = { registrant, stage, birthDate, earlierChildren }
      return { matter, ...who, ...asked, childName: childName || null, married: married ?? null }
    }
    case 'additionalBirthPermit': {
      const { matter, spouseName, spouseId, livingChildren, ground } = given
      return { matter, ...who, spouseName: spouseName || null, spouseId: spouseId || null, livingChildren, ground }
    }
    case 'certificateReissue': {
      const { matter, document, reason, oldNumber, change } = given
      return { matter, ...who, document, reason, oldNumber: oldNumber || null, change: change || null }
    }
  }
}

const file = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/window-applications',
  summary:
    '窗口办件（写明为什么没在网上办），或凭本人的帮办码代他在网上办；同一个 key 只办一件，经办人即首接责任人。补证时已当面核对身份、台账里有的，当场出证',
  body: jsonBody(filing),
  query: noQuery,
  response: { description: '办件与围栏号；任务已由本人接下', schema: filedSchema },
  handler: async ({ edge, caller, body }) => {
    const person = read(body.content, shanghaiDate(edge.world.now()))
    if (!person.ok) return problem('badInput', { fields: person.fields })
    const regionCode = body.content.regionCode ?? caller.officer.regionCode
    if (regionCode.length !== VILLAGE_DIGITS || edge.regions.name(regionCode) === null) {
      return problem('badInput', { fields: ['content.regionCode'] })
    }
    const { key, way, whyNotOnline = null, whyNotOnlineNote = null, assistCode = null, identitySeen, vouched } = body
    const filed = await edge.app.officerCases.file(caller.officer, {
      ...{ key, way, whyNotOnline, whyNotOnlineNote, assistCode, identitySeen, vouched: [...new Set(vouched)] },
      content: kept(body.content, person.value, regionCode),
    })
    if (!filed.ok) return refused(filed.refusal)
    const { application, fence, repeated } = filed.value
    return json({ application: applicationJson(application), fence, repeated }, { etag: `"${fence}"` })
  },
})

/** A case belongs to a village. */
const VILLAGE_DIGITS = 12

/** What a flow may be opened with: slots of the flow by name, as text. */
const slots = z.record(z.string().regex(/^[a-zA-Z]{1,40}$/), zText(200, 1)).refine(all => Object.keys(all).length <= 20)

const invite = officerRoute(caseRoles, {
  method: 'POST',
  path: '/api/window-invitations',
  summary: '窗口开始办件时，请本人改在手机上办：给他邀请码（可显示为链接或二维码），已记下的内容带过去',
  body: jsonBody(z.strictObject({ matter: z.enum(matters), slots })),
  query: noQuery,
  response: { description: '邀请码与失效时间', schema: invitationSchema },
  handler: async ({ edge, caller, body }) => {
    if (!edge.limits('shortCode', caller.officer.id, edge.world.now())) return problem('tooManyRequests')
    const made = await edge.app.officerCases.invite(caller.officer, body)
    if (!made.ok) return refused(made.refusal)
    const { code, expiresAt } = made.value
    const link = `${edge.config.publicUrl}/?invitation=${code}`
    const invitation = { code, expiresAt: shanghaiTime(expiresAt), link, qr: await qrPicture(link) }
    return json(invitation)
  },
})

const vouchable = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/window-commitments',
  summary: '这件事在这里哪些材料可由本人自愿承诺代替，以及要给他看（或念给他听）的承诺书原文',
  body: noBody,
  query: queryOf(z.strictObject({ matter: z.enum(matters), region: zVillage.optional() })),
  response: {
    description: '可承诺的材料；空的表示都要带材料来',
    schema: z.strictObject({ items: z.array(z.strictObject({ material: z.string(), text: z.string() })) }),
  },
  handler: ({ edge, caller, query: { matter, region } }) =>
    json({ items: edge.app.officerCases.vouchable(region ?? caller.officer.regionCode, matter) }),
})

export const windowCaseRoutes: Route[] = [file, vouchable, invite]
