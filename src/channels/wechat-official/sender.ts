import type { ChannelName, MessageSender, OutboxMessage, SendOutcome } from '../../app/ports.ts'
import type { SharedAccount } from '../../app/sharedAccount.ts'
import type { MessageTemplate } from '../../domain/message/template.ts'
import type { Instant, World } from '../../domain/world.ts'
import type { Text } from './account.ts'
import type { WechatClient } from './client.ts'
import { sendFailure } from './errors.ts'
import { textOf } from './fields.ts'
import { sendForm } from './forms.ts'
import { renderTexts } from './render.ts'
import { closeWindow, leftInWindow } from './serviceWindow.ts'

export interface SenderDeps {
  channel: ChannelName
  client: WechatClient
  text: Text
  /** Outer address of the service, for links in messages. */
  publicUrl?: string
  /** What all processes know of windows and consents; without it there are only customer-service messages. */
  books?: Pick<SharedAccount, 'windows' | 'consents'>
  templates?: readonly MessageTemplate[]
  world?: Pick<World, 'now'>
  resting?(at: Instant): Instant | null
}

interface Bookkeeping extends SenderDeps {
  books: Pick<SharedAccount, 'windows' | 'consents'>
  world: Pick<World, 'now'>
}

/**
 * Ways of the account in order: the form a person subscribed to, a customer-service message while the window is open, the form
 * that needs no yes. A way that is closed hands on to the next; one that may have arrived does not.
 */
export function makeSender(deps: SenderDeps): MessageSender {
  const { channel, books, world, resting } = deps
  const own: MessageSender = {
    channel,
    send:
      books && world ? message => byEveryWay({ ...deps, books, world }, message) : message => byService(deps, message),
  }
  return resting ? { ...own, resting } : own
}

async function byEveryWay(deps: Bookkeeping, message: OutboxMessage): Promise<SendOutcome> {
  const { books, world, templates = [] } = deps
  const forms = { ...deps, consents: books.consents, templates, world }
  const ways = [
    () => sendForm(forms, 'officialSubscription', message),
    () => byOpenWindow(deps, message),
    () => sendForm(forms, 'officialTemplate', message),
  ]
  let failed: Extract<SendOutcome, { status: 'failed' }> | null = null
  for (const way of ways) {
    const outcome = await way()
    if (outcome === null) continue
    if (outcome.status === 'sent' || isLast(outcome, message)) return outcome
    // What is possible tomorrow is worth more to the message than a way that is closed for good.
    if (failed?.failure.retry !== 'tomorrow') failed = outcome
  }
  return failed ?? closed(deps, 'no way is open')
}

/** It may have arrived, or the same way is tried again soon: no second way now. Help in distress waits for no way. */
function isLast({ failure }: Extract<SendOutcome, { status: 'failed' }>, { purpose }: OutboxMessage): boolean {
  return failure.mayHaveArrived || (failure.retry === 'soon' && purpose !== 'distress')
}

/** Null when we know that the platform would not take it. */
async function byOpenWindow(deps: Bookkeeping, message: OutboxMessage): Promise<SendOutcome | null> {
  const person = { channel: message.channel, sender: message.sender }
  const { windows } = deps.books
  if ((await leftInWindow(windows, person, deps.world.now())) === 0) return null
  const outcome = await byService(deps, message, () => windows.noteSent(person, deps.world.now(), 1))
  if (outcome.status === 'failed' && outcome.failure.name === 'windowClosed') {
    await closeWindow(windows, person, deps.world.now())
  }
  return outcome
}

const closed = ({ text }: SenderDeps, detail: string): SendOutcome => ({
  status: 'failed',
  failure: sendFailure({ failure: 'windowClosed' }, text),
  detail,
})

/** A long message goes out in parts; when a later part fails, the earlier ones have arrived and the failure says so. */
async function byService(
  { client, text, publicUrl }: SenderDeps,
  message: OutboxMessage,
  sent: () => Promise<void> = () => Promise.resolve(),
): Promise<SendOutcome> {
  let providerId: string | null = null
  for (const [n, content] of renderTexts(message.replies, publicUrl).entries()) {
    const body = { touser: message.sender, msgtype: 'text', text: { content } }
    const outcome = await client({ method: 'POST', path: '/cgi-bin/message/custom/send', body })
    if (outcome.status === 'failed') {
      const failure = sendFailure(outcome, text)
      return {
        status: 'failed',
        failure: n > 0 ? { ...failure, mayHaveArrived: true } : failure,
        detail: outcome.detail,
      }
    }
    await sent()
    providerId ??= textOf(outcome.fields, 'msgid')
  }
  return { status: 'sent', providerId }
}
