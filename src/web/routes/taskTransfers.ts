import { z } from 'zod'
import { emptyBody, jsonBody, noBody, noQuery, zKey, zText } from '../decode.ts'
import { json, refused } from '../answer.ts'
import { caseRoles, officerRoute, type Route } from '../route.ts'
import { taskStep } from '../taskStep.ts'
import { colleagueJson } from '../taskJson.ts'
import { colleaguesSchema } from '../taskSchemas.ts'

const reason = zText(200, 2)

const offer = taskStep({
  name: 'transfer',
  summary: '转办：请另一位接办（to 为工作人员编号），对方答应后才转过去；乡镇、县级可以这样指派没人接的任务',
  body: jsonBody(z.strictObject({ to: zKey, reason })),
  run: ({ edge, caller, body }, id, fence) => edge.tasks.offer(caller.officer, { id, fence, ...body }),
})

const accept = taskStep({
  name: 'transfer/accept',
  summary: '答应接办：任务从此在自己手里，围栏号加一',
  body: emptyBody,
  run: ({ edge, caller }, id, fence) => edge.tasks.accept(caller.officer, id, fence),
})

const decline = taskStep({
  name: 'transfer/decline',
  summary: '不接办：任务还在原处',
  body: jsonBody(z.strictObject({ reason: zText(200).optional() })),
  run: ({ edge, caller, body }, id, fence) => edge.tasks.decline(caller.officer, id, fence, body.reason ?? null),
})

const withdraw = taskStep({
  name: 'transfer/withdraw',
  summary: '收回转办：对方还没回答之前',
  body: emptyBody,
  run: ({ edge, caller }, id, fence) => edge.tasks.withdraw(caller.officer, id, fence),
})

const remind = taskStep({
  name: 'remind',
  summary: '催办：乡镇、县级催经办人，计次，每天有限；会发消息给经办人',
  body: jsonBody(z.strictObject({ note: zText(200).optional() })),
  run: ({ edge, caller, body }, id, fence) => edge.tasks.urge(caller.officer, id, fence, body.note ?? null),
})

const colleagues = officerRoute(caseRoles, {
  method: 'GET',
  path: '/api/tasks/:id/colleagues',
  summary: '可以转给谁：本村、乡镇、县级的工作人员，手里件数少的在前',
  body: noBody,
  query: noQuery,
  response: { description: '工作人员与各自手里的件数', schema: colleaguesSchema },
  handler: async ({ edge, caller, incoming }) => {
    const found = await edge.tasks.colleagues(caller.officer, incoming.params['id'] ?? '')
    return found.ok
      ? json({ items: found.value.map(one => colleagueJson(one, edge.regions.name)) })
      : refused(found.refusal)
  },
})

export const taskTransferRoutes: Route[] = [offer, accept, decline, withdraw, remind, colleagues]
