import { z } from 'zod'
import { askHelp as ask, helpNeeds, missingFor } from '../help/askHelp.ts'
import { outcome, type CommandHandler } from './command.ts'
import { absent } from './filing.ts'

/** What is missing to be called back. Outcome: `told` with `missing`: none, phone, both. */
export const helpPlace: CommandHandler = async (_args, { tx, residentId }) =>
  outcome('told', { missing: await missingFor(tx, residentId) })

const wish = z.object({
  need: z.enum(helpNeeds),
  words: absent(z.string().max(200)),
  region: absent(z.string().regex(/^\d{6}(\d{3}(\d{3})?)?$/)),
  phone: absent(z.string().max(20)),
})

/** 暖心求助 becomes a task for a human. Outcomes: `named` with who calls; `asked`; both with the day. */
export const askHelp: CommandHandler = async (args, { parts, tx, residentId, address }) => {
  const given = wish.parse(args)
  const { person, by } = await ask(parts, tx, { ...given, residentId, channel: address.channel })
  return person === null ? outcome('asked', { by }) : outcome('named', { person, by })
}
