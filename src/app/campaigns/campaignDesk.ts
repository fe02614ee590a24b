import type { Campaign, CampaignEvent, CampaignKind, CampaignPlan } from '../../domain/campaign/campaign.ts'
import { planOf, wrongFields, type CampaignDraft, type Questionnaire } from '../../domain/campaign/campaignPlan.ts'
import {
  allowedCampaignActions,
  foldCampaign,
  type CampaignOfficerStep,
  type CampaignState,
} from '../../domain/campaign/campaignState.ts'
import { inTime, type Manner } from '../../domain/campaign/pace.ts'
import { sampleSize } from '../../domain/campaign/sample.ts'
import {
  quietHouseholds,
  reachable,
  shownExclusions,
  shownPopulation,
  type ShownExclusion,
  type ShownPopulation,
} from '../../domain/campaign/shownPopulation.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { officerActor } from '../../domain/taskState.ts'
import type { Outcome } from '../app.ts'
import { asService } from '../asService.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import { refused } from '../officer/work.ts'
import { messageRulesAt } from '../messages/rulesHere.ts'
import type { AppParts } from '../parts.ts'
import type { Page, Tx } from '../ports.ts'
import { advanceCampaign, noteCampaign } from './advanceCampaign.ts'
import type { CampaignProgress } from './campaignPort.ts'
import { earlierSpread } from './earlierSpread.ts'
import { endVisits } from './doorsteps.ts'
import { populationOf, scanOf } from './population.ts'
import { previewCampaign, type CampaignPreview } from './previewCampaign.ts'

export interface CampaignView {
  campaign: Campaign
  state: CampaignState
  allowed: CampaignOfficerStep[]
}

/** With figures, when the sample stands. `inTime`: whose turn still comes before the end at this pace; null: it is over. */
export interface CampaignReport extends CampaignView {
  progress: (Omit<CampaignProgress, 'excluded'> & { excluded: ShownExclusion[]; inTime: number | null }) | null
}

/** Whom a plan would ask, if it started now: nothing of it depends on the state of one household. */
export interface PopulationView extends ShownPopulation {
  /** Households that would be drawn, as far as may be told. */
  sample: number
  villages: number
  /** A campaign with fewer found households is not started. */
  smallest: number
  /** Households whose turn comes before the end; the others of the sample are not asked. Null: nobody said when and how fast. */
  inTime: number | null
  /** Title of the campaign by whose answers a sample would be shared out by spread; null: none is known, or not asked. */
  spreadFrom: string | null
}

/** What is needed of a plan to count; with when and how fast, whether the time suffices; with what about, how villages differ. */
export type WhomPlan = Pick<CampaignDraft, 'filter' | 'sample'> & { manner?: Manner; kind?: CampaignKind | undefined }

/** What an officer does to a campaign that is no draft. */
export type CampaignMove = { type: 'started' | 'resumed' } | { type: 'paused' | 'stopped'; reason: string }

/** 投放 for towns and counties, each in its own place and below. What an officer may not see is not there. */
export interface CampaignDesk {
  /** What may be asked. */
  questionnaires: readonly Questionnaire[]
  list(officer: Officer, filter: { cursor?: string; limit: number }): Promise<Page<CampaignView>>
  one(officer: Officer, id: string): Promise<Outcome<CampaignReport>>
  count(officer: Officer, plan: WhomPlan): Promise<Outcome<PopulationView>>
  create(officer: Officer, draft: CampaignDraft): Promise<Outcome<CampaignView>>
  change(officer: Officer, id: string, draft: CampaignDraft): Promise<Outcome<CampaignView>>
  /** The invitation as a household gets it: shown, and sent to the officer's own chat where he has bound one. */
  preview(officer: Officer, id: string): Promise<Outcome<CampaignPreview>>
  move(officer: Officer, id: string, move: CampaignMove): Promise<Outcome<CampaignView>>
}

export function makeCampaignDesk(parts: AppParts): CampaignDesk {
  const as = <T>(officer: Officer, run: (tx: Tx) => Promise<T>) =>
    untilQuiet(() => parts.store.transaction(eyesOf(officer), run))
  return {
    questionnaires: parts.questionnaires,
    list: (officer, filter) =>
      as(officer, async tx => {
        const page = await tx.campaigns.list(filter)
        return { ...page, items: page.items.map(campaign => viewOf(officer, campaign)) }
      }),
    one: (officer, id) => as(officer, tx => report(parts, tx, officer, id)),
    count: (officer, plan) => as(officer, tx => countFor(parts, tx, officer, plan)),
    create: (officer, draft) => as(officer, tx => create(parts, tx, officer, draft)),
    change: (officer, id, draft) =>
      as(officer, async tx => {
        const held = await heldFor(tx, officer, id, 'changed')
        if (!held.ok) return held
        const plan = planFor(parts, held.value.campaign, draft, held.value.state.plan.sample.seed)
        return plan.ok
          ? append(parts, tx, officer, { held: held.value, event: { type: 'changed', plan: plan.value } })
          : plan
      }),
    preview: (officer, id) =>
      as(officer, async tx => {
        const held = await heldFor(tx, officer, id, 'previewed')
        if (!held.ok) return held
        return { ok: true, value: await previewCampaign(parts, tx, officer, held.value) }
      }),
    move: (officer, id, move) => as(officer, tx => moveOn(parts, tx, officer, { id, move })),
  }
}

function viewOf(officer: Officer, campaign: Campaign): CampaignView {
  const state = foldCampaign(campaign.actions)
  return { campaign, state, allowed: allowedCampaignActions(state, campaign, officer) }
}

/** Row-level security hides the rest already; this is the second layer. */
const seen = (campaign: Campaign | null, officer: Officer): campaign is Campaign =>
  campaign !== null && covers(officer.regionCode, campaign.regionCode)

