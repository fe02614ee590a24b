import { z } from 'zod'
import { outcome, type CommandHandler } from './command.ts'

const held = z.object({ notice: z.string().nullish(), noticeNumber: z.string().nullish() })

/** 我已收到: the copy that is else signed. Outcomes: `confirmed`, also when it was before; `notFound` for a foreign number. */
export const confirmNotice: CommandHandler = async (args, { tx, residentId, at }) => {
  const { notice, noticeNumber } = held.parse(args)
  const number = notice ?? noticeNumber
  const found = number ? await tx.notices.byNumber(number) : null
  if (found?.residentId !== residentId) return outcome('notFound')
  const by = { kind: 'resident' as const, id: residentId }
  // Who says that he has it has read it, or had it read to him.
  await tx.notices.note({ number: found.number, type: 'read', by, at })
  await tx.notices.note({ number: found.number, type: 'confirmed', by, at })
  return outcome('confirmed')
}
