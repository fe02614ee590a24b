import { json, noContent, problem, type Answer } from './answer.ts'
import type { OfficerCaller } from './access.ts'
import type { Edge } from './edge.ts'
import type { Incoming } from './incoming.ts'

/** What a client makes anew for each write: a UUID, or anything as long. */
const KEY = /^[\w-]{16,64}$/

/** What is needed of a call. */
interface OfficerCall {
  edge: Edge
  caller: OfficerCaller
  incoming: Incoming
}

/** What is kept of a write that is done. */
interface Done {
  status: number
  fence: number | null
}

type Handler<Call> = (call: Call) => Promise<Answer> | Answer

/**
 * A write that carries an `Idempotency-Key` is done once, however often it is sent: phones in villages lose answers on the
 * way. The repeat is told that it was done and under which fencing number the task is now. Kept are the status and that
 * number, nothing of the answer. A write that was refused or broke off may be tried again under its key; the fencing
 * number keeps one that broke off after its commit from being done twice.
 */
export function writeOnce<Call extends OfficerCall>(handler: Handler<Call>): Handler<Call> {
  return async call => {
    const { edge, caller, incoming } = call
    const key = incoming.header('idempotency-key')
    if (key === '') return handler(call)
    if (!KEY.test(key)) return problem('badInput', { fields: ['Idempotency-Key'] })
    const write = { officerId: caller.officer.id, key }
    const known = await edge.auth.beginWrite({ ...write, address: incoming.path, at: edge.world.now() })
    if (known === 'underway') return problem('unavailable')
    if (known === 'otherAddress') return problem('badInput', { fields: ['Idempotency-Key'] })
    if (known !== 'new') return repeated(known)
    const answer = await Promise.resolve(handler(call)).catch(async (error: unknown) => {
      await edge.auth.endWrite({ ...write, done: null })
      throw error
    })
    await edge.auth.endWrite({ ...write, done: answer.status < 300 ? doneBy(answer) : null })
    return answer
  }
}

function repeated({ status, fence }: Done): Answer {
  // An answer without content has none the second time either.
  return status === 204 ? noContent() : json({ repeated: true, fence }, {}, status)
}

function doneBy({ status, headers }: Answer): Done {
  const fence = /^"(\d{1,9})"$/.exec(headers['etag'] ?? '')?.[1]
  return { status, fence: fence === undefined ? null : Number(fence) }
}