async function report(parts: AppParts, tx: Tx, officer: Officer, id: string): Promise<Outcome<CampaignReport>> {
  const campaign = await tx.campaigns.byId(id)
  if (!seen(campaign, officer)) return refused({ code: 'notFound' })
  const view = viewOf(officer, campaign)
  if (view.state.drawn === null) return { ok: true, value: { ...view, progress: null } }
  await tx.as({ kind: 'system' })
  const progress = await tx.campaigns.progress(id)
  const { status, plan } = view.state
  const isOn = status === 'running' || status === 'paused'
  const { quietHours } = messageRulesAt(parts, campaign.regionCode)
  const left = isOn ? inTime(plan, quietHours, parts.world.now()) : null
  const excluded = shownExclusions(progress.excluded)
  return { ok: true, value: { ...view, progress: { ...progress, excluded, inTime: left } } }
}

async function countFor(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { filter, sample, manner, kind }: WhomPlan,
): Promise<Outcome<PopulationView>> {
  if (filter.places.some(place => !covers(officer.regionCode, place)))
    return refused({ code: 'badInput', fields: ['places'] })
  await tx.as({ kind: 'system' })
  const at = parts.world.now()
  const { count, rows } = await populationOf(tx, officer, scanOf(null, filter, at))
  const smallest = parts.settings.smallestPopulation
  const shown = shownPopulation(count, quietHouseholds(filter, rows, smallest))
  const villages = reachable(rows)
  const strata = [...villages].map(([villageCode, eligible]) => ({ villageCode, eligible }))
  const drawn = Math.min(sampleSize(strata, { ...sample, seed: 0 }), shown.eligible)
  const turns = manner ? inTime(manner, messageRulesAt(parts, officer.regionCode).quietHours, at) : null
  const { regionCode } = officer
  const earlier = kind && sample.allocation === 'spread' ? await earlierSpread(tx, { kind, regionCode }) : null
  const told = { inTime: turns, spreadFrom: earlier?.title ?? null }
  return { ok: true, value: { ...shown, sample: drawn, villages: villages.size, smallest, ...told } }
}

/** Asks nobody outside of the campaign's own place, whoever changes it. */
function planFor(
  parts: AppParts,
  of: Pick<Campaign, 'regionCode'>,
  draft: CampaignDraft,
  seed: number,
): Outcome<CampaignPlan> {
  const plan = planOf(draft, parts.questionnaires, seed)
  if (!plan) return refused({ code: 'badInput', fields: ['flow'] })
  const fields = wrongFields(plan, of, parts.world.now())
  return fields.length > 0 ? refused({ code: 'badInput', fields }) : { ok: true, value: plan }
}

async function create(parts: AppParts, tx: Tx, officer: Officer, draft: CampaignDraft): Promise<Outcome<CampaignView>> {
  const at = parts.world.now()
  const [a = 0, b = 0, c = 0, d = 0] = parts.world.randomBytes(4)
  const plan = planFor(parts, officer, draft, ((a << 24) | (b << 16) | (c << 8) | d) >>> 0)
  if (!plan.ok) return plan
  const id = parts.world.newId()
  const actor = officerActor(officer)
  const first = { campaignId: id, seq: 1, at, actor, event: { type: 'created' as const, plan: plan.value } }
  const made = { id, regionCode: officer.regionCode, createdBy: officer.id, createdAt: at, actions: [first] }
  await tx.campaigns.insert(made, foldCampaign(made.actions))
  await noteCampaign(tx, made, { actor, type: 'created', at })
  return { ok: true, value: viewOf(officer, made) }
}

type Held = Pick<CampaignView, 'campaign' | 'state'>

/** The campaign under lock, when this officer may do the step now. */
async function heldFor(tx: Tx, officer: Officer, id: string, step: CampaignOfficerStep): Promise<Outcome<Held>> {
  const campaign = await tx.campaigns.lock(id)
  if (!seen(campaign, officer)) return refused({ code: 'notFound' })
  const { state, allowed } = viewOf(officer, campaign)
  if (!allowed.includes(step)) return refused({ code: 'notAllowed', allowed })
  return { ok: true, value: { campaign, state } }
}

async function append(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { held, event }: { held: Held; event: CampaignEvent },
): Promise<Outcome<CampaignView>> {
  const happening = { actor: officerActor(officer), event, at: parts.world.now() }
  const { campaign } = await advanceCampaign(tx, held.campaign, happening)
  return { ok: true, value: viewOf(officer, campaign) }
}

/** Among few everybody knows who is asked, and who is not. */
async function isLargeEnough(parts: AppParts, tx: Tx, { campaign, state }: Held): Promise<boolean> {
  const scan = scanOf(campaign.id, state.plan.filter, parts.world.now())
  const { count } = await asService(tx, () => populationOf(tx, campaign, scan))
  return count.found >= parts.settings.smallestPopulation
}

async function moveOn(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { id, move }: { id: string; move: CampaignMove },
): Promise<Outcome<CampaignView>> {
  const held = await heldFor(tx, officer, id, move.type)
  if (!held.ok) return held
  if (move.type === 'started' && held.value.state.plan.closesAt <= parts.world.now())
    return refused({ code: 'badInput', fields: ['closesAt'] })
  if (move.type === 'started' && !(await isLargeEnough(parts, tx, held.value)))
    return refused({ code: 'badInput', fields: ['places'] })
  const moved = await append(parts, tx, officer, { held: held.value, event: move })
  if (move.type === 'stopped') {
    await tx.as({ kind: 'system' })
    // Some at a time, until there are no more.
    for (let more = true; more;) more = (await tx.campaigns.withdraw(id, parts.world.now())) > 0
    await endVisits(parts, tx, id)
  }
  return moved
}
