import { judgeAnswer, type Asked, type Verdict } from './judge.ts'
import type { Push } from './push.ts'

export interface DeliveryRules {
  /** Without a complete answer by then the connection is cut. The platform: 5000. */
  cutMs: number
  /** In all. The platform: 3. */
  attempts: number
  /** Start the next attempt so long after the last, although that one still runs. Null: only after it has ended. */
  overlapMs: number | null
}

export interface Attempt {
  url: string
  ms: number
  /** cut: no complete answer in time. failed: no connection, or a status other than 200. */
  outcome: 'answered' | 'cut' | 'failed'
  status: number | null
  body: string
  /** Null unless answered. */
  verdict: Verdict | null
}

export interface Delivery {
  /** MsgId, or null for an event. */
  msgId: string | null
  push: Push
  asked: Asked
  attempts: Attempt[]
  /** What the person saw because of it; null = nothing. */
  shown: string | null
  /** True when the person saw that the account is unavailable. */
  unavailable: boolean
}

/** One attempt: sends the bytes, waits, cuts. */
export async function attempt(url: string, push: Push, asked: Asked, cutMs: number): Promise<Attempt> {
  const started = performance.now()
  const done = (outcome: Attempt['outcome'], status: number | null, body: string): Attempt => ({
    url,
    ms: performance.now() - started,
    outcome,
    status,
    body,
    verdict: outcome === 'answered' ? judgeAnswer(asked, body) : null,
  })
  try {
    const response = await fetch(`${url}?${push.query}`, {
      method: 'POST',
      headers: { 'content-type': push.contentType, 'user-agent': 'Mozilla/4.0' },
      body: push.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(cutMs),
    })
    const body = await response.text()
    return done(response.status === 200 ? 'answered' : 'failed', response.status, body)
  } catch (error) {
    return done(error instanceof Error && error.name === 'TimeoutError' ? 'cut' : 'failed', null, '')
  }
}

/** Delivers as the platform does: until somebody answers, or the attempts are used up. */
export async function deliver(urls: string[], push: Push, asked: Asked, rules: DeliveryRules): Promise<Attempt[]> {
  if (urls.length > 1) return Promise.all(urls.map(url => attempt(url, push, asked, rules.cutMs)))
  const url = urls[0]
  if (url === undefined) throw new Error('mock: no callback address; call connect() first')
  return rules.overlapMs === null
    ? oneAfterAnother(url, push, asked, rules)
    : overlapping(url, push, asked, { ...rules, overlapMs: rules.overlapMs })
}

async function oneAfterAnother(url: string, push: Push, asked: Asked, rules: DeliveryRules): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  while (attempts.length < rules.attempts) {
    const latest = await attempt(url, push, asked, rules.cutMs)
    attempts.push(latest)
    if (latest.outcome === 'answered') break
  }
  return attempts
}

async function overlapping(
  url: string,
  push: Push,
  asked: Asked,
  rules: DeliveryRules & { overlapMs: number },
): Promise<Attempt[]> {
  const running = Array.from({ length: rules.attempts }, async (_, n) => {
    await new Promise(resolve => setTimeout(resolve, n * rules.overlapMs))
    return attempt(url, push, asked, rules.cutMs)
  })
  return Promise.all(running)
}
