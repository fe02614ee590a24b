import { maskName } from '../../domain/mask.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { mayAskAtDoor } from '../../domain/survey/doorRules.ts'
import type { Asked } from '../../domain/survey/kinds.ts'
import { officerActor } from '../../domain/taskState.ts'
import type { Outcome } from '../caseViews.ts'
import { typedCode } from '../cases/shortCodes.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { keepAnswers, type Given, type Kept } from './keepAnswers.ts'
import { viewFor, type SurveyView } from './surveyDesk.ts'

/** Slip that town or county prints for a household, so that it can show an officer at the door that it wants to answer. */
export interface DoorSlip {
  village: string
  number: string
  /** Masked. */
  head: string
  code: string
}

/** 上门问卷. An officer asks where the household shows its code; whoever is judged never asks about himself. */
export interface DoorDesk {
  /** Slips of the households that are to be asked at the door, for the town or county to print. Written into the audit trail. */
  slips(
    officer: Officer,
    campaignId: string,
    after: string,
  ): Promise<Outcome<{ items: DoorSlip[]; next: string | null }>>
  /** `notFound`: no such code, or not of his place. `ownCase`: he is the one, or one of those, who are judged. */
  open(officer: Officer, code: string): Promise<Outcome<SurveyView>>
  answer(
    officer: Officer,
    code: string,
    given: Pick<Given, 'answers' | 'finish'>,
  ): Promise<Outcome<{ kept: Kept; view: SurveyView }>>
}

/** Slips on one page of the list. */
const SLIPS_AT_ONCE = 200
const DIGITS = 8
/** Codes that are another household's already, one after another, before we give up. */
const MOST_DRAWN = 8

export function makeDoorDesk(parts: AppParts): DoorDesk {
  const forCode = <T>(officer: Officer, code: string, run: (tx: Tx, asked: Asked) => Promise<Outcome<T>>) =>
    parts.store.transaction({ kind: 'system' }, async (tx): Promise<Outcome<T>> => {
      const asked = await tx.surveys.byCode(typedCode(code))
      const household = asked && (await tx.surveys.lock(asked))
      if (!household) return { ok: false, refusal: { code: 'notFound' } }
      const handledBy = await tx.surveys.handlersOf(household.householdId)
      const may = mayAskAtDoor(officer, {
        villageCode: household.villageCode,
        kind: household.campaign.kind,
        handledBy,
      })
      if (may !== 'yes') return { ok: false, refusal: { code: may === 'elsewhere' ? 'notFound' : 'ownCase' } }
      return run(tx, household)
    })
  return {
    slips: (officer, campaignId, after) =>
      parts.store.transaction({ kind: 'system' }, tx => slipsOf(parts, tx, officer, { campaignId, after })),
    open: (officer, code) =>
      forCode(officer, code, async (tx, asked) => {
        await tx.surveys.opened(asked, parts.world.now())
        return viewed(await viewFor(parts, tx, asked))
      }),
    answer: (officer, code, given) =>
      forCode(officer, code, async (tx, asked) => {
        const kept = await keepAnswers(parts, tx, { ...given, asked, way: 'officer', askedBy: officer.id })
        const view = viewed(await viewFor(parts, tx, asked))
        return view.ok ? { ok: true, value: { kept, view: view.value } } : view
      }),
  }
}

function viewed(view: SurveyView | null): Outcome<SurveyView> {
  return view ? { ok: true, value: view } : { ok: false, refusal: { code: 'notFound' } }
}

async function slipsOf(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { campaignId, after }: { campaignId: string; after: string },
): Promise<Outcome<{ items: DoorSlip[]; next: string | null }>> {
  const campaign = await tx.surveys.campaign(campaignId)
  const sees =
    campaign && (covers(officer.regionCode, campaign.regionCode) || covers(campaign.regionCode, officer.regionCode))
  if (!sees) return { ok: false, refusal: { code: 'notFound' } }
  const households = await tx.surveys.atDoor(campaignId, officer.regionCode, after, SLIPS_AT_ONCE)
  const items: DoorSlip[] = []
  for (const { campaignId: id, householdId, villageCode, content } of households) {
    const code = await codeFor(parts, tx, { campaignId: id, householdId })
    const { number = '', head = '' } = content ?? {}
    items.push({ village: parts.regionName(villageCode), number, head: maskName(head), code })
  }
  await tx.audit.add({
    ...{ actor: officerActor(officer), action: 'survey.slips', objectKind: 'campaign', objectId: campaignId },
    ...{ regionCode: officer.regionCode, detail: { households: items.length }, at: parts.world.now() },
  })
  const last = households.at(-1)
  return { ok: true, value: { items, next: households.length === SLIPS_AT_ONCE && last ? last.householdId : null } }
}

/** The same code each time it is printed: made from our key, so that nothing needs to be kept to print it again. */
async function codeFor({ world }: AppParts, tx: Tx, asked: Asked): Promise<string> {
  for (let drawn = 0; drawn < MOST_DRAWN; drawn++) {
    const key = tx.certificates.linkKey(`survey-door:${asked.campaignId}:${asked.householdId}`, drawn)
    const number = Array.from(key).reduce((sum, sign) => (sum * 128 + sign.charCodeAt(0)) % 10 ** DIGITS, 0)
    const code = String(number).padStart(DIGITS, '0')
    if (await tx.surveys.setCode(asked, code, world.now())) return code
  }
  throw new Error('every code for this door is taken')
}
