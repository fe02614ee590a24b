import { z } from 'zod'
import { outcome, type CommandHandler } from './command.ts'

const asked = z.object({ applicantId: z.string().length(18) })

/**
 * Whether this person may promise instead of bringing a paper. Outcomes: `may`; `mayNot` while an earlier promise is broken
 * and not mended (国办发〔2020〕42号). Why is not said: whoever types a number must not learn it of somebody else.
 */
export const mayVouch: CommandHandler = async (args, { tx }) => {
  const { applicantId } = asked.parse(args)
  return outcome((await tx.commitments.hasOpenBreach(applicantId)) ? 'mayNot' : 'may')
}
