import { z } from 'zod'
import type { ApplicationAction, Filing } from '../../domain/application.ts'
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
  /** Absent in sessions that began before it was asked. */
  holder: absent(z.enum(['self', 'another'])),
  proxyName: absent(z.string().min(1).max(50)),
  proxyRelation: absent(z.string().min(1).max(30)),
})
type Filer = z.infer<typeof filerSchema>

/** Who files it, and for whom. Names that were left over when somebody said that it is for himself after all do not count. */
export function filedBy(answers: Filer, { parts, at }: CommandContext): Filing {
  const { applicantName, applicantId, phone, region, holder, proxyName, proxyRelation } = answers
  const proxy =
    holder === 'another' && proxyName ? { name: proxyName, relation: proxyRelation ?? '', consentAt: at } : null
  return {
    ...{ applicantName, applicantId, phone, proxy, forSelf: holder === 'self' },
    regionCode: region,
    regionName: parts.regionName(region),
  }
}

/** What any case filed by its own resident begins with. */
export function beginning({ parts, at, residentId }: CommandContext, prefix: string, { proxy }: Pick<Filing, 'proxy'>) {
  const id = parts.world.newId()
  const submitted: ApplicationAction = {
    applicationId: id,
    seq: 1,
    at,
    actor: { kind: 'resident', id: residentId },
    event: {
      ...{ type: 'submitted', online: true, assisted: proxy !== null, way: 'self' },
      ...{ officerId: null, whyNotOnline: null },
    },
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
