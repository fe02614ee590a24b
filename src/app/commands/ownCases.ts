import { z } from 'zod'
import type { Json } from '../../conversation/types.ts'
import { allowedActions } from '../../domain/allowedActions.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import { assistCode as freshAssistCode } from '../cases/residentCases.ts'
import { withdrawCase } from '../cases/residentSteps.ts'
import { outcome, type CommandHandler } from './command.ts'

/** 撤回: which of his own cases this resident can take back, newest first. Outcomes: `listed` with items, `none`. */
export const withdrawable: CommandHandler = async (_args, { tx, residentId }) => {
  const own = await tx.applications.ofResident(residentId)
  const items = own
    .filter(({ actions }) => allowedActions(foldApplication(actions), 'resident').includes('withdraw'))
    .map(({ id, number, matter }): Json => ({ id, number, matter }))
  return items.length > 0 ? outcome('listed', { items }) : outcome('none')
}

/** Takes one of them back. Outcomes: `withdrawn`, `notAllowed`, `notFound`; a foreign case is not there. */
export const withdrawApplication: CommandHandler = async (args, { parts, tx, residentId }) => {
  const { applicationId: id } = z.object({ applicationId: z.string() }).parse(args)
  const done = await withdrawCase(parts, tx, residentId, { id, reason: null })
  if (done.ok) return outcome('withdrawn', { number: done.value.number })
  return outcome(done.refusal.code === 'notFound' ? 'notFound' : 'notAllowed')
}

/** 请人帮我办: the resident's own code for whoever helps him. Outcome: `made`. */
export const assistCode: CommandHandler = async (_args, { parts, tx, residentId }) => {
  const { code } = await freshAssistCode(parts, tx, residentId)
  return outcome('made', { code: `${code.slice(0, 4)} ${code.slice(4)}` })
}
