import type { Campaign, ExclusionReason } from '../../domain/campaign/campaign.ts'
import type { CampaignState } from '../../domain/campaign/campaignState.ts'
import type { NotSentReason } from '../../domain/message/decideMessage.ts'
import type { Asked } from '../../domain/survey/kinds.ts'
import type { Instant } from '../../domain/world.ts'
import { sendMessages, type MessageOutcome, type OutgoingMessage } from '../messages/sendMessage.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { surveyPath, surveyToken } from '../surveys/surveyLink.ts'
import type { Advanced } from './advanceCampaign.ts'
import type { Asking, ScannedHousehold, WaitingHousehold } from './campaignPort.ts'
import { callAtDoors } from './doorsteps.ts'
import { scanOf } from './population.ts'

/** Somebody in the middle of a conversation is asked when it is likely over. Product default. */
const AFTER_TALK_MS = 3_600_000
/** The household lies under another's hand at this moment: an import, or another campaign. */
const AFTER_LOCK_MS = 10 * 60_000
/** Limits of messages are counted by days. */
const AFTER_LIMIT_MS = 86_400_000

/** Prefix of the dedupe keys of invitations, before the id of the campaign. */
const CAMPAIGN_KEY = 'campaign:'

interface Batch {
  parts: AppParts
  tx: Tx
  campaign: Campaign
  state: CampaignState
  at: Instant
}

/**
 * Asks the next households in the order. What stands against a household is looked at again now, whatever it was when the
 * sample was drawn; the mark and the message stand in one transaction. Answers how many were in the batch, whatever became of them.
 */
export async function askBatch(parts: AppParts, tx: Tx, { campaign, state }: Advanced, most: number): Promise<number> {
  const at = parts.world.now()
  const batch = { parts, tx, campaign, state, at }
  const waiting = await tx.campaigns.waiting(campaign.id, at, most)
  if (waiting.length === 0) return 0
  const { outcomes, writable, atDoor } = await sorted(batch, waiting)
  const unreached = await write(batch, writable, outcomes)
  const calls = await callAtDoors(batch, [...atDoor, ...unreached])
  for (const [householdId, asking] of calls) outcomes.set(householdId, asking)
  await tx.campaigns.settle(campaign.id, at, outcomes)
  return waiting.length
}

interface Sorted {
  outcomes: Map<string, Asking>
  writable: WaitingHousehold[]
  atDoor: WaitingHousehold[]
}

async function sorted(batch: Batch, waiting: WaitingHousehold[]): Promise<Sorted> {
  const { tx, campaign, state, at } = batch
  const ids = waiting.map(({ householdId }) => householdId)
  const held = await tx.campaigns.hold(ids)
  const standing = await tx.campaigns.standing(scanOf(campaign.id, state.plan.filter, at), ids)
  const talking = await tx.campaigns.talking([...standing.values()].flatMap(({ residentIds }) => residentIds))
  const sorting: Sorted = { outcomes: new Map(), writable: [], atDoor: [] }
  for (const household of waiting) {
    const { householdId } = household
    const now = standing.get(householdId)
    const against = whatStandsAgainst(batch, now, { isHeld: held.has(householdId), talking })
    if (against) sorting.outcomes.set(householdId, against)
    else (now?.residentIds.length && !household.byDoor ? sorting.writable : sorting.atDoor).push(household)
  }
  return sorting
}

function whatStandsAgainst(
  batch: Batch,
  household: ScannedHousehold | undefined,
  { isHeld, talking }: { isHeld: boolean; talking: ReadonlySet<string> },
): Asking | null {
  if (!household) return { kind: 'excluded', reason: 'gone' }
  if (household.reason !== null) return { kind: 'excluded', reason: household.reason }
  if (!isHeld) return later(batch, AFTER_LOCK_MS)
  return household.residentIds.some(id => talking.has(id)) ? later(batch, AFTER_TALK_MS) : null
}

/** Another time, if there is one before the end. */
function later({ state, at }: Batch, ms: number): Asking {
  const notBefore = at + ms
  return notBefore < state.plan.closesAt ? { kind: 'later', notBefore } : { kind: 'excluded', reason: 'notSent' }
}

/** Writes to these; answers those who turned out to have no address after all, or who want no messages. */
async function write(
  batch: Batch,
  writable: WaitingHousehold[],
  outcomes: Sorted['outcomes'],
): Promise<WaitingHousehold[]> {
  const { parts, tx, campaign, state } = batch
  const invitations = writable.map(({ householdId }) => {
    const token = surveyToken(tx, { campaignId: campaign.id, householdId })
    return { token, message: invitationTo(campaign.id, state, { householdId, token }) }
  })
  const sent = await sendMessages(
    parts,
    tx,
    invitations.map(({ message }) => message),
  )
  return writable.filter(({ householdId }, n) => {
    const [outcome, invitation] = [sent[n], invitations[n]]
    if (!outcome || !invitation) throw new Error('a message without an outcome')
    const asking = askingAfter(batch, outcome, parts.hashToken(invitation.token))
    if (asking) outcomes.set(householdId, asking)
    return asking === null
  })
}

/** What a household reads. Which platforms show it in which form is theirs to know, by its key. */
export function invitationTo(
  campaignId: string,
  { plan: { title, closesAt } }: CampaignState,
  { householdId, token }: { householdId: string; token: string },
): OutgoingMessage {
  return {
    ...{ to: { householdId }, purpose: 'survey', key: 'campaigns.invitation', values: { title } },
    ...{ dedupeKey: `${CAMPAIGN_KEY}${campaignId}:${householdId}`, expiresAt: closesAt, url: surveyPath(token) },
  }
}

/** The campaign from which a message in the outbox comes, and whom it asks; null for messages of another kind. */
export function invitationOf(dedupeKey: string): Asked | null {
  const [before, after] = dedupeKey.split(CAMPAIGN_KEY)
  const [campaignId, householdId] = after?.split(':') ?? []
  return before === 'message:' && campaignId && householdId ? { campaignId, householdId } : null
}

/** Null: there is no way to write to them. */
function askingAfter(batch: Batch, outcome: MessageOutcome, tokenHash: Uint8Array): Asking | null {
  if (outcome.kind === 'queued') return { kind: 'asked', messageId: outcome.id, tokenHash }
  // 退订 is of messages, not of the office: who refused them is called upon, where the plan has the door as a way.
  const isForDoor = outcome.reason === 'optedOut' && batch.state.plan.filter.way === 'any'
  const what = isForDoor ? 'door' : afterRefusal[outcome.reason]
  if (what === 'door') return null
  return what === 'later' ? later(batch, AFTER_LIMIT_MS) : { kind: 'excluded', reason: what }
}

const afterRefusal: Record<NotSentReason, ExclusionReason | 'door' | 'later'> = {
  muted: 'leftAlone',
  optedOut: 'optedOut',
  coolDown: 'later',
  capped: 'later',
  expired: 'notSent',
  noAddress: 'door',
}
