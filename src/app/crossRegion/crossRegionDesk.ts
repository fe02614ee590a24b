import {
  answerRequest,
  crossRegionCounts,
  type CrossRegionContent,
  type CrossRegionRequest,
  type Finding,
} from '../../domain/crossRegionRequest.ts'
import { countDifference } from '../../domain/figures/counts.ts'
import { readIdentityNumber } from '../../domain/identityNumber.ts'
import { maskIdentityNumber, maskName } from '../../domain/mask.ts'
import { publicNumber } from '../../domain/number.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { officerActor } from '../../domain/taskState.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { Outcome } from '../app.ts'
import { eyesOf } from '../officer/eyes.ts'
import { writeDownReveal } from '../officer/reveal.ts'
import type { AppParts } from '../parts.ts'
import type { Page, Tx } from '../ports.ts'

/** A request as an officer sees it: the person masked. */
export type CrossRegionView = CrossRegionRequest & { overdue: boolean }

export interface NewCrossRegionRequest extends CrossRegionContent {
  /** Place that answers; within the place of the officer who enters it. */
  regionCode: string
}

/** 流动人口异地查询, for officers of the place that answers. Foreign requests are not there. */
export interface CrossRegionDesk {
  list(officer: Officer, filter: { open: boolean; cursor?: string; limit: number }): Promise<Page<CrossRegionView>>
  /** Enters what another place asked. Refuses a place that is not the officer's, and an identity number that is none. */
  ask(officer: Officer, asked: NewCrossRegionRequest): Promise<Outcome<CrossRegionView>>
  answer(
    officer: Officer,
    id: string,
    answer: { finding: Finding; note: string | null },
  ): Promise<Outcome<CrossRegionView>>
  /** The person unmasked, once, against a reason; counts with all other unmasked views. */
  reveal(officer: Officer, id: string, reason: string): Promise<Outcome<CrossRegionContent>>
}

export function makeCrossRegionDesk(parts: AppParts): CrossRegionDesk {
  const as = <T>(officer: Officer, run: (tx: Tx) => Promise<T>) => parts.store.transaction(eyesOf(officer), run)
  const view = (request: CrossRegionRequest) => viewOf(request, shanghaiDate(parts.world.now()))
  return {
    list: (officer, filter) =>
      as(officer, async tx => {
        const page = await tx.crossRegion.list(filter)
        return { ...page, items: page.items.map(view) }
      }),
    ask: (officer, asked) => as(officer, tx => ask(parts, tx, officer, asked)),
    answer: (officer, id, answer) =>
      as(officer, async tx => {
        const request = await requestOf(tx, officer, id)
        if (!request) return { ok: false, refusal: { code: 'notFound' } }
        const answered = answerRequest(request, { ...answer, officerId: officer.id, at: parts.world.now() })
        if (!answered) return { ok: false, refusal: { code: 'alreadyDone' } }
        await tx.crossRegion.saveAnswer(answered)
        await tx.figures.count(countDifference(crossRegionCounts(request), crossRegionCounts(answered)))
        await note(parts, tx, officer, answered, 'crossRegion.answer')
        return { ok: true, value: view(answered) }
      }),
    reveal: (officer, id, reason) =>
      as(officer, async tx => {
        const request = await requestOf(tx, officer, id)
        if (!request) return { ok: false, refusal: { code: 'notFound' } }
        const look = { id, reason, regionCode: request.regionCode, kind: 'crossRegion' as const }
        const refusal = await writeDownReveal(parts, tx, officer, look)
        return refusal ? { ok: false, refusal } : { ok: true, value: request.content }
      }),
  }
}

async function ask(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { regionCode, ...content }: NewCrossRegionRequest,
): Promise<Outcome<CrossRegionView>> {
  if (!covers(officer.regionCode, regionCode)) return { ok: false, refusal: { code: 'notFound' } }
  const askedAt = parts.world.now()
  const read = readIdentityNumber(content.personId, shanghaiDate(askedAt))
  if (!read.ok) return { ok: false, refusal: { code: 'badInput', fields: ['personId'] } }
  const request: CrossRegionRequest = {
    id: parts.world.newId(),
    number: publicNumber('YD', askedAt, parts.world.randomBytes(8)),
    ...{ regionCode, content: { ...content, personId: read.id }, askedAt },
    due: parts.addWorkingDays(shanghaiDate(askedAt), parts.settings.crossRegionDays).date,
    answer: null,
  }
  await tx.crossRegion.insert(request)
  await tx.figures.count(crossRegionCounts(request))
  await note(parts, tx, officer, request, 'crossRegion.ask')
  return { ok: true, value: viewOf(request, shanghaiDate(askedAt)) }
}

async function requestOf(tx: Tx, officer: Officer, id: string): Promise<CrossRegionRequest | null> {
  const request = await tx.crossRegion.byId(id)
  // Row-level security hides foreign requests already; this is the second layer.
  return request && covers(officer.regionCode, request.regionCode) ? request : null
}

function viewOf(request: CrossRegionRequest, today: string): CrossRegionView {
  const { content, answer, due } = request
  const masked = {
    ...content,
    personName: maskName(content.personName),
    personId: maskIdentityNumber(content.personId),
  }
  return { ...request, content: masked, overdue: answer === null && due < today }
}

async function note(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, number, regionCode }: CrossRegionRequest,
  action: string,
): Promise<void> {
  await tx.audit.add({
    ...{ actor: officerActor(officer), action, objectKind: 'crossRegion', objectId: id, regionCode },
    detail: { number },
    at: parts.world.now(),
  })
}
