import type { Context } from 'koa'
import { faultOf } from '../app/faultOf.ts'
import { problem, type Answer } from './answer.ts'
import type { Edge } from './edge.ts'
import { headerOf, isLocal, languageOf, readBody, type Incoming } from './incoming.ts'
import { send } from './send.ts'

export interface CallPlan {
  /** Pattern of the address, for log and metrics: addresses themselves hold codes and ids. */
  pattern: string
  params: Record<string, string>
  /** Headers of pages are left out: a platform reads none of them. */
  lean: boolean
  run(incoming: Incoming): Promise<Answer>
}

/** One call from socket to answer: the single place where a thrown error ends and where a call is counted and logged. */
export async function answerCall(edge: Edge, ctx: Context, plan: CallPlan): Promise<void> {
  const started = edge.world.now()
  const incoming = incomingOf(ctx, plan.params)
  const answer = await plan.run(incoming).catch((error: unknown) => noteThrown(edge, plan, error))
  send(ctx, worded(edge, incoming, answer), { lean: plan.lean, https: edge.config.publicUrl.startsWith('https:') })
  const call = { method: incoming.method, route: plan.pattern, status: answer.status, ms: edge.world.now() - started }
  edge.metrics.observe(call)
  if (plan.pattern !== '/healthz' && plan.pattern !== '/metrics') edge.log.info(call, 'call')
}

function noteThrown(edge: Edge, { pattern }: CallPlan, error: unknown): Answer {
  const reference = edge.world.newId()
  edge.log.error({ route: pattern, reference, fault: faultOf(error) }, 'call failed')
  return problem('failed', { instance: `urn:uuid:${reference}` })
}

// Problems get their words at the end, in the caller's language.
function worded(edge: Edge, incoming: Incoming, answer: Answer): Answer {
  if (answer.problem === undefined) return answer
  const more = typeof answer.body === 'string' ? (JSON.parse(answer.body) as Record<string, unknown>) : {}
  const title = edge.text(incoming.language, `web.problem.${answer.problem}`)
  return {
    status: answer.status,
    headers: {
      ...answer.headers,
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': incoming.language,
    },
    body: JSON.stringify({ type: 'about:blank', title, status: answer.status, code: answer.problem, ...more }),
  }
}

function incomingOf(ctx: Context, params: Record<string, string>): Incoming {
  const [path = '/', search = ''] = (ctx.req.url ?? '/').split(/\?(.*)/s, 2)
  return {
    method: ctx.req.method ?? 'GET',
    path,
    search,
    params,
    get ip() {
      return ctx.ip
    },
    get local() {
      return isLocal(ctx.req)
    },
    get language() {
      return languageOf(headerOf(ctx.req, 'accept-language'))
    },
    header: name => headerOf(ctx.req, name),
    body: limit => readBody(ctx.req, limit),
  }
}
