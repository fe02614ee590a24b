import { z } from 'zod'
import type { CaseAct } from '../../app/caseUse.ts'
import { sharedFields } from '../../app/bureauDesk.ts'
import { json, refused } from '../answer.ts'
import { emptyBody, jsonBody, noQuery, zKey, zText, zVillage, type BodyReader } from '../decode.ts'
import { fenceOf } from '../fence.ts'
import { applicationJson } from '../present.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'
import { applicationSchema } from '../schemas.ts'

interface Step<Body> {
  name: string
  summary: string
  body: BodyReader<Body>
}

const response = { description: '办件现状', schema: applicationSchema }

/** A step of a case under the fencing number of its task. */
function heldStep<Body>(step: Step<Body>, act: (body: Body, fence: number) => CaseAct): Route {
  return officerRoute(caseRoles, {
    method: 'POST',
    path: `/api/applications/:id/${step.name}`,
    summary: `${step.summary}。If-Match 为该办件任务的围栏号`,
    body: step.body,
    query: noQuery,
    response,
    fence: 'needed',
    handler: async ({ edge, caller, incoming, body }) => {
      const fence = fenceOf(incoming)
      if (!fence.ok) return fence.answer
      const id = incoming.params['id'] ?? ''
      const done = await edge.app.officerCases.act(caller.officer, id, act(body, fence.value))
      return done.ok ? json(applicationJson(done.value)) : refused(done.refusal)
    },
  })
}

/** A step that needs no task in hand. Who may is for the case to say: an officer of another place finds no case at all. */
function openStep<Body>(step: Step<Body>, act: (body: Body) => CaseAct): Route {
  return officerRoute(caseRoles, {
    method: 'POST',
    path: `/api/applications/:id/${step.name}`,
    summary: step.summary,
    body: step.body,
    query: noQuery,
    response,
    handler: async ({ edge, caller, incoming, body }) => {
      const done = await edge.app.officerCases.act(caller.officer, incoming.params['id'] ?? '', act(body))
      return done.ok ? json(applicationJson(done.value)) : refused(done.refusal)
    },
  })
}

/** Long enough to say why, short enough to be read. */
const reason = zText(500, 1)
const because = jsonBody(z.strictObject({ reason }))

const startReview = heldStep({ name: 'start-review', summary: '开始审核', body: emptyBody }, (_body, fence) => ({
  act: 'startReview',
  fence,
}))

const pause = heldStep(
  { name: 'pause', summary: '暂停计时，写明法定事由；受理之前不能暂停', body: because },
  (body, fence) => ({ act: 'pause', fence, reason: body.reason }),
)

const resume = heldStep({ name: 'resume', summary: '继续计时', body: emptyBody }, (_body, fence) => ({
  act: 'resume',
  fence,
}))

const correction = z.strictObject({
  field: z.string().regex(/^[a-zA-Z]{1,40}$/),
  value: z.union([zText(500), z.number(), z.boolean(), z.null()]),
  reason,
})

const correct = heldStep(
  {
    name: 'correct',
    summary: '更正申报内容，逐项写明理由；原内容留存',
    body: jsonBody(z.strictObject({ changes: z.array(correction).min(1).max(20) })),
  },
  (body, fence) => ({ act: 'correct', fence, corrections: body.changes }),
)

const requestConfirmation = heldStep(
  {
    name: 'confirmations',
    summary: '请其他部门核实：问什么、向对方提供哪几项个人信息',
    body: jsonBody(
      z.strictObject({
        bureau: zText(50, 1),
        question: zText(500, 1),
        share: z.array(z.enum(sharedFields)).max(sharedFields.length),
      }),
    ),
  },
  (body, fence) => ({ act: 'requestConfirmation', fence, bureau: body.bureau, text: body.question, share: body.share }),
)

const notDuplicate = openStep(
  {
    name: 'not-duplicate',
    summary: '看过，不是重复申请；内容更正以前一直有效',
    body: jsonBody(z.strictObject({ of: zKey })),
  },
  body => ({ act: 'notDuplicate', of: body.of }),
)

const move = openStep(
  {
    name: 'move',
    summary:
      '转到别的村（社区）办理，写明理由：群众搬了家，或原来的地方填错了；群众会收到新的承办单位。转出后原地不再可见',
    body: jsonBody(z.strictObject({ to: zVillage, reason: zText(200, 2) })),
  },
  body => ({ act: 'move', ...body }),
)

const deliver = openStep({ name: 'deliver', summary: '已当面把凭证交给本人', body: emptyBody }, () => ({
  act: 'deliver',
}))

const reopen = openStep({ name: 'reopen', summary: '重新办理已结束的办件，写明理由；县级', body: because }, body => ({
  act: 'reopen',
  reason: body.reason,
}))

const revoke = openStep({ name: 'revoke-certificate', summary: '撤销凭证，写明理由；县级', body: because }, body => ({
  act: 'revoke',
  reason: body.reason,
}))

export const caseStepRoutes: Route[] = [
  ...[startReview, pause, resume, correct, requestConfirmation],
  ...[notDuplicate, move, deliver, reopen, revoke],
]
