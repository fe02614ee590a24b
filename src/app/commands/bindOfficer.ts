import { z } from 'zod'
import { outcome, type CommandHandler } from './command.ts'

/** Binds this chat to the officer who made the code on his own page. Outcomes: `bound`, `badCode`. */
export const bindOfficer: CommandHandler = async (args, { parts, tx, address, at }) => {
  const { code } = z.object({ code: z.string() }).parse(args)
  const { channel, sender } = address
  const officer = await tx.officers.redeemBindingCode({ codeHash: parts.hashToken(code), channel, sender, at })
  if (!officer) return outcome('badCode')
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
