import { z } from 'zod'
import type { Json, Language } from '../../conversation/types.ts'
import { languages } from '../../conversation/types.ts'
import { showDay } from '../../conversation/showValue.ts'
import { shanghaiDate } from '../../domain/world.ts'
import { endLink, linkByCode } from '../households/links.ts'
import { ownHouseholds, shownHousehold } from '../households/ownHouseholds.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'

/* Only ever about the sender's own links: whose they are follows from who wrote. */

/**
 * 绑定 12345678: the code that an officer showed at the door. Outcomes: `linked` with the place and the head's masked name; `wrong`,
 * `gone`, `officer` as `linkByCode` has them.
 */
export const bindHousehold: CommandHandler = async (args, { parts, tx, residentId }) => {
  const { code } = z.object({ code: z.string() }).parse(args)
  const linked = await linkByCode(parts, tx, { residentId, code })
  if (linked.kind !== 'linked') return outcome(linked.kind)
  const { place, head } = shownHousehold(parts, linked.household)
  return outcome('linked', { place, head })
}

/**
 * For which households the sender speaks, numbered; where his phone was confirmed long ago, with the wish to confirm it again.
 * Outcomes: `listed`; `lapsed` since a day, his phone having been confirmed too long ago; `none`.
 */
export const listHouseholds: CommandHandler = async (_args, context) => {
  const { links, phone, lapsedAt } = await ownHouseholds(context.parts, context.tx, context.residentId)
  if (lapsedAt !== null) {
    const [dayZh = '', dayEn = ''] = languages.map(language => showDay(language, shanghaiDate(lapsedAt)))
    return outcome('lapsed', { dayZh, dayEn })
  }
  if (links.length === 0) return outcome('none')
  const [linesZh = '', linesEn = ''] = languages.map(language => {
    const again = phone === 'longAgo' ? askAgain(context, language, links) : []
    return [linesOf(context, language, links), ...again].join('\n')
  })
  return outcome('listed', { linesZh, linesEn, count: links.length })
}

/** Ends the one with that number in the list. Outcomes: `ended`, `notThere`. */
export const endHousehold: CommandHandler = async (args, { parts, tx, residentId }) => {
  const { which } = z.object({ which: z.number().int() }).parse(args)
  const chosen = (await ownHouseholds(parts, tx, residentId)).links[which - 1]
  const by = { kind: 'resident' as const, id: residentId }
  const ended = chosen && (await endLink(parts, tx, { householdId: chosen.id, residentId, by }))
  return outcome(ended ? 'ended' : 'notThere')
}

type Links = Awaited<ReturnType<typeof ownHouseholds>>['links']

function linesOf({ parts }: CommandContext, language: Language, links: Links): string {
  return links
    .map(({ place, head, proof, since }, n) => {
      const how = parts.text(language, `households.proof.${proof}`)
      const day = showDay(language, shanghaiDate(since))
      const values: Record<string, Json> = { number: n + 1, place, head, how, day }
      return parts.text(language, 'households.line', values)
    })
    .join('\n')
}

/** Up to which day the first of his phones counts, and how it goes on. */
function askAgain({ parts }: CommandContext, language: Language, links: Links): string[] {
  const [until] = links.flatMap(link => link.until ?? []).toSorted()
  return until === undefined ? [] : [parts.text(language, 'households.askAgain', { day: showDay(language, until) })]
}
