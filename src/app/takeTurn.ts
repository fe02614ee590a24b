import type { Command, CommandResult, Effect, TurnContext, TurnResult } from '../conversation/types.ts'
import type { Officer } from '../domain/officer.ts'
import { shanghaiDate } from '../domain/world.ts'
import type { App, InboundMessage } from './app.ts'
import { commandScope, orderedTask, runCommand } from './commands/registry.ts'
import { heedLoss } from './grief/heedLoss.ts'
import { openHandoffs } from './handoff.ts'
import type { AppParts } from './parts.ts'
import { emptied } from './privacy/emptied.ts'
import { Conflict, type OpenedTurn, type TurnAnswer, type TurnRecord, type Tx } from './ports.ts'
import { inWhosePlace } from './tasks/inWhosePlace.ts'
import { serially } from './serially.ts'

/** Another instance moved the conversation first this many times in a row: something is wrong, not busy. */
const MAX_ATTEMPTS = 8

/** More commands than this in one turn is a flow that runs in a circle. */
const MAX_COMMANDS = 10

/**
 * One turn: one inbound message and all that it causes, in one transaction.
 *
 * A turn without commands shares a statement with its neighbours (group commit); one with commands has a
 * transaction of its own, in which the commands run. Both end in the same compare-and-set on the conversation:
 * who loses opens again, and then finds either the moved conversation or the stored answer.
 * @throws only on provider failure (database gone); the caller answers so that the platform delivers again.
 */
export function makeTakeTurn(parts: AppParts): App['takeTurn'] {
  const inOrder = serially()
  return message => inOrder(`${message.address.channel} ${message.address.sender}`, () => attempt(parts, message))
}

async function attempt(parts: AppParts, message: InboundMessage): Promise<TurnAnswer> {
  const failures: unknown[] = []
  for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts++) {
    const opened = await parts.store.turns.open(message.address, message.receivedAt)
    if (opened.stored) return { ...opened.stored, repeated: true }
    parts.crash('turn.opened')
    const answer = await takeOpened(parts, message, opened, failures)
    if (answer) {
      parts.crash('turn.afterCommit')
      if (answer.delivery === 'outbox') parts.wake.outbox([])
      return answer
    }
  }
  throw new Conflict(`a conversation moved ${MAX_ATTEMPTS} times under one turn`)
}

/** Null when the turn is to be taken again: somebody else was faster, or a command failed and may not fail twice. */
async function takeOpened(
  parts: AppParts,
  message: InboundMessage,
  opened: OpenedTurn,
  failures: unknown[],
): Promise<TurnAnswer | null> {
  const context = contextOf(parts, opened)
  const result = parts.converse(opened.conversation, message.input, context)
  if (!result.command && !needsPerson(result.effects)) {
    const record = recordOf(parts, message, opened, context, result)
    parts.crash('turn.beforeCommit')
    const outcome = await parts.store.turns.commit(record)
    if (outcome === 'released') parts.wake.outbox([])
    return outcome === 'conflict' ? null : record.answer
  }
  const answering = { parts, message, opened, context, broken: failures.length > 1, empties: false }
  try {
    return await parts.store.transaction({ kind: 'system' }, tx => takeInTransaction(answering, tx, result))
  } catch (error) {
    if (error instanceof Conflict) return null
    if (answering.broken) throw failures[0]
    // Once may be the database; twice is a fault of ours, and then the person is told and an officer asked.
    failures.push(error)
    parts.report(error, `command ${result.command?.name ?? 'handoff'}`)
    return null
  }
}

/** One attempt at a turn with commands. `broken`: they failed twice already and are answered with `failed`, unasked. */
interface Answering {
  parts: AppParts
  message: InboundMessage
  opened: OpenedTurn
  context: TurnContext
  broken: boolean
  /** A command of this attempt asked to let go of drafts and open sessions. */
  empties: boolean
}

/** All but the session in hand, which has just ended or says its last words. */
function emptiedIfAsked({ empties }: Answering, result: TurnResult): TurnResult {
  if (!empties) return result
  return { ...result, conversation: emptied(result.conversation) }
}

