import type { Campaign } from '../../domain/campaign/campaign.ts'
import { visitPlace } from '../../domain/campaign/campaignPlan.ts'
import type { CampaignState } from '../../domain/campaign/campaignState.ts'
import { isClosed, openTask, taskCreated } from '../../domain/taskState.ts'
import { shanghaiDate, type Instant } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { endTask } from '../recordTask.ts'
import { surveyToken } from '../surveys/surveyLink.ts'
import type { Asking, WaitingHousehold } from './campaignPort.ts'

interface Round {
  parts: AppParts
  tx: Tx
  campaign: Campaign
  state: CampaignState
  at: Instant
}

/**
 * Households that nobody can write to are called upon: one task for a village or a town (`visitPlace`), not one for a household,
 * and no more calls in a village than the plan allows. Beyond that a household is not asked, and counts as lost for that reason.
 */
export async function callAtDoors(round: Round, households: WaitingHousehold[]): Promise<Map<string, Asking>> {
  const calls = new Map<string, Asking>()
  if (households.length === 0) return calls
  const villages = [...new Set(households.map(({ villageCode }) => villageCode))]
  const before = await round.tx.campaigns.doorsteps(round.campaign.id, villages)
  const tasks = new Map<string, string>()
  for (const villageCode of villages) {
    const ofVillage = households.filter(household => household.villageCode === villageCode)
    const room = Math.max(0, round.state.plan.doorstepsPerVillage - (before.get(villageCode)?.households ?? 0))
    const called = ofVillage.slice(0, room)
    for (const { householdId } of ofVillage.slice(room)) calls.set(householdId, { kind: 'excluded', reason: 'noWay' })
    if (called.length === 0) continue
    const place = visitPlace(round.state.plan.kind, villageCode)
    const taskId = tasks.get(place) ?? (await taskOf(round, place))
    tasks.set(place, taskId)
    for (const { householdId } of called) {
      const token = surveyToken(round.tx, { campaignId: round.campaign.id, householdId })
      calls.set(householdId, { kind: 'officer', taskId, tokenHash: round.parts.hashToken(token) })
    }
  }
  return calls
}

/** The task of the place that still waits, or a new one. */
async function taskOf({ parts, tx, campaign, state, at }: Round, regionCode: string): Promise<string> {
  const open = await tx.campaigns.openDoorstepTask(campaign.id, regionCode)
  if (open !== null) return open
  const { title, closesAt } = state.plan
  const place = parts.regionName(regionCode)
  const task = openTask({
    ...{ id: parts.world.newId(), source: 'surveyVisit', regionCode, applicationId: null },
    summary: parts.text('zh-CN', 'campaigns.visitTask', { title, place }),
    // The last whole day before it closes.
    promiseDue: shanghaiDate(closesAt - 1),
    createdAt: at,
  })
  await tx.tasks.insert(task, taskCreated(task, { kind: 'system' }))
  return task.id
}

/** Ends the tasks under which every household has answered by now: nothing is left to call for. */
export async function endAnsweredVisits(parts: AppParts, tx: Tx, campaignId: string): Promise<void> {
  await end(parts, tx, await tx.campaigns.answeredDoorstepTasks(campaignId), 'campaigns.visitsAnswered')
}

/** Nobody calls at doors for a campaign that is over. */
export async function endVisits(parts: AppParts, tx: Tx, campaignId: string): Promise<void> {
  await end(parts, tx, await tx.campaigns.doorstepTasks(campaignId), 'campaigns.visitsOver')
}

async function end(parts: AppParts, tx: Tx, taskIds: string[], why: string): Promise<void> {
  for (const id of taskIds) {
    const task = await tx.tasks.lock(id)
    if (!task || isClosed(task)) continue
    const reason = parts.text('zh-CN', why)
    await endTask(tx, task, { actor: { kind: 'system' }, at: parts.world.now(), reason })
  }
}
