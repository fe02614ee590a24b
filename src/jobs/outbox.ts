import { rings, WAITS_FOR_MORNING } from '../app/outboxMessage.ts'
import type { ChannelName, OutboxMessage, SendFailure, SendOutcome, TakenMessage } from '../app/ports.ts'
import { mayLeave } from '../domain/message/decideMessage.ts'
import type { QuietHours } from '../domain/message/messageRules.ts'
import { mannersOf, type MessagePurpose } from '../domain/message/purpose.ts'
import { laneNames, laneOf, lanes, openLanes, placesInAll, type LaneName, type Lanes } from './lanes.ts'
import { aFewAtATime, type Job, type JobParts } from './parts.ts'
import { planAfter } from './sendPlan.ts'

/** Ready rows of one lane read at once when nobody says which. */
const BATCH = 64
/** Longer than any platform call may take; a sending without an end within it counts as unknown. */
const SEND_DEADLINE_MS = 15_000

/** Sends one message by its id and what waits behind it for the same resident; without an id, whatever is ready. */
export const outboxJob: Job = {
  concurrency: placesInAll,
  run: (parts, { id }) => (id === undefined ? sendReady(parts) : sendFrom(inLanes(parts), id)),
}

interface Laned extends JobParts {
  lanes: Lanes
}

const inLanes = (parts: JobParts): Laned => ({ ...parts, lanes: parts.lanes ?? openLanes() })

/** Sends all that is ready now, each dependency for itself. */
export async function sendReady(parts: JobParts): Promise<void> {
  const laned = inLanes(parts)
  await Promise.all(
    openLaneNames(parts).map(async name => {
      const { channels, atOnce } = lanes[name]
      const ids = await parts.outbox.ready(parts.world.now(), BATCH, channels)
      await aFewAtATime(ids, atOnce, id => sendFrom(laned, id))
    }),
  )
}

/** Lanes whose platform is not left alone at the moment. */
export function openLaneNames({ senders, world }: Pick<JobParts, 'senders' | 'world'>): LaneName[] {
  const isOpen = (channel: ChannelName) => (senders[channel]?.resting?.(world.now()) ?? null) === null
  return laneNames.filter(name => lanes[name].channels.some(isOpen))
}

async function sendFrom(parts: Laned, first: string): Promise<void> {
  for (let id: string | null = first; id !== null;) {
    const channel: ChannelName | null = await parts.outbox.channelOf(id)
    // Not ready, already taken, or its platform rests: then the sweeper brings it again.
    if (channel === null || (parts.senders[channel]?.resting?.(parts.world.now()) ?? null) !== null) return
    const lane = laneOf(channel)
    if (!parts.lanes.enter(lane)) return
    let others = false
    let next: string | null
    try {
      next = await sendOne(parts, id)
    } finally {
      others = parts.lanes.leave(lane)
    }
    id = next ?? (others ? await waitingIn(parts, lane) : null)
  }
}

/** What was turned away while the lane was full. */
async function waitingIn(parts: Laned, lane: LaneName): Promise<string | null> {
  const [id] = await parts.outbox.ready(parts.world.now(), 1, lanes[lane].channels)
  if (id === undefined) parts.lanes.calm(lane)
  return id ?? null
}

/** Sends it, and names what is next for the same resident. */
async function sendOne(parts: JobParts, id: string): Promise<string | null> {
  const taken = await parts.outbox.take(id, parts.world.now())
  // Behind an older message: then whoever ends that one goes on with this one.
  if (!taken) return null
  parts.crash('outbox.markedSending')
  const held = await heldBack(parts, taken)
  if (!held) await conclude(parts, taken, await send(parts, taken))
  return parts.outbox.nextOf(taken.residentId, parts.world.now())
}

/** True when it is unwanted by now, waited too long, or into the quiet hours, and was put away or back. */
async function heldBack(parts: JobParts, message: TakenMessage): Promise<boolean> {
  const { expiresAt = null } = message
  const { world, outbox } = parts
  const wanted = await askWanted(parts, message)
  if (wanted !== 'yes') {
    if (wanted === 'no') await end(parts, message, 'failed', unwanted(parts))
    else await conclude(parts, message, { status: 'failed', failure: unasked(parts), detail: message.id })
    return true
  }
  const purpose = purposeOf(message)
  if (!purpose) return false
  // What keeps no hours, distress above all, does not wait for a look at where somebody lives.
  const quietHours = mannersOf[purpose].keepsQuietHours ? await hoursOf(parts, message) : null
  const leaving = mayLeave({ purpose, expiresAt }, quietHours, world.now())
  if (leaving.kind === 'now') return false
  if (leaving.kind === 'expired') await end(parts, message, 'failed', tooLate(parts))
  else await outbox.retry(message, { notBefore: leaving.until, failure: quiet(parts), repeat: false })
  return true
}

/** Whose hours it keeps; an answer keeps none. */
const purposeOf = ({ purpose, unasked = false, channel }: TakenMessage): MessagePurpose | undefined =>
  purpose ?? (unasked && rings(channel) ? 'case' : undefined)

/** Those of everywhere when it cannot be found out where he lives. */
async function hoursOf(parts: JobParts, message: TakenMessage): Promise<QuietHours | null> {
  const { quietHours: usual = null, quietHoursOf, log } = parts
  try {
    return quietHoursOf ? await quietHoursOf(message) : usual
  } catch (error) {
    log('outbox.hoursUnknown', { reason: error instanceof Error ? error.name : 'unknown' })
    return usual
  }
}

