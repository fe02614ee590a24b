/** 转办 N 给 …, 同意 N, 不同意 N by chat. */
import { z } from 'zod'
import type { CommandResult, Json } from '../../conversation/types.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { mayOffer, openOffer } from '../../domain/taskState.ts'
import { colleaguesFor, type Colleague } from '../tasks/colleagues.ts'
import { acceptTask, declineTask, offerTask } from '../tasks/transfers.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'
import { liveTask, refusalTold } from './heldTask.ts'
import { askedAbout } from './officerWork.ts'

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
  const others = (await colleaguesFor(parts, tx, officer, task)).filter(({ absent }) => !absent)
  if (others.length === 0) return outcome('nobody')
  const meant = thoseNamed(others, named)
  const [only, more] = meant
  if (!only || more) {
    const officers = (only ? meant : others).map(lineOf)
    return outcome('which', { ...askedAbout(parts, officer, task, at), who: named.who ?? null, officers })
  }
  const to = only.officer
  const reason = said === '' ? parts.text('zh-CN', 'officers.noReason') : said
  const result = await offerTask(parts, tx, officer, { id: taskId, fence: task.fence, to: to.id, reason })
  if (result.ok) return outcome('offered', { to: to.name, summary: task.summary })
  return result.refusal.code === 'badInput' ? outcome('cannotTake') : refusalTold(result.refusal)
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
function thoseNamed(colleagues: Colleague[], { who, surname, to }: NamedOfficer): Colleague[] {
  if (to) return colleagues.filter(({ officer }) => officer.id === to)
  if (!who) return colleagues.length === 1 ? colleagues : []
  const same = colleagues.filter(({ officer: { name, username } }) => name === who || username === who)
  if (same.length > 0) return same
  const part = colleagues.filter(({ officer }) => Array.from(who).length > 1 && officer.name.includes(who))
  if (part.length > 0 || !surname) return part
  return colleagues.filter(({ officer }) => officer.name.startsWith(surname))
}

function lineOf({ officer: { id, name, role }, desk }: Colleague): Json {
  return { id, name, role, load: desk.leased }
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
