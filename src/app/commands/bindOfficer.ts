import { z } from 'zod'
import type { CommandResult } from '../../conversation/types.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'

/** A code has six digits and ten minutes: who may guess five times an hour finds one in some twenty years. */
const WRONG_CODES_PER_HOUR = 5
const HOUR_MS = 3_600_000

/**
 * Binds this chat to the officer who made the code on his own page. Outcomes: `bound`, `badCode`; the latter also, whatever
 * the code, for who guessed wrong too often within an hour.
 */
export const bindOfficer: CommandHandler = async (args, context) => {
  const { parts, tx, address, at, residentId } = context
  const { code } = z.object({ code: z.string() }).parse(args)
  const wrong = await tx.audit.count({ actorId: residentId, action: WRONG_CODE, since: at - HOUR_MS })
  if (wrong >= WRONG_CODES_PER_HOUR) return outcome('badCode')
  const { channel, sender } = address
  const officer = await tx.officers.redeemBindingCode({ codeHash: parts.hashToken(code), channel, sender, at })
  if (!officer) return noteWrongCode(context)
  await tx.audit.add({
    actor: { kind: 'officer', id: officer.id, role: officer.role, regionCode: officer.regionCode },
    action: 'officer.bind',
    objectKind: 'officer',
    objectId: officer.id,
    regionCode: officer.regionCode,
    detail: { channel },
    at,
  })
  return outcome('bound', { name: officer.name })
}

const WRONG_CODE = 'officer.bindRefused'

async function noteWrongCode({ tx, address, at, residentId }: CommandContext): Promise<CommandResult> {
  await tx.audit.add({
    actor: { kind: 'resident', id: residentId },
    action: WRONG_CODE,
    objectKind: 'resident',
    objectId: residentId,
    regionCode: null,
    detail: { channel: address.channel },
    at,
  })
  return outcome('badCode')
}
