import type { Json } from '../../conversation/types.ts'
import { residentViewer } from '../residentView.ts'
import { outcome, type CommandHandler } from './command.ts'

/** Where this resident's own applications are, newest first. Outcomes: `found` with items, `none`. */
export const progress: CommandHandler = async (_args, context) => {
  const applications = await context.tx.applications.ofResident(context.residentId)
  if (applications.length === 0) return outcome('none')
  const shown = applications.map(await residentViewer(context.parts, context.tx, applications))
  // The check code opens the certificate's page to anybody; it does not stay in the conversation.
  const items = shown.map(({ office, ...view }): Json => ({ ...view, officeName: office, checkCode: null }))
  return outcome('found', { items })
}
