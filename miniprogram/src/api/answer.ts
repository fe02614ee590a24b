import type { HttpAnswer, HttpRequest } from '../platform/platform.ts'
import { isFields, textOrNull, texts } from './decode.ts'

/** What the service said, or why there is nothing. Refusals and failures are values; only our own bugs are thrown. */
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem }

export interface Problem {
  /** `unreachable`: no answer at all. `busy`: try again later. `expired`: log in again. `refused`: not as it is. */
  kind: 'unreachable' | 'busy' | 'expired' | 'refused'
  status: number
  code: string
  /** Chinese sentence of the service, empty when it sent none. */
  title: string
  allowed: string[]
  heldBy: string | null
  /** Names of the fields that could not be taken, as the body of the request has them. */
  fields: string[]
}

export type Send = (request: HttpRequest) => Promise<HttpAnswer>

const unreachable: Problem = {
  kind: 'unreachable',
  status: 0,
  code: 'unreachable',
  title: '',
  allowed: [],
  heldBy: null,
  fields: [],
}

/** 408, 425 and 429 ask for patience, 5xx is the service's trouble: the same request may pass later. */
function kindOf(status: number): Problem['kind'] {
  if (status === 401) return 'expired'
  return status >= 500 || status === 408 || status === 425 || status === 429 ? 'busy' : 'refused'
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

export function problemOf({ status, body }: HttpAnswer): Problem {
  const value = parsed(body)
  const from = isFields(value) ? value : {}
  return {
    kind: kindOf(status),
    status,
    code: textOrNull(from, 'code') ?? `http${status}`,
    title: textOrNull(from, 'title') ?? '',
    allowed: texts(from['allowed']),
    heldBy: textOrNull(from, 'heldBy'),
    fields: texts(from['fields']),
  }
}

/** One request, one outcome. An answer that does not fit its decoder counts as trouble of the service. */
export async function call<T>(send: Send, request: HttpRequest, decode: (value: unknown) => T): Promise<Answer<T>> {
  const answer = await send(request).catch(() => null)
  if (!answer) return { ok: false, problem: unreachable }
  if (answer.status < 200 || answer.status > 299) return { ok: false, problem: problemOf(answer) }
  try {
    return { ok: true, value: decode(parsed(answer.body)) }
  } catch {
    return { ok: false, problem: { ...unreachable, kind: 'busy', status: answer.status, code: 'badShape' } }
  }
}

export function postJson(path: string, body: unknown, headers: Record<string, string> = {}): HttpRequest {
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
}

/** For paths and queries built from data. */
export const part = encodeURIComponent
