import type { CampaignDesk, CampaignReport } from '../../app/campaigns/campaignDesk.ts'
import type { CampaignAction, CampaignPlan } from '../../domain/campaign/campaign.ts'
import { foldCampaign } from '../../domain/campaign/campaignState.ts'
import type { FakeApp } from './fakeApp.ts'
import { AT } from './samples.ts'

const plan: CampaignPlan = {
  ...{ kind: 'satisfaction', flow: 'survey-satisfaction', revision: 1, title: '年度满意度调查' },
  filter: { places: [], membersFrom: null, membersTo: null, way: 'any', coolDownDays: 90 },
  sample: { method: 'simple', size: 100, allocation: 'proportional', leastPerVillage: 0, seed: 7 },
  ...{ opensAt: AT, closesAt: AT + 86_400_000, pacePerMinute: 300, doorstepsPerVillage: 10 },
}
const actions: CampaignAction[] = [
  { campaignId: 'campaign-1', seq: 1, at: AT, actor: { kind: 'system' }, event: { type: 'created', plan } },
]
const report: CampaignReport = {
  campaign: { id: 'campaign-1', regionCode: '420702', createdBy: 'officer-county', createdAt: AT, actions },
  ...{ state: foldCampaign(actions), allowed: ['changed', 'previewed'], progress: null },
}
const notFound = { ok: false, refusal: { code: 'notFound' } } as const

/** Answers the sample for `campaign-1`; everything else is not there. */
export function fakeCampaigns({ asked }: Pick<FakeApp, 'asked'>): CampaignDesk {
  const known = async (name: string, id: string, ...rest: unknown[]) => {
    asked.push([name, id, ...rest])
    return id === 'campaign-1' ? { ok: true as const, value: report } : notFound
  }
  return {
    questionnaires: [{ kind: 'satisfaction', flow: 'survey-satisfaction', revision: 1 }],
    list: async () => ({ items: [report], next: null }),
    one: (_officer, id) => known('campaign', id),
    count: async (_officer, asking) => {
      asked.push(['countHouseholds', asking])
      const excluded = [{ reason: 'together' as const, households: 10 }]
      const told = { inTime: null, spreadFrom: null }
      const counted = { found: 60, eligible: 50, excluded, sample: 20, villages: 4, smallest: 30, ...told }
      return { ok: true, value: counted }
    },
    create: async (_officer, draft) => {
      asked.push(['createCampaign', draft])
      return { ok: true, value: report }
    },
    change: (_officer, id, draft) => known('changeCampaign', id, draft),
    preview: async (_officer, id) =>
      id === 'campaign-1' ? { ok: true, value: { text: '想听听您家的看法', url: '/s/abc', sent: false } } : notFound,
    move: (_officer, id, move) => known('moveCampaign', id, move),
  }
}
