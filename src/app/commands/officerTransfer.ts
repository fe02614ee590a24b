/** 转办 N 给 …, 同意 N, 不同意 N by chat. */
import { z } from 'zod'
import type { CommandResult, Json } from '../../conversation/types.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { mayOffer, openOffer } from '../../domain/taskState.ts'
import { couldHold } from '../../domain/taskTransfer.ts'
import { shanghaiDate } from '../../domain/world.ts'
import { acceptTask, declineTask, offerTask } from '../tasks/transfers.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'
import { liveTask, refusalTold } from './heldTask.ts'

const transferred = z.object({
  taskId: z.string(),
  /** As he was named; `surname` when only that was said. */
  who: z.string().nullish(),
  surname: z.string().nullish(),
  /** An officer chosen from a list. */
  to: z.string().nullish(),
  said: z.string().default(''),
})

/**
 * Asks another officer to take the task. A name counts only when it is one person's among those who may take it. Outcomes:
 * `offered`; `which` with those who may, when it is nobody's or several's; `nobody`, `notYours`, `alreadyOffered`, `cannotTake`,
 * `over`, `notFound`.
 */
export const officerTransfer: CommandHandler = async (args, context) => {
  const { taskId, said, ...named } = transferred.parse(args)
  const { parts, tx, officer, at } = context
  const found = await liveTask(tx, officer, taskId)
  if (!found.ok || !officer) return found.ok ? outcome('notFound') : found.told
  const { task } = found
  const open = openOffer(task, at)
  if (open) return outcome('alreadyOffered', { to: (await tx.officers.byId(open.to))?.name ?? '' })
  if (!mayOffer(task, officer, at)) return outcome('notYours')
  const others = await takers(context, officer, task)
  if (others.length === 0) return outcome('nobody')
  const [to, ...more] = officersNamed(others, named)
  if (!to || more.length > 0)
    return which(context, task, { others: to ? [to, ...more] : others, who: named.who ?? null })
  const reason = said === '' ? parts.text('zh-CN', 'officers.noReason') : said
  const result = await offerTask(parts, tx, officer, { id: taskId, fence: task.fence, to: to.id, reason })
  if (result.ok) return outcome('offered', { to: to.name, summary: task.summary })
  return result.refusal.code === 'badInput' ? outcome('cannotTake') : refusalTold(result.refusal)
}

/** Who works today and could hold it, but for the one who asks and the one who has it. */
async function takers({ tx, at }: CommandContext, officer: Officer, task: Task): Promise<Officer[]> {
  const staff = await tx.staff.around([task.regionCode], shanghaiDate(at))
  return staff
    .filter(({ absent }) => absent === null)
    .map(member => member.officer)
    .filter(other => other.id !== officer.id && other.id !== task.assigneeId && couldHold(task, other))
}

interface NamedOfficer {
  who?: string | null | undefined
  surname?: string | null | undefined
  to?: string | null | undefined
}

/**
 * Those of them who are meant: the one chosen, else those of that name or user name, else those whose name holds it, else those
 * of that surname. Everybody when nobody was named.
 */
export function officersNamed(officers: readonly Officer[], { who, surname, to }: NamedOfficer): Officer[] {
  if (to) return officers.filter(({ id }) => id === to)
  if (!who) return officers.length === 1 ? [...officers] : []
  const same = officers.filter(({ name, username }) => name === who || username === who)
  if (same.length > 0) return same
  const part = officers.filter(({ name }) => Array.from(who).length > 1 && name.includes(who))
  if (part.length > 0 || !surname) return part
  return officers.filter(({ name }) => name.startsWith(surname))
}

async function which(
  { tx, at }: CommandContext,
  task: Task,
  { others, who }: { others: Officer[]; who: string | null },
): Promise<CommandResult> {
  const desks = await tx.tasks.desks(
    others.map(({ id }) => id),
    shanghaiDate(at),
    at,
  )
  const loads = new Map(desks.map(({ officerId, leased }) => [officerId, leased]))
  const officers = others.map(({ id, name, role }): Json => ({ id, name, role, load: loads.get(id) ?? 0 }))
  return outcome('which', { taskId: task.id, who, officers })
}

const answered = z.object({ taskId: z.string().nullish(), said: z.string().default('') })

/** Yes. Outcomes: `accepted`; `noOffer`, `several` when no number was said; `ownCase`, `moved`, `notAllowed`, `over`, `notFound`. */
export const officerAgree: CommandHandler = async (args, context) => {
  const asked = await askedOf(args, context)
  if ('outcome' in asked) return asked
  const { parts, tx } = context
  const { officer, task } = asked
  const result = await acceptTask(parts, tx, officer, { id: task.id, fence: task.fence })
  return result.ok ? outcome('accepted', { summary: task.summary }) : refusalTold(result.refusal)
}

/** No. Outcomes: `declined`, and those of `officerAgree`. */
export const officerDecline: CommandHandler = async (args, context) => {
  const asked = await askedOf(args, context)
  if ('outcome' in asked) return asked
  const { parts, tx } = context
  const { officer, task } = asked
  const reason = asked.said === '' ? null : asked.said
  const result = await declineTask(parts, tx, officer, { id: task.id, fence: task.fence, reason })
  return result.ok ? outcome('declined', { summary: task.summary }) : refusalTold(result.refusal)
}

type Asked = { officer: Officer; task: Task; said: string } | CommandResult

/** The task he was asked to take: the one of the number, or the only one when no number was said. */
async function askedOf(args: Parameters<CommandHandler>[0], { tx, officer, at }: CommandContext): Promise<Asked> {
  const { taskId, said } = answered.parse(args)
  if (!officer) return outcome('notFound')
  if (taskId) {
    const found = await liveTask(tx, officer, taskId)
    if (!found.ok) return found.told
    return openOffer(found.task, at)?.to === officer.id ? { officer, task: found.task, said } : outcome('noOffer')
  }
  const [only, more] = (await tx.tasks.list({ offeredTo: { officerId: officer.id, at }, limit: 2 })).items
  if (!only) return outcome('noOffer')
  return more ? outcome('several') : { officer, task: only, said }
}
