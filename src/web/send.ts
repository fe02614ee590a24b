import type { Context } from 'koa'
import type { Answer } from './answer.ts'
import { contentPolicy } from './staticFiles.ts'

const policy = contentPolicy()

/** On every answer to people; an answer may set its own. Personal data is the rule here, so nothing is stored. */
const general: Record<string, string> = {
  'cache-control': 'no-store',
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=(self)',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** One year, as the preload lists ask for. */
const HSTS = 'max-age=31536000; includeSubDomains'

/** Writes the answer of a call that came through Koa. */
export function send(ctx: Context, answer: Answer, { https }: { https: boolean }): void {
  ctx.status = answer.status
  ctx.set({ ...general, ...(https ? { 'strict-transport-security': HSTS } : {}), ...answer.headers })
  if (answer.status === 413) ctx.set('connection', 'close') // the rest of the body is not read
  if (answer.body instanceof Uint8Array)
    ctx.body = Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength)
  else if (answer.body === null) ctx.body = null
  else ctx.body = answer.body
  // Koa guesses a type and a status for some bodies; ours stand.
  ctx.status = answer.status
  const type = answer.headers['content-type']
  if (type !== undefined) ctx.set('content-type', type)
}
