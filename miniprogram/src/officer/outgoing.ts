import { platform } from '@platform'
import { call, type Answer, type Problem } from '../api/answer.ts'
import { isFields } from '../api/decode.ts'
import { officerApi, officerSession, standInHeader } from '../client.ts'
import { createCourier, type Courier, type CourierParts } from '../offline/courier.ts'
import { interruptibleWait } from '../offline/oneByOne.ts'
import type { Entry } from '../offline/outbox.ts'
import { createOutboxStore } from '../offline/outboxStore.ts'

type Sent = Answer<{ fence: number | null }>

/** Longer than a good answer takes, shorter than a thumb's patience. */
const PATIENCE_MS = 4_000

const failure = (kind: Problem['kind']): Sent => ({
  ok: false,
  problem: { kind, status: 0, code: kind, title: '', allowed: [], heldBy: null, fields: [] },
})

/** After a time without network the page has the officer, and not yet the token of his session. Null: it has both. */
export async function renewSession(officerId: string): Promise<Sent | null> {
  if (officerSession.csrfToken !== '') return null
  const answer = await officerApi.me()
  if (!answer.ok) return answer
  if (answer.value.csrfToken === '') return failure('unreachable')
  if (answer.value.id !== officerId) return failure('expired')
  officerSession.csrfToken = answer.value.csrfToken
  return null
}

const fenceIn = (value: unknown) => ({
  fence: isFields(value) && typeof value['fence'] === 'number' ? value['fence'] : null,
})

async function send({ key, officerId, path, body, fence, standInFor }: Entry): Promise<Sent> {
  const missing = await renewSession(officerId)
  if (missing) return missing
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': key,
    'x-csrf-token': officerSession.csrfToken,
    ...standInHeader(standInFor),
    ...(fence === null ? {} : { 'if-match': `"${fence}"` }),
  }
  const answer = await call(platform.send, { method: 'POST', path, headers, body }, fenceIn)
  if (answer.ok || answer.problem.code !== 'badCsrf') return answer
  // The session was opened anew on another page of this phone: its token is asked for before the next attempt.
  officerSession.csrfToken = ''
  return failure('busy')
}

type Told = Pick<CourierParts, 'officerId' | 'onChange' | 'onDone' | 'onSettled' | 'onExpired'>

export const box = createOutboxStore(platform.store)

export const openCourier = (told: Told): Courier =>
  createCourier({
    ...told,
    ...{ box, send, newId: platform.newId, now: platform.now, wait: interruptibleWait },
    patience: () => interruptibleWait(PATIENCE_MS).done,
  })
