import type { Officer } from '../officer.ts'
import { covers } from '../officer.ts'
import type { Instant } from '../world.ts'
import type { Campaign, CampaignAction, CampaignEvent, CampaignPlan, PopulationCount } from './campaign.ts'

export const campaignStatuses = ['draft', 'running', 'paused', 'stopped', 'finished'] as const
export type CampaignStatus = (typeof campaignStatuses)[number]

export interface CampaignState {
  status: CampaignStatus
  plan: CampaignPlan
  /** Somebody looked at it as it now is. */
  previewed: boolean
  drawn: {
    at: Instant
    population: PopulationCount
    /** 不打扰的户 as they may be told; null: not at all. */
    quiet: number | null
    households: number
    villages: number
  } | null
  nextSeq: number
}

export type CampaignStep = Exclude<CampaignEvent['type'], 'created'>

/** What officers do, in the order of the buttons; the rest the service does by itself. */
const officersSteps = ['changed', 'previewed', 'started', 'paused', 'resumed', 'stopped'] as const
export type CampaignOfficerStep = (typeof officersSteps)[number]

/** Whether this may happen to a campaign in this state. Pure in state alone: who may is another question. */
const fits: Record<CampaignStep, (state: Pick<CampaignState, 'status' | 'previewed' | 'drawn'>) => boolean> = {
  changed: ({ status }) => status === 'draft',
  previewed: ({ status }) => status === 'draft',
  // Nobody sends to thousands what he has not looked at.
  started: ({ status, previewed }) => status === 'draft' && previewed,
  drawn: ({ status, drawn }) => status === 'running' && drawn === null,
  paused: ({ status }) => status === 'running',
  resumed: ({ status }) => status === 'paused',
  stopped: ({ status }) => status === 'running' || status === 'paused',
  finished: ({ status }) => status === 'running' || status === 'paused',
}

/** Whether the service may do this step now. */
export function mayHappen(state: Pick<CampaignState, 'status' | 'previewed' | 'drawn'>, step: CampaignStep): boolean {
  return fits[step](state)
}

/** What this officer may do now: towns and counties, in their own place and below. */
export function allowedCampaignActions(
  state: Pick<CampaignState, 'status' | 'previewed' | 'drawn'>,
  { regionCode }: Pick<Campaign, 'regionCode'>,
  officer: Pick<Officer, 'role' | 'regionCode'>,
): CampaignOfficerStep[] {
  const isSupervisor = officer.role === 'town' || officer.role === 'county'
  if (!isSupervisor || !covers(officer.regionCode, regionCode)) return []
  return officersSteps.filter(step => fits[step](state))
}

/** The state after all actions. @throws when the first is no creation: then it is no campaign of ours. */
export function foldCampaign(actions: readonly CampaignAction[]): CampaignState {
  const [first, ...rest] = actions
  if (first?.event.type !== 'created') throw new Error('a campaign begins with its creation')
  const { plan } = first.event
  return rest.reduce(applyCampaign, { status: 'draft', plan, previewed: false, drawn: null, nextSeq: 2 })
}

/** The state after one more action. */
export function applyCampaign(before: CampaignState, { at, event }: CampaignAction): CampaignState {
  const state = { ...before, nextSeq: before.nextSeq + 1 }
  switch (event.type) {
    case 'created':
      throw new Error('a campaign is created once')
    case 'changed':
      return { ...state, plan: event.plan, previewed: false }
    case 'previewed':
      return { ...state, previewed: true }
    case 'started':
    case 'resumed':
      return { ...state, status: 'running' }
    case 'drawn': {
      const { population, quiet = null, drawn: households, villages } = event
      return { ...state, drawn: { at, population, quiet, households, villages } }
    }
    case 'paused':
      return { ...state, status: 'paused' }
    case 'stopped':
      return { ...state, status: 'stopped' }
    case 'finished':
      return { ...state, status: 'finished' }
  }
}
