import { createHash } from 'node:crypto'
import { faultOf } from '../../app/faultOf.ts'
import type { CardStore } from '../../app/officerCards/cardPort.ts'
import type { Press, Pressed, PressOutcome } from '../../app/officerCards/pressCard.ts'
import type { ChannelLog } from '../wechat-official/account.ts'
import { splitText } from '../wechat-official/render.ts'
import { readButtonKey } from './card.ts'
import type { CardPress } from './parse.ts'
import { sendToMember, type SendDeps } from './sendMessage.ts'

export interface PressDeps extends SendDeps {
  cards: Pick<CardStore, 'mayChange'>
  /** The use case; null for a card that is not ours. */
  take(press: Press): Promise<Pressed | null>
  publicUrl: string
  /** Name of a place by its code. */
  place(regionCode: string): string
  /** A sentence with values in it. */
  say(key: string, values: Record<string, string>): string
  log: ChannelLog
}

/** Outcomes after which the buttons are done with. Looking leaves them as they are. */
const finalOutcomes = new Set<PressOutcome>(['leased', 'mine', 'taken', 'changed', 'gone', 'later'])

/**
 * Does what the button says, durably, before it resolves. What the officer is shown follows after it: the platform waits five
 * seconds for us, and we would wait eight for it.
 */
export async function handlePress(deps: PressDeps, press: CardPress): Promise<void> {
  const button = readButtonKey(press.buttonKey)
  if (!button) return deps.log.warn({ why: 'button' }, 'wecom: a press that means nothing')
  const codeHash = createHash('sha256').update(press.responseCode).digest()
  const { sender, cardId } = press
  const pressed = await deps.take({ channel: 'wecom', sender, cardId, codeHash, act: button.act })
  if (!pressed) return deps.log.warn({ why: 'card' }, 'wecom: a press on a card that nobody sent')
  void show(deps, { press, pressed, codeHash }).catch((error: unknown) => {
    deps.log.error({ fault: faultOf(error) }, 'wecom: the outcome of a press was not shown')
  })
}

interface Shown {
  press: CardPress
  pressed: Pressed
  codeHash: Uint8Array
}

/** Once for each press, however often it was delivered: the code in it works once. */
async function show(deps: PressDeps, { press, pressed, codeHash }: Shown): Promise<void> {
  if (!(await deps.cards.mayChange(codeHash, deps.world.now()))) return
  if (finalOutcomes.has(pressed.outcome)) await changeCard(deps, press, pressed.outcome)
  const sentence = sentenceOf(deps, pressed)
  for (const content of splitText(sentence ?? '')) {
    await sendToMember(deps, press.sender, { msgtype: 'text', text: { content } })
  }
}

/** Within 72 hours of the press. When it fails the buttons stay, and pressing one again says how the task stands. */
async function changeCard(deps: PressDeps, { sender, responseCode }: CardPress, outcome: PressOutcome): Promise<void> {
  await deps.client({
    method: 'POST',
    path: '/cgi-bin/message/update_template_card',
    body: {
      userids: [sender],
      agentid: deps.agentId,
      response_code: responseCode,
      button: { replace_name: deps.text(`wecom.done.${outcome}`) },
    },
  })
}

function sentenceOf(deps: PressDeps, { outcome, task, heldBy }: Pressed): string | null {
  if (outcome === 'unbound') return deps.text('wecom.told.unbound')
  if (outcome === 'taken') return deps.say('wecom.told.taken', { by: heldBy ?? '' })
  if (!task || (outcome !== 'leased' && outcome !== 'viewed')) return null
  const due = task.promiseDue ?? task.legalDue ?? deps.text('wecom.card.noDue')
  const values = { summary: task.summary, place: deps.place(task.regionCode), due, url: `${deps.publicUrl}/officer` }
  return deps.say(`wecom.told.${outcome}`, values)
}
