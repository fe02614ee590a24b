import { z } from 'zod'
import type { Json } from '../../conversation/types.ts'
import { showDay } from '../../conversation/showValue.ts'
import { languages, type Language } from '../../conversation/types.ts'
import { shanghaiDate } from '../../domain/world.ts'
import { forget, notePrivacy, withdrawPurpose } from '../privacy/forget.ts'
import { ownDataLink } from '../privacy/ownData.ts'
import type { HeldConsent } from '../privacy/privacyPort.ts'
import { correctionFields, eraseAtWish, wishCorrection } from '../privacy/wishes.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'

/* Only ever about the sender's own data: whose they are follows from who wrote, and is never said. */

/** What is held of the sender, counted. Outcome `held`. */
export const privacyOverview: CommandHandler = async (_args, context) => {
  const { tx, residentId } = context
  const held = await tx.privacy.held(residentId)
  const applications = await tx.applications.ofResident(residentId)
  const complaints = await tx.complaints.ofResident(residentId)
  return outcome('held', {
    turns: held.turns,
    photos: held.uploads,
    consents: held.consents.length,
    cases: applications.length,
    complaints: complaints.length,
  })
}

/** Sends a link to all of it, by the outbox. Outcome `sent`. */
export const sendOwnData: CommandHandler = async (_args, { parts, tx, residentId, address, at }) => {
  const { channel, sender } = address
  const id = parts.world.newId()
  const language = (await tx.turns.lock(residentId))?.conversation?.language ?? 'zh-CN'
  const reply = {
    ...{ id: `${id}-1`, kind: 'file' as const, text: parts.text(language, 'privacies.file') },
    url: ownDataLink(tx, residentId, { at, channel }),
  }
  await tx.outbox.add({
    ...{ id, residentId, channel, sender, replies: [reply], dedupeKey: `own-data:${id}`, critical: false },
    ...{ notBefore: at, createdAt: at },
  })
  tx.afterCommit(() => parts.wake.outbox([id]))
  await notePrivacy(tx, residentId, { action: 'export', detail: { channel }, at })
  return outcome('sent')
}

const correction = z.object({ field: z.enum(correctionFields), value: z.string().min(1).max(100) })

/** Outcomes: `asked` with the number of the case and the day of the answer; `noCase` where nothing was filed. */
export const requestCorrection: CommandHandler = async (args, { parts, tx, residentId, address, at }) => {
  const { channel } = address
  const asked = await wishCorrection(parts, tx, { ...correction.parse(args), residentId, channel, at })
  return asked ? outcome('asked', { applicationNumber: asked.number, answerBy: asked.answerBy }) : outcome('noCase')
}

/** Deletes what may be deleted. Outcome `deleted` with how much, and how many cases the law keeps. */
export const erasePersonal: CommandHandler = async (_args, context) => {
  const erased = await eraseAtWish(context.tx, context.residentId, context.at)
  context.emptyConversation?.()
  return outcome('deleted', { ...erased })
}

/** Consents that hold, numbered. Outcomes: `listed`, `none`. */
export const listConsents: CommandHandler = async (_args, context) => {
  const { consents } = await context.tx.privacy.held(context.residentId)
  if (consents.length === 0) return outcome('none')
  return outcome('listed', { ...linesOf(context, consents), count: consents.length })
}

/** Ends the one with that number in the list. Outcomes: `withdrawn`, `notThere`. */
export const withdrawConsent: CommandHandler = async (args, { tx, residentId, at }) => {
  const { which } = z.object({ which: z.number().int() }).parse(args)
  const chosen = (await tx.privacy.held(residentId)).consents[which - 1]
  if (!chosen || !(await withdrawPurpose(tx, residentId, chosen.purpose, at))) return outcome('notThere')
  return outcome('withdrawn')
}

/** Ends the account. Outcomes: `openCase`, as long as something is undecided; `closed`, with what the law keeps. */
export const closeAccount: CommandHandler = async (_args, context) => {
  const { tx, residentId, at } = context
  if (await tx.privacy.hasOpenCase(residentId)) return outcome('openCase')
  for (const { purpose } of (await tx.privacy.held(residentId)).consents) {
    await withdrawPurpose(tx, residentId, purpose, at)
  }
  await forget(tx, residentId, 'account', at)
  await tx.privacy.closeAccount(residentId, at)
  context.emptyConversation?.()
  return outcome('closed', { cases: (await tx.applications.ofResident(residentId)).length })
}

function linesOf({ parts }: CommandContext, consents: HeldConsent[]): Record<string, Json> {
  const lines = (language: Language) =>
    consents
      .map(({ purpose, version, at }, n) => {
        const known = purposes.find(one => one === purpose) ?? 'other'
        const name = parts.text(language, `privacies.purpose.${known}`)
        const values = { number: n + 1, name, version, day: showDay(language, shanghaiDate(at)) }
        return parts.text(language, 'privacies.consentLine', values)
      })
      .join('\n')
  const [linesZh = '', linesEn = ''] = languages.map(lines)
  return { linesZh, linesEn }
}

/** Purposes of the flows that have a name in the locales. */
const purposes = [
  'birthRegistration',
  'birthRegistrationByProxy',
  'certificates',
  'permitWish',
  'supplement',
  'serviceCalendar',
  'childcareSubsidyCheck',
  'marriageCertificateCommitment',
] as const
