import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
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
  /** Not logged one by one. */
  quiet?: boolean
  run(incoming: Incoming): Promise<Answer>
}

/** One call through Koa, from socket to answer. */
export async function answerCall(edge: Edge, ctx: Context, plan: CallPlan): Promise<void> {
  const answer = await answerOf(
    edge,
    incomingOf(ctx.req, plan.params, () => ctx.ip),
    plan,
  )
  send(ctx, answer, { https: edge.config.publicUrl.startsWith('https:') })
}

/**
 * The same for platforms, whose messages are most of all calls: past Koa, which costs a sixth of a turn, and without a
 * line of log each, which metrics and inbox replace.
 */
export async function answerPlatform(
  edge: Edge,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  plan: CallPlan,
): Promise<void> {
  const incoming = incomingOf(request, plan.params, () => request.socket.remoteAddress ?? '')
  const { status, headers, body } = await answerOf(edge, incoming, { ...plan, quiet: true })
  if (body instanceof Readable) throw new Error('a platform is not answered with a stream')
  response.writeHead(status, { ...headers, 'content-length': body === null ? 0 : Buffer.byteLength(body) })
  response.end(body ?? '')
}

/** The single place where a thrown error ends and where a call is counted and logged. */
async function answerOf(edge: Edge, incoming: Incoming, plan: CallPlan): Promise<Answer> {
  const started = edge.world.now()
  const answer = await plan.run(incoming).catch((error: unknown) => noteThrown(edge, plan, error))
  const call = { method: incoming.method, route: plan.pattern, status: answer.status, ms: edge.world.now() - started }
  edge.metrics.observe(call)
  if (!plan.quiet && plan.pattern !== '/healthz' && plan.pattern !== '/metrics') edge.log.info(call, 'call')
  return worded(edge, incoming, answer)
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

function incomingOf(request: IncomingMessage, params: Record<string, string>, ip: () => string): Incoming {
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    search: mark < 0 ? '' : url.slice(mark + 1),
    params,
    get ip() {
      return ip()
    },
    get local() {
      return isLocal(request)
    },
    get language() {
      return languageOf(headerOf(request, 'accept-language'))
    },
    header: name => headerOf(request, name),
    body: limit => readBody(request, limit),
  }
}
