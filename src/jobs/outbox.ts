import type { ChannelName, OutboxMessage, SendFailure, SendOutcome, TakenMessage } from '../app/ports.ts'
import { channelNames } from '../app/ports.ts'
import { aFewAtATime, type Job, type JobParts } from './parts.ts'
import { planAfter } from './sendPlan.ts'

/** Messages of different residents under way at once. The channels keep their own rate limits. */
const RESIDENTS_AT_ONCE = 8
/** Ready rows read at once when nobody says which. */
const BATCH = 64
/** Longer than any platform call may take; a sending without an end within it counts as unknown. */
const SEND_DEADLINE_MS = 15_000

/** Sends one message by its id and what waits behind it for the same resident; without an id, whatever is ready. */
export const outboxJob: Job = {
  concurrency: RESIDENTS_AT_ONCE,
  run: (parts, { id }) => (id === undefined ? sendReady(parts) : sendFrom(parts, id)),
}

/** Sends all that is ready now. */
export async function sendReady(parts: JobParts): Promise<void> {
  const ids = await parts.outbox.ready(parts.world.now(), BATCH)
  await aFewAtATime(ids, RESIDENTS_AT_ONCE, id => sendFrom(parts, id))
}

async function sendFrom(parts: JobParts, first: string): Promise<void> {
  for (let id: string | null = first; id !== null;) {
    const taken: TakenMessage | null = await parts.outbox.take(id, parts.world.now())
    // Not ready, already taken, or behind an older message: then whoever ends that one goes on with this one.
    if (!taken) return
    parts.crash('outbox.markedSending')
    await conclude(parts, taken, await send(parts, taken))
    id = await parts.outbox.nextOf(taken.residentId, parts.world.now())
  }
}

/** The sender threw, or did not come back in time. */
const unexpected = ({ text }: JobParts): SendFailure => ({
  name: 'unexpected',
  retry: 'soon',
  alert: true,
  tell: text('jobs.send.unexpected'),
  mayHaveArrived: true,
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
  const plan = planAfter(failure, message, world.now(), chanceOf(parts))
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

const openChannels = ({ senders }: JobParts): ChannelName[] => channelNames.filter(name => senders[name])

function chanceOf({ world }: JobParts): number {
  return (world.randomBytes(1)[0] ?? 0) / 256
}

/** Tells the use cases how a message ended. Should this process end in between, the sweeper tells them again. */
export async function tell(parts: JobParts, message: OutboxMessage, failure: SendFailure | null): Promise<void> {
  try {
    await (failure ? parts.app.outbox.undeliverable(message, failure) : parts.app.outbox.sent(message))
    if (message.critical) await parts.outbox.told(message.id, parts.world.now())
  } catch (error) {
    parts.log('outbox.tellFailed', { reason: error instanceof Error ? error.name : 'unknown' })
  }
}
