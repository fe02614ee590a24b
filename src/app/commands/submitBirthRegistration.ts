import { z } from 'zod'
import type { Json } from '../../conversation/types.ts'
import type { BirthRegistration, BirthRegistrationCase } from '../../domain/application.ts'
import { maskName } from '../../domain/mask.ts'
import { publicNumber } from '../../domain/number.ts'
import { fileCase } from '../cases/fileCase.ts'
import { keepVouched, sealSchema } from '../cases/vouched.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const absent = <T extends z.ZodType>(kind: T) => kind.nullish().transform(value => value ?? null)

/** Answers of the flow by slot; what was not asked is absent. Unknown slots (consents, names of places) are left out. */
const submission = z.object({
  registrant: z.enum(['mother', 'father', 'proxy']),
  applicantName: z.string().min(1).max(50),
  applicantId: z.string().length(18),
  phone: z.string().min(5).max(20),
  proxyName: absent(z.string().min(1).max(50)),
  proxyRelation: absent(z.string().min(1).max(30)),
  stage: z.enum(['expecting', 'born']),
  birthDate: day,
  childName: absent(z.string().max(50)),
  earlierChildren: z.int().min(0).max(30),
  married: absent(z.boolean()),
  region: z.string().regex(/^\d{6}(\d{3}(\d{3})?)?$/),
})

/**
 * Files a birth registration: application, its task for the officer of the place, audit row.
 * Outcomes: `submitted`, or `duplicate` with the number of the application that holds this applicant and date.
 * The number of children never plays a part. A place without an officer keeps nobody from filing.
 */
export const submitBirthRegistration: CommandHandler = async (args, context) => {
  const { parts, tx, residentId } = context
  const application = newApplication(read(args, context), context)
  const actor = { kind: 'resident' as const, id: residentId }
  const filed = await fileCase(parts, tx, {
    application,
    summary: summaryOf(application, context),
    actor,
  })
  // Whose case it is must not be told: the number goes out only to the one who filed it.
  if (!filed.ok) return outcome('duplicate', { applicationNumber: filed.isOwn ? filed.number : null })
  const seal = sealSchema.parse(args['marriageSeal'])
  await keepVouched(parts, tx, application, { actor, vouched: [{ material: 'marriageCertificate', seal }] })
  const { clocks, office } = filed
  return outcome('submitted', {
    applicationNumber: application.number,
    promiseDue: clocks.promiseDue,
    legalDue: clocks.legalDue,
    provisional: clocks.provisional,
    officeName: office.name,
    officePhone: office.phone,
  })
}

function read(args: Record<string, Json>, { parts, at }: CommandContext): BirthRegistration {
  const { proxyName, proxyRelation, region, ...rest } = submission.parse(args)
  return {
    ...rest,
    proxy:
      rest.registrant === 'proxy' && proxyName
        ? { name: proxyName, relation: proxyRelation ?? '', consentAt: at }
        : null,
    regionCode: region,
    regionName: parts.regionName(region),
  }
}

function newApplication(content: BirthRegistration, { parts, at, residentId }: CommandContext): BirthRegistrationCase {
  const id = parts.world.newId()
  const actor = { kind: 'resident' as const, id: residentId }
  return {
    id,
    number: publicNumber('SY', at, parts.world.randomBytes(8)),
    matter: 'birthRegistration',
    regionCode: content.regionCode,
    residentId,
    receivedAt: at,
    content,
    actions: [
      {
        applicationId: id,
        seq: 1,
        at,
        actor,
        event: {
          type: 'submitted',
          online: true,
          assisted: content.proxy !== null,
          way: 'self',
          officerId: null,
          whyNotOnline: null,
        },
      },
    ],
  }
}

function summaryOf({ content }: BirthRegistrationCase, { parts }: CommandContext): string {
  return parts.text('zh-CN', 'app.task.birthRegistration', {
    name: maskName(content.applicantName),
    stage: content.stage,
    date: content.birthDate,
  })
}
