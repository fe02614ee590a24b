import { z } from 'zod'
import type { ApplicationAction } from '../../domain/application.ts'
import { publicNumber } from '../../domain/number.ts'
import type { CommandResult } from '../../conversation/types.ts'
import type { FiledCase } from '../cases/fileCase.ts'
import { outcome, type CommandContext } from './command.ts'

/** A slot that need not be answered. */
export const absent = <T extends z.ZodType>(kind: T) => kind.nullish().transform(value => value ?? null)

/** Who asks and where, as the flows of certificates hand it in. */
export const filerSchema = z.object({
  applicantName: z.string().min(1).max(50),
  applicantId: z.string().length(18),
  phone: z.string().min(5).max(20),
  region: z.string().regex(/^\d{6}(\d{3}(\d{3})?)?$/),
})

/** What any case filed by its own resident begins with. */
export function beginning({ parts, at, residentId }: CommandContext, prefix: string) {
  const id = parts.world.newId()
  const submitted: ApplicationAction = {
    applicationId: id,
    seq: 1,
    at,
    actor: { kind: 'resident', id: residentId },
    event: { type: 'submitted', online: true, assisted: false, way: 'self', officerId: null, whyNotOnline: null },
  }
  return {
    id,
    number: publicNumber(prefix, at, parts.world.randomBytes(8)),
    residentId,
    receivedAt: at,
    actions: [submitted],
  }
}

/** Outcomes `submitted` and `duplicate`; whose case the other one is must not be told, only to the one who filed it. */
export function answerOf(filed: FiledCase, applicationNumber: string): CommandResult {
  if (!filed.ok) return outcome('duplicate', { applicationNumber: filed.isOwn ? filed.number : null })
  const { clocks, office } = filed
  return outcome('submitted', {
    applicationNumber,
    promiseDue: clocks.promiseDue,
    legalDue: clocks.legalDue,
    provisional: clocks.provisional,
    officeName: office.name,
    officePhone: office.phone,
  })
}
