import { z } from 'zod'
import type { Json } from '../../conversation/types.ts'
import { refusablePurposes, type MessagePurpose } from '../../domain/message/purpose.ts'
import { optIn, optOut } from '../messages/mutes.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'

/* Only the sender's own choice: whose it is follows from who wrote. */

const choice = z.object({ which: z.enum(['all', 'survey', 'calendar', 'care']) })

/** 退订 of one purpose or all. Outcomes: `refused` with their names; `already` when nothing changed. */
export const refuseMessages: CommandHandler = async (args, context) => {
  const { which } = choice.parse(args)
  const purposes = refusablePurposes.filter(purpose => which === 'all' || purpose === which)
  const changed = await optOut(context.parts, context.tx, { ...bySender(context), purposes })
  return changed.length === 0 ? outcome('already') : outcome('refused', namesOf(context, changed))
}

/** 恢复接收 of all that was refused. Outcomes: `accepted` with their names; `none`. */
export const acceptMessages: CommandHandler = async (_args, context) => {
  const changed = await optIn(context.parts, context.tx, { ...bySender(context), purposes: refusablePurposes })
  return changed.length === 0 ? outcome('none') : outcome('accepted', namesOf(context, changed))
}

const bySender = ({ residentId }: CommandContext) => ({
  residentId,
  by: { kind: 'resident' as const, id: residentId },
})

function namesOf({ parts }: CommandContext, purposes: MessagePurpose[]): Record<string, Json> {
  const names = (language: 'zh-CN' | 'en', comma: string) =>
    purposes.map(purpose => parts.text(language, `messages.purpose.${purpose}`)).join(comma)
  return { namesZh: names('zh-CN', '、'), namesEn: names('en', ', ') }
}
