import type { Officer } from '../../domain/officer.ts'
import type { App, TaskView } from '../app.ts'
import type { AuthStore, ChannelName } from '../ports.ts'
import type { CardStore } from './cardPort.ts'
import type { NamedByPress } from './nameTask.ts'

export const cardActs = ['lease', 'view', 'later'] as const
export type CardAct = (typeof cardActs)[number]

/** How a press ended. `mine`: it was his already. `changed`: the card is older than the task. */
const pressOutcomes = ['leased', 'mine', 'taken', 'changed', 'gone', 'later', 'viewed', 'unbound'] as const
export type PressOutcome = (typeof pressOutcomes)[number]

export interface Press {
  channel: ChannelName
  sender: string
  cardId: string
  /** Hash of the platform's one-time code: a second delivery of the same press has the same. */
  codeHash: Uint8Array
  act: CardAct
}

export interface Pressed {
  outcome: PressOutcome
  task: TaskView | null
  heldBy: string | null
}

export interface PressParts {
  cards: CardStore
  auth: Pick<AuthStore, 'officerBySender'>
  officer: Pick<App['officer'], 'lease' | 'task'>
  /** The task is the one this officer speaks of now. */
  name(named: NamedByPress): Promise<void>
  now(): number
}

/** 稍后: the card comes again after so long, while the task still waits. Our own choice. */
export const LATER_MS = 2 * 3_600_000

/**
 * Does what a button says, with the rights of the officer bound to whoever pressed it. Taken again after a lost answer it finds
 * what was done: leasing is fenced by the number on the card. Null for a card that is not ours.
 */
export async function pressCard(parts: PressParts, press: Press): Promise<Pressed | null> {
  const { cards } = parts
  const at = parts.now()
  const { codeHash, cardId, act } = press
  const noted = await cards.press({ codeHash, cardId, act, at })
  if (noted === 'unknownCard') return null
  const officer = await parts.auth.officerBySender(press.channel, press.sender)
  const pressed =
    !officer || officer.disabled || officer.role === 'auditor'
      ? { outcome: 'unbound' as const, task: null, heldBy: null }
      : await does(parts, officer, press, noted.card)
  if (naming.has(pressed.outcome))
    await parts.name({ channel: press.channel, sender: press.sender, taskId: noted.card.taskId })
  if (pressed.outcome === 'later') await cards.again(cardId, at + LATER_MS, at)
  await cards.concluded(codeHash, pressed.outcome)
  return pressed
}

/** He sees it, or has it: what he says next is about it. */
const naming = new Set<PressOutcome>(['leased', 'mine', 'viewed'])

async function does(
  parts: PressParts,
  officer: Officer,
  { act }: Press,
  card: { taskId: string; fence: number },
): Promise<Pressed> {
  const leased = act === 'lease' ? await parts.officer.lease(officer, card.taskId, card.fence) : null
  if (leased?.ok) return { outcome: 'leased', task: leased.value, heldBy: null }
  const found = await parts.officer.task(officer, card.taskId)
  const task = found.ok ? found.value.task : null
  return { outcome: outcomeOf(officer, act, card.fence, task), task, heldBy: leased?.refusal.heldBy ?? null }
}

function outcomeOf(officer: Officer, act: CardAct, fence: number, task: TaskView | null): PressOutcome {
  if (!task || task.status === 'done' || task.status === 'cancelled') return 'gone'
  if (act === 'view') return 'viewed'
  const held = task.status === 'leased' || task.status === 'paused'
  if (held) return task.assigneeId === officer.id ? 'mine' : 'taken'
  return act === 'later' && task.fence === fence ? 'later' : 'changed'
}
