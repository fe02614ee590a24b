import { z } from 'zod'
import { complaintOffices, complaintTopics } from '../../domain/complaint/complaint.ts'
import { denounces } from '../../domain/complaint/denouncing.ts'
import { fileComplaint } from '../complaints/fileComplaint.ts'
import { settleComplaint } from '../complaints/settleComplaint.ts'
import { complaintPhone } from '../complaints/tellComplaint.ts'
import { outcome, type CommandHandler } from './command.ts'
import { absent } from './filing.ts'

/** Of a talk whose beginning was not noted, so much is blanked. */
const UNNOTED_MS = 3_600_000

const complaint = z.object({
  topic: z.enum(complaintTopics),
  words: z.string().min(1).max(500),
  photos: absent(z.array(z.string().max(200)).max(9)),
  region: z.string().regex(/^\d{6}(\d{3}(\d{3})?)?$/),
  office: z.enum(complaintOffices),
  person: absent(z.string().max(50)),
  reply: z.enum(['reply', 'anonymous']),
  /** When this talk began; absent in those that began before it was noted. */
  since: absent(z.int()),
})

/**
 * Notes when the talk about a complaint begins: what is said without a name is blanked from there on,
 * also what was said before it was begun anew. Outcome: `begun`.
 */
export const beginComplaint: CommandHandler = async ({ since }, { at }) => outcome('begun', { since: since ?? at })

/**
 * Takes a complaint in. Outcomes: `filed`, `filedAnonymous`, both with number, who handles it and the day; `denounced` and
 * `nobody`, after which nothing was kept. Without a name the chat about it is blanked, so that nothing leads from the account
 * to what was said; the answer of this turn, which stays, names neither number nor words.
 */
export const submitComplaint: CommandHandler = async (args, { parts, tx, residentId, at }) => {
  const { topic, words, photos, region, office, person, reply, since } = complaint.parse(args)
  if (reply === 'anonymous') await tx.privacy.blankChat(residentId, since ?? at - UNNOTED_MS)
  const filed = await fileComplaint(parts, tx, {
    ...{ topic, words, office, person, photos: photos ?? [], placeCode: region },
    residentId: reply === 'anonymous' ? null : residentId,
  })
  const phone = complaintPhone(parts, region)
  if (filed.kind !== 'filed') return outcome(filed.kind, { complaintPhone: phone })
  const { state } = filed
  const values = {
    complaintNumber: filed.complaint.number,
    handler: parts.regionName(state.regionCode),
    answerBy: state.due,
    complaintPhone: phone,
  }
  return outcome(reply === 'anonymous' ? 'filedAnonymous' : 'filed', values)
}

const words = z.object({ words: z.string() })

/** Whether what was written may be taken at all. Outcomes: `fine`, `denounced`. Looks at nothing and keeps nothing. */
export const checkComplaint: CommandHandler = async args =>
  outcome(denounces(words.parse(args).words) ? 'denounced' : 'fine')

const settled = z.object({ complaintId: z.string(), helped: z.enum(['helped', 'again']) })

/** What the resident says of the answer. Outcomes: `closed`, `reopened`, `nobody`, `already`. */
export const answerComplaint: CommandHandler = async (args, { parts, tx, residentId }) => {
  const { complaintId, helped } = settled.parse(args)
  return outcome(await settleComplaint(parts, tx, { complaintId, residentId, helped: helped === 'helped' }))
}
