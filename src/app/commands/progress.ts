import type { Json } from '../../conversation/types.ts'
import { residentApplicationView } from '../residentView.ts'
import { outcome, type CommandHandler } from './command.ts'

/** Where this resident's own applications are, newest first. Outcomes: `found` with items, `none`. */
export const progress: CommandHandler = async (_args, context) => {
  const applications = await context.tx.applications.ofResident(context.residentId)
  if (applications.length === 0) return outcome('none')
  const items: Json[] = []
  for (const application of applications) {
    const { office, ...view } = await residentApplicationView(context.parts, context.tx, application)
    items.push({ ...view, officeName: office })
  }
  return outcome('found', { items })
}