async function takeInTransaction(answering: Answering, tx: Tx, first: TurnResult): Promise<TurnAnswer> {
  const { parts, message, opened, context } = answering
  const held = await tx.turns.lock(opened.resident.id)
  if ((held?.version ?? 0) !== opened.version) throw new Conflict('the conversation moved')
  const result = emptiedIfAsked(answering, await runCommands(answering, tx, first))
  await tx.as({ kind: 'system' })
  await openHandoffs(parts, tx, { residentId: opened.resident.id, channel: message.address.channel }, result)
  await heedLoss(parts, tx, opened.resident.id, result.effects)
  parts.crash('command.afterRows')
  const record = recordOf(parts, message, opened, context, result)
  const outcome = await tx.turns.commit(record)
  if (outcome === 'conflict') throw new Conflict('the message was taken meanwhile')
  if (outcome === 'released') tx.afterCommit(() => parts.wake.outbox([]))
  return record.answer
}

async function runCommands(answering: Answering, tx: Tx, first: TurnResult): Promise<TurnResult> {
  const { parts, context } = answering
  let result = first
  for (let run = 0; result.command; run++) {
    if (run === MAX_COMMANDS) throw new Error(`flow ${result.state.flow} asks for commands without end`)
    const answer = await answerCommand(answering, tx, result.command)
    const next = parts.converse(result.conversation, { kind: 'commandResult', result: answer }, context)
    result = {
      ...next,
      replies: [...result.replies, ...next.replies],
      effects: [...result.effects, ...next.effects],
      trace: [...result.trace, ...next.trace],
    }
  }
  return { ...result, replies: result.replies.map((reply, n) => ({ ...reply, id: `${context.turnId}-${n + 1}` })) }
}

async function answerCommand(answering: Answering, tx: Tx, command: Command): Promise<CommandResult> {
  const { parts, message, opened, context, broken } = answering
  if (broken) return { outcome: 'failed', values: {} }
  const { id: residentId, officerId } = opened.resident
  const officer = officerId ? workingOfficer(await tx.officers.byId(officerId)) : null
  await tx.as(commandScope(command.name, residentId, officer))
  const taskId = officer ? orderedTask(command) : null
  const place =
    officer && taskId !== null ? await inWhosePlace(parts, tx, officer, taskId) : { officer, standsInFor: null }
  const emptyConversation = () => {
    answering.empties = true
  }
  const result = await runCommand(command, {
    ...{ parts, tx, residentId, officer: place.officer, address: message.address, at: context.now },
    emptyConversation,
  })
  return place.standsInFor === null
    ? result
    : { ...result, values: { ...result.values, standsInFor: place.standsInFor } }
}

/** Who was disabled meanwhile, or only reads the audit trail, has no work in chat. */
function workingOfficer(officer: Officer | null): Officer | null {
  return officer && !officer.disabled && officer.role !== 'auditor' ? officer : null
}

function needsPerson(effects: Effect[]): boolean {
  return effects.some(({ type }) => type === 'handoff' || type === 'bereaved')
}

function contextOf(parts: AppParts, opened: OpenedTurn): TurnContext {
  const now = parts.world.now()
  return {
    turnId: parts.world.newId(),
    now,
    today: shanghaiDate(now),
    newId: () => parts.world.newId(),
    officer: opened.resident.officerId !== null,
  }
}

function recordOf(
  parts: AppParts,
  message: InboundMessage,
  opened: OpenedTurn,
  context: TurnContext,
  result: TurnResult,
): TurnRecord {
  const { passiveBudgetMs, receivedAt } = message
  const late = passiveBudgetMs !== null && parts.world.now() - receivedAt > passiveBudgetMs
  return {
    address: message.address,
    turnId: context.turnId,
    residentId: opened.resident.id,
    expectedVersion: opened.version,
    conversation: result.conversation,
    said: message.said,
    answer: {
      turnId: context.turnId,
      replies: result.replies,
      state: result.state,
      repeated: false,
      delivery: late && result.replies.length > 0 ? 'outbox' : 'passive',
    },
    effects: result.effects,
    trace: result.trace,
    at: context.now,
  }
}
