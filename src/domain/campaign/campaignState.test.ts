import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CampaignAction, CampaignEvent, CampaignPlan } from './campaign.ts'
import { visitPlace, wrongFields } from './campaignPlan.ts'
import { allowedCampaignActions, applyCampaign, foldCampaign, mayHappen, type CampaignStep } from './campaignState.ts'

const DAY_MS = 86_400_000
const plan: CampaignPlan = {
  ...{ kind: 'satisfaction', flow: 'survey', revision: 1, title: '满意度' },
  filter: { places: [], membersFrom: null, membersTo: null, way: 'any', coolDownDays: 90 },
  sample: { method: 'everyone', size: 0, allocation: 'proportional', leastPerVillage: 0, seed: 1 },
  ...{ opensAt: DAY_MS, closesAt: 2 * DAY_MS, pacePerMinute: 60, doorstepsPerVillage: 5 },
}
const population = { found: 3, eligible: 3, excluded: {} }
const events: Record<CampaignStep, CampaignEvent> = {
  changed: { type: 'changed', plan },
  previewed: { type: 'previewed', way: 'page' },
  started: { type: 'started' },
  drawn: { type: 'drawn', population, drawn: 3, villages: 1 },
  paused: { type: 'paused', reason: '有群众问' },
  resumed: { type: 'resumed' },
  stopped: { type: 'stopped', reason: '题目有误' },
  finished: { type: 'finished' },
}
const actionOf = (event: CampaignEvent, n: number): CampaignAction => {
  return { campaignId: 'c', seq: n + 1, at: n, actor: { kind: 'system' }, event }
}
const after = (...steps: CampaignStep[]) =>
  foldCampaign([{ type: 'created' as const, plan }, ...steps.map(step => events[step])].map(actionOf))
const stepNames: CampaignStep[] = [
  'changed',
  'previewed',
  'started',
  'drawn',
  'paused',
  'resumed',
  'stopped',
  'finished',
]
const county = { role: 'county' as const, regionCode: '420702' }
const ofTown = { regionCode: '420702104' }

describe('what may be done with a campaign', () => {
  test.each([
    { steps: [], allowed: ['changed', 'previewed'] },
    { steps: ['previewed'], allowed: ['changed', 'previewed', 'started'] },
    { steps: ['previewed', 'changed'], allowed: ['changed', 'previewed'] },
    { steps: ['previewed', 'started'], allowed: ['paused', 'stopped'] },
    { steps: ['previewed', 'started', 'paused'], allowed: ['resumed', 'stopped'] },
    { steps: ['previewed', 'started', 'stopped'], allowed: [] },
    { steps: ['previewed', 'started', 'finished'], allowed: [] },
  ] satisfies { steps: CampaignStep[]; allowed: string[] }[])('after $steps: $allowed', ({ steps, allowed }) => {
    expect(allowedCampaignActions(after(...steps), ofTown, county)).toEqual(allowed)
  })

  test('not by a village, an auditor, or a town beside it', () => {
    for (const officer of [
      { role: 'village' as const, regionCode: '420702104212' },
      { role: 'auditor' as const, regionCode: '420702' },
      { role: 'town' as const, regionCode: '420702105' },
    ]) {
      expect(allowedCampaignActions(after(), ofTown, officer)).toEqual([])
    }
  })

  test('whatever is done in whatever order: what has ended stays ended, and a sample is drawn once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...stepNames), { maxLength: 30 }), wanted => {
        let state = after()
        let draws = 0
        for (const [n, step] of wanted.entries()) {
          const hasEnded = state.status === 'stopped' || state.status === 'finished'
          if (!mayHappen(state, step)) continue
          expect(hasEnded).toBe(false)
          if (step === 'drawn') draws++
          state = applyCampaign(state, actionOf(events[step], n + 1))
        }
        expect(draws).toBeLessThanOrEqual(1)
      }),
    )
  })
})

test('a campaign without a beginning is none of ours', () => {
  expect(() => foldCampaign([actionOf(events.started, 0)])).toThrow('begins with its creation')
})

test('a plan names what cannot be', () => {
  const filter = { ...plan.filter, places: ['420704108'], membersFrom: 4, membersTo: 2 }
  const wrong = { ...plan, filter, sample: { ...plan.sample, method: 'simple' as const }, closesAt: DAY_MS }
  expect(wrongFields(wrong, county, 0)).toEqual(['places', 'membersTo', 'size', 'closesAt'])
  expect(wrongFields(plan, county, 0)).toEqual([])
  expect(wrongFields(plan, county, 2 * DAY_MS)).toEqual(['closesAt'])
})

test('doors are the village officer’s where needs are asked, and the town’s where people judge', () => {
  expect(visitPlace('needs', '420702104212')).toBe('420702104212')
  expect(visitPlace('satisfaction', '420702104212')).toBe('420702104')
  expect(visitPlace('knowledge', '420702104212')).toBe('420702104')
})
