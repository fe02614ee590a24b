import { z } from 'zod'
import type { Asked } from '../../domain/survey/kinds.ts'
import type { Json } from '../../conversation/types.ts'
import { householdsOfResident } from '../messages/households.ts'
import { keepAnswers, standOf } from '../surveys/keepAnswers.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'

/** Whose answer it is stands in slots that only an invitation, or `findSurvey`, fills. */
const askedArgs = z.object({ campaignId: z.string(), householdId: z.string() })
const beginArgs = askedArgs.extend({ join: z.enum(['now', 'later', 'no']) })

/** The newest questionnaire that waits for one of the households for which this resident speaks. Outcomes: its kind, or `none`. */
export const findSurvey: CommandHandler = async (_args, { tx, residentId, at }) => {
  const householdIds = await householdsOfResident(tx, residentId)
  const [found] = await tx.surveys.openFor(householdIds, at)
  if (!found) return outcome('none')
  return outcome(found.kind, { campaignId: found.campaignId, householdId: found.householdId })
}

/** What the household says to the invitation. Outcomes: `open`, `later`, `declined`, `finished`, `closed`. */
export const beginSurvey: CommandHandler = async (args, { tx, at }) => {
  const { campaignId, householdId, join } = beginArgs.parse(args)
  const asked = { campaignId, householdId }
  const household = await tx.surveys.lock(asked)
  const stand = household ? standOf(household, at) : 'closed'
  if (stand !== 'open') return outcome(stand)
  if (join === 'now') await tx.surveys.opened(asked, at)
  else await tx.surveys.reply(asked, join === 'later' ? 'later' : 'declined', at)
  return outcome(join === 'now' ? 'open' : join === 'later' ? 'later' : 'declined')
}

/** Keeps what was answered so far. Outcomes: `kept`, `finished` (by another way), `closed`. */
export const keepSurvey: CommandHandler = async (args, context) => {
  const kept = await keepFrom(args, context, false)
  return outcome(kept.kind === 'already' ? 'finished' : kept.kind === 'closed' ? 'closed' : 'kept')
}

/** Hands the answer in. Outcomes: `finished`, `already`, `closed`. */
export const finishSurvey: CommandHandler = async (args, context) => {
  const kept = await keepFrom(args, context, true)
  if (kept.kind === 'incomplete') throw new Error(`the flow hands in without asking ${kept.missing}`)
  return outcome(kept.kind === 'already' || kept.kind === 'closed' ? kept.kind : 'finished')
}

function keepFrom(args: Record<string, Json>, { parts, tx }: CommandContext, finish: boolean) {
  const asked: Asked = askedArgs.parse(args)
  // What was passed over and what was not asked yet look alike in a chat: neither is an answer.
  const answers = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null))
  return keepAnswers(parts, tx, { asked, answers, way: 'chat', askedBy: null, finish })
}