async function askWanted({ stillWanted, log }: JobParts, message: TakenMessage): Promise<'yes' | 'no' | 'unknown'> {
  try {
    return !stillWanted || (await stillWanted(message)) ? 'yes' : 'no'
  } catch (error) {
    log('outbox.wantedUnknown', { reason: error instanceof Error ? error.name : 'unknown' })
    return 'unknown'
  }
}

const tooLate = ({ text }: JobParts): SendFailure => ({
  name: 'tooLate',
  retry: 'no',
  alert: false,
  tell: text('jobs.send.tooLate'),
  mayHaveArrived: false,
})

/** `stillWanted` said no since it was queued. */
const unwanted = ({ text }: JobParts): SendFailure => ({
  name: 'unwanted',
  retry: 'no',
  alert: false,
  tell: text('jobs.send.unwanted'),
  mayHaveArrived: false,
})

const quiet = ({ text }: JobParts): SendFailure => ({
  name: WAITS_FOR_MORNING,
  retry: 'soon',
  alert: false,
  tell: text('jobs.send.quietHours'),
  mayHaveArrived: false,
})

/** The sender threw, or did not come back in time. */
const unexpected = ({ text }: JobParts): SendFailure => ({
  name: 'unexpected',
  retry: 'soon',
  alert: true,
  tell: text('jobs.send.unexpected'),
  mayHaveArrived: true,
})

/** Whether it may leave could not be found out: it certainly did not, and is tried again. */
const unasked = ({ text }: JobParts): SendFailure => ({
  name: 'unasked',
  retry: 'soon',
  alert: false,
  tell: text('jobs.send.unasked'),
  mayHaveArrived: false,
})

const channelOff = ({ text }: JobParts): SendFailure => ({
  name: 'channelOff',
  retry: 'otherWay',
  alert: false,
  tell: text('jobs.send.channelOff'),
  mayHaveArrived: false,
})

/** A message that may have arrived before says so, or its reader takes it for a second certificate. */
function marked({ text }: JobParts, message: TakenMessage): TakenMessage {
  const [first, ...rest] = message.replies
  if (!message.repeat || !first) return message
  return { ...message, replies: [{ ...first, text: `${text('jobs.send.again')}\n${first.text}` }, ...rest] }
}

const unreadable = ({ text }: JobParts): SendFailure => ({
  name: 'unreadable',
  retry: 'no',
  alert: true,
  tell: text('jobs.send.unreadable'),
  mayHaveArrived: false,
})

async function send(parts: JobParts, message: TakenMessage): Promise<SendOutcome> {
  if (message.unreadable) return { status: 'failed', failure: unreadable(parts), detail: message.id }
  const sender = parts.senders[message.channel]
  if (!sender) return { status: 'failed', failure: channelOff(parts), detail: message.channel }
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<SendOutcome>(resolve => {
    timer = setTimeout(
      () => resolve({ status: 'failed', failure: unexpected(parts), detail: 'deadline' }),
      SEND_DEADLINE_MS,
    )
  })
  try {
    return await Promise.race([sender.send(marked(parts, message)), deadline])
  } catch (error) {
    return { status: 'failed', failure: unexpected(parts), detail: error instanceof Error ? error.name : 'unknown' }
  } finally {
    clearTimeout(timer)
  }
}

async function conclude(parts: JobParts, message: TakenMessage, outcome: SendOutcome): Promise<void> {
  const { outbox, world } = parts
  if (outcome.status === 'sent') {
    parts.crash('outbox.accepted')
    await outbox.sent(message, outcome.providerId, world.now())
    return tell(parts, message, null)
  }
  const { failure, detail } = outcome
  if (failure.alert) parts.log('outbox.alert', { channel: message.channel, failure: failure.name, detail })
  if (message.unreadable) return end(parts, message, 'undeliverable', failure)
  const { quietHours = null } = parts
  const plan = planAfter(failure, message, { now: world.now(), chance: chanceOf(parts), quietHours })
  if (plan.kind === 'retry') return outbox.retry(message, { ...plan, failure })
  if (plan.kind === 'otherWay' && (await outbox.otherWay(message, openChannels(parts), world.now()))) return
  await end(parts, message, plan.kind === 'final' ? plan.status : 'undeliverable', failure)
}

async function end(
  parts: JobParts,
  message: TakenMessage,
  status: 'failed' | 'undeliverable',
  failure: SendFailure,
): Promise<void> {
  await parts.outbox.finish(message, status, failure, parts.world.now())
  await tell(parts, message, failure)
}

/** In which order a resident's ways are tried; a person goes when none is left. */
const wayOrder: ChannelName[] = ['wechat-official', 'miniprogram', 'wecom', 'web', 'bot']

const openChannels = ({ senders }: JobParts): ChannelName[] => wayOrder.filter(name => senders[name])

function chanceOf({ world }: JobParts): number {
  return (world.randomBytes(1)[0] ?? 0) / 256
}

/**
 * Whose end the service needs to know, whatever becomes of a worker: a person goes where it did not arrive, or calls at the door
 * with the question.
 */
function hasToBeTold({ critical, purpose }: OutboxMessage, failure: SendFailure | null): boolean {
  if (purpose === 'survey' && failure !== null) return true
  return critical || (purpose !== undefined && mannersOf[purpose].isBrought)
}

/** Tells the use cases how a message ended. Should this process end in between, the sweeper tells them again. */
export async function tell(parts: JobParts, message: OutboxMessage, failure: SendFailure | null): Promise<void> {
  try {
    await (failure ? parts.app.outbox.undeliverable(message, failure) : parts.app.outbox.sent(message))
    if (hasToBeTold(message, failure)) await parts.outbox.told(message.id, parts.world.now())
  } catch (error) {
    parts.log('outbox.tellFailed', { reason: error instanceof Error ? error.name : 'unknown' })
  }
}
