import type { Outcome, TaskView } from '../app/app.ts'
import type { OfficerCaller } from './access.ts'
import { json, refused, type Answer } from './answer.ts'
import { noQuery, type BodyReader } from './decode.ts'
import { fenceOf } from './fence.ts'
import { taskJson } from './present.ts'
import { caseRoles, officerRoute, type Call, type Route } from './route.ts'
import { taskSchema } from './schemas.ts'

interface Step<Body> {
  name: string
  summary: string
  body: BodyReader<Body>
  run(call: Call<OfficerCaller, Body, unknown>, id: string, fence: number): Promise<Outcome<TaskView>>
}

/** A write to a task under the fencing number that the officer last saw. */
export function taskStep<Body>({ name, summary, body, run }: Step<Body>): Route {
  return officerRoute(caseRoles, {
    method: 'POST',
    path: `/api/tasks/:id/${name}`,
    summary,
    body,
    query: noQuery,
    response: { description: '任务现状', schema: taskSchema },
    fence: 'needed',
    handler: async call => {
      const fence = fenceOf(call.incoming)
      return fence.ok ? taskAnswer(call, await run(call, call.incoming.params['id'] ?? '', fence.value)) : fence.answer
    },
  })
}

/** The task as it now is, or what is allowed instead. */
export function taskAnswer<Body>(
  { edge, caller }: Call<OfficerCaller, Body, unknown>,
  outcome: Outcome<TaskView>,
): Answer {
  if (!outcome.ok) return refused(outcome.refusal)
  return json(taskJson(outcome.value, caller.officer, edge.regions.name), { etag: `"${outcome.value.fence}"` })
}
