import { cardActs, type CardAct } from '../../app/officerCards/pressCard.ts'
import type { TakenCard } from '../../app/officerCards/cardPort.ts'
import type { Reply } from '../../conversation/types.ts'
import type { Text } from '../wechat-official/account.ts'
import { printable } from '../wechat-official/fields.ts'

/** Lengths in characters beyond which the platform cuts or refuses (模板卡片消息, button_interaction, 2025-09-24). */
export const cardLimits = { title: 36, subtitle: 160, keyName: 5, value: 26, button: 10 }

/** A repeated sending of the same card within this time is dropped by the platform: half an hour, its own default. */
const DUPLICATE_SECONDS = 1800

/** What a button carries: which act, on which task, under which fencing number. */
export function buttonKey(act: CardAct, { taskId, fence }: { taskId: string; fence: number }): string {
  return `${act}|${taskId}|${fence}`
}

/** Null when no button of ours says that. */
export function readButtonKey(key: string): { act: CardAct; taskId: string; fence: number } | null {
  const [, name, taskId = '', fence = ''] = /^([a-z]+)\|([0-9A-Za-z-]{1,64})\|(\d{1,9})$/.exec(key) ?? []
  const act = cardActs.find(one => one === name)
  return act ? { act, taskId, fence: Number(fence) } : null
}

/** The message that shows a task with its three buttons. `place`: the village or town. */
export function taskCard(card: TakenCard, place: string, text: Text): Record<string, unknown> {
  const line = (key: string, value: string) => ({ keyname: cut(text(key), cardLimits.keyName), value })
  return {
    msgtype: 'template_card',
    template_card: {
      card_type: 'button_interaction',
      source: { desc: text('wecom.card.source') },
      main_title: { title: cut(text('wecom.card.title'), cardLimits.title) },
      sub_title_text: cut(card.summary, cardLimits.subtitle),
      horizontal_content_list: [
        line('wecom.card.place', endOf(place, cardLimits.value)),
        line('wecom.card.due', cut(card.due ?? text('wecom.card.noDue'), cardLimits.value)),
      ],
      task_id: card.id,
      button_list: cardActs.map(act => ({
        text: cut(text(`wecom.card.${act}`), cardLimits.button),
        style: act === 'lease' ? 1 : 2,
        key: buttonKey(act, card),
      })),
    },
    enable_duplicate_check: 1,
    duplicate_check_interval: DUPLICATE_SECONDS,
  }
}

/**
 * A sentence with a page to go on (the morning's digest) as a card that opens it; null when it does not fit one, or has none,
 * and goes as text. No markdown: members who read in the WeChat plug-in are not shown it.
 */
export function pageCard(replies: readonly Reply[], publicUrl: string, text: Text): Record<string, unknown> | null {
  const [reply, ...more] = replies
  if (!reply?.url || reply.kind !== 'card' || more.length > 0) return null
  const [title = '', ...rest] = printable(reply.text.trim()).split(/(?<=[。！？\n])/u)
  const body = rest.join('').trim()
  if (lengthOf(title) > cardLimits.title || lengthOf(body) > cardLimits.subtitle) return null
  return {
    msgtype: 'template_card',
    template_card: {
      card_type: 'text_notice',
      source: { desc: text('wecom.card.source') },
      main_title: { title: title.trim() },
      ...(body === '' ? {} : { sub_title_text: body }),
      card_action: { type: 1, url: reply.url.startsWith('/') ? publicUrl + reply.url : reply.url },
    },
    enable_duplicate_check: 1,
    duplicate_check_interval: DUPLICATE_SECONDS,
  }
}

const lengthOf = (text: string): number => Array.from(text).length

/** A full name goes from the province to the village: what tells places apart stands at its end. */
function endOf(place: string, length: number): string {
  const characters = Array.from(printable(place))
  return characters.length > length ? `…${characters.slice(1 - length).join('')}` : characters.join('')
}

function cut(text: string, length: number): string {
  const characters = Array.from(printable(text))
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : characters.join('')
}
