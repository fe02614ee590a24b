import { covers, type Officer } from '../../domain/officer.ts'
import { isSmall } from '../../domain/figures/hiding.ts'
import type { Figure } from '../../domain/figures/measured.ts'
import { groupTexts, type TextGroup, type Topic } from '../../domain/survey/freeText.ts'
import { maskWords } from '../../domain/survey/maskWords.ts'
import {
  mainResult,
  wholeResult,
  type CountedCampaign,
  type MainResult,
  type WholeResult,
} from '../../domain/survey/surveyReport.ts'
import { surveyFunnel, type FunnelLine } from '../../domain/survey/surveyFunnel.ts'
import { surveyTargets, type SurveyTarget } from '../../domain/survey/targets.ts'
import type { SurveyQuestion } from '../../domain/survey/answers.ts'
import type { SurveyKind } from '../../domain/survey/kinds.ts'
import type { Outcome } from '../caseViews.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import type { SurveyCampaign } from './surveyPort.ts'

/** Campaigns in one trend: twelve years of yearly ones, a year of monthly ones. */
const TREND = 12
/** Texts grouped at most; beyond that a sample of them, the same each time. */
const MOST_TEXTS = 5000

export interface TrendPoint {
  campaign: SurveyCampaign
  figure: Figure
}

/** What a survey found. Nobody learns who said what: village officers, who are judged, see nothing of it. */
export interface SurveyResults {
  campaign: SurveyCampaign
  place: string
  questions: SurveyQuestion[]
  targets: readonly SurveyTarget[]
  main: MainResult
  /** Only for the campaign's own place: of parts of it the same could be had for other parts by subtraction. */
  whole: (WholeResult & { funnel: FunnelLine[]; texts: TextGroup[] }) | null
  /** Surveys of the same kind in the same place, oldest first. */
  trend: TrendPoint[]
}

export interface SurveyResultDesk {
  /** Surveys in or around the officer's place, newest first. */
  list(officer: Officer, kind: SurveyKind | null): Promise<SurveyCampaign[]>
  /** `place` null: the campaign's own, or the officer's where that is smaller. */
  results(officer: Officer, campaignId: string, place: string | null): Promise<Outcome<SurveyResults>>
}

/** Roles that see figures of surveys. */
export const surveyRoles = ['town', 'county'] as const

export function makeSurveyResults(parts: AppParts, topics: readonly Topic[]): SurveyResultDesk {
  return {
    list: (officer, kind) =>
      parts.store.transaction({ kind: 'system' }, tx =>
        tx.surveys.campaigns({ kind, regionCode: officer.regionCode, limit: 50 }),
      ),
    results: (officer, campaignId, place) =>
      parts.store.transaction({ kind: 'system' }, tx =>
        resultsOf({ parts, tx, topics }, officer, { campaignId, place }),
      ),
  }
}

interface Reading {
  parts: AppParts
  tx: Tx
  topics: readonly Topic[]
}

async function resultsOf(
  { parts, tx, topics }: Reading,
  officer: Officer,
  { campaignId, place }: { campaignId: string; place: string | null },
): Promise<Outcome<SurveyResults>> {
  const campaign = await tx.surveys.campaign(campaignId)
  const at = campaign && (place ?? placeFor(officer, campaign))
  if (
    !campaign ||
    campaign.status === 'draft' ||
    !at ||
    !covers(officer.regionCode, at) ||
    !covers(campaign.regionCode, at)
  )
    return { ok: false, refusal: { code: 'notFound' } }
  const sheet = parts.surveySheet(campaign.flow, campaign.revision)
  if (!sheet) return { ok: false, refusal: { code: 'notFound' } }
  const counted = await countedOf(tx, campaign)
  return {
    ok: true,
    value: {
      ...{ campaign, place: at, questions: sheet.questions, targets: surveyTargets[campaign.kind] },
      main: mainResult(counted, at),
      whole:
        at === campaign.regionCode ? await wholeOf({ parts, tx, topics }, counted, campaign, sheet.questions) : null,
      trend: await trendOf(tx, campaign, at),
    },
  }
}

/** The smaller of both places. */
function placeFor({ regionCode }: Officer, campaign: SurveyCampaign): string {
  return regionCode.length > campaign.regionCode.length ? regionCode : campaign.regionCode
}

async function countedOf(tx: Tx, { id, regionCode, kind }: SurveyCampaign): Promise<CountedCampaign> {
  const [counts, populations] = [await tx.surveys.counts(id), await tx.surveys.populations(id)]
  return { regionCode, kind, counts, populations }
}

async function wholeOf(
  { tx, topics }: Reading,
  counted: CountedCampaign,
  { id, regionCode }: SurveyCampaign,
  questions: readonly SurveyQuestion[],
): Promise<SurveyResults['whole']> {
  const whole = wholeResult(counted, questions)
  const texts = await tx.surveys.words(id, regionCode, MOST_TEXTS)
  const people = texts.length === 0 ? [] : await tx.surveys.officerNames(regionCode)
  const groups = isSmall(texts.length) ? [] : groupTexts(texts, topics, text => maskWords(text, people))
  return { ...whole, funnel: surveyFunnel(await tx.surveys.fates(id, regionCode)), texts: groups }
}

async function trendOf(tx: Tx, { kind, regionCode, flow }: SurveyCampaign, place: string): Promise<TrendPoint[]> {
  const others = await tx.surveys.campaigns({ kind, regionCode: place, limit: TREND * 4 })
  const same = others.filter(one => one.regionCode === regionCode && one.flow === flow).slice(0, TREND)
  const points: TrendPoint[] = []
  for (const campaign of same.toReversed())
    points.push({ campaign, figure: mainResult(await countedOf(tx, campaign), place).figure })
  return points
}
