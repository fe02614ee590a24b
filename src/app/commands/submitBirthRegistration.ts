import { z } from 'zod'
import type { Json } from '../../conversation/types.ts'
import type { Application, BirthRegistration, BirthRegistrationCase } from '../../domain/application.ts'
import { maskName } from '../../domain/mask.ts'
import { publicNumber } from '../../domain/number.ts'
import { limitsOf } from '../../domain/packs/limits.ts'
import type { Task } from '../../domain/task.ts'
import { openTask, taskCreated } from '../../domain/taskState.ts'
import type { DueDates } from '../../domain/workingDays.ts'
import { shanghaiDate } from '../../domain/world.ts'
import { officesOf } from '../offices.ts'
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
  const content = read(args, context)
  const application = newApplication(content, context)
  const subject = { matter: application.matter, subject: content.applicantId, period: content.birthDate }
  const holder = await context.tx.applications.subjectHolder(subject)
  if (holder) return duplicate(holder, context)

  const pack = context.parts.packFor(content.regionCode)
  const due = context.parts.dueDates(shanghaiDate(context.at), limitsOf(pack, application))
  const office = (await officesOf(context.parts, context.tx, [content.regionCode]))(content.regionCode)
  await context.tx.applications.insert(application)
  await context.tx.applications.claimSubject(subject, application.id)
  const task = newTask(application, due, context)
  await context.tx.tasks.insert(task, taskCreated(task, residentActor(context)))
  await context.tx.audit.add({
    actor: residentActor(context),
    action: 'application.submit',
    objectKind: 'application',
    objectId: application.id,
    regionCode: application.regionCode,
    detail: { matter: application.matter, online: true },
    at: context.at,
  })
  if (!office.covered) await askHomeToPassOn(application, context)
  return outcome('submitted', {
    applicationNumber: application.number,
    promiseDue: due.promiseDue,
    legalDue: due.legalDue,
    provisional: due.provisional,
    officeName: office.name,
    officePhone: office.phone,
  })
}

/** Nobody sees a case of a place without an officer: the home county is asked to bring it there. */
async function askHomeToPassOn(application: Application, { parts, tx, at }: CommandContext): Promise<void> {
  const regionCode = parts.settings.homeRegion
  const due = parts.addWorkingDays(shanghaiDate(at), parts.settings.callBackDays)
  const task = openTask({
    id: parts.world.newId(),
    source: 'noOfficer',
    regionCode,
    // The home county does not see the cases of other places, only that there is one.
    applicationId: null,
    summary: parts.text('zh-CN', 'app.task.noOfficer', {
      number: application.number,
      place: application.content.regionName,
    }),
    promiseDue: due.date,
    dueProvisional: due.provisional,
    createdAt: at,
  })
  await tx.tasks.insert(task, taskCreated(task, { kind: 'system' }))
  await tx.audit.add({
    actor: { kind: 'system' },
    action: 'application.noOfficer',
    objectKind: 'application',
    objectId: application.id,
    regionCode,
    detail: { number: application.number, place: application.regionCode },
    at,
  })
}

function residentActor({ residentId }: CommandContext) {
  return { kind: 'resident' as const, id: residentId }
}

async function duplicate(applicationId: string, context: CommandContext) {
  const held = await context.tx.applications.byId(applicationId)
  // Whose case it is must not be told: the number goes out only to the one who filed it.
  const own = held?.residentId === context.residentId ? held.number : null
  return outcome('duplicate', { applicationNumber: own })
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
        event: { type: 'submitted', online: true, assisted: content.proxy !== null },
      },
    ],
  }
}

function newTask(application: BirthRegistrationCase, due: DueDates, { parts, at }: CommandContext): Task {
  const { content } = application
  return openTask({
    id: parts.world.newId(),
    source: 'applicationStep',
    regionCode: application.regionCode,
    applicationId: application.id,
    summary: parts.text('zh-CN', 'app.task.birthRegistration', {
      name: maskName(content.applicantName),
      stage: content.stage,
      date: content.birthDate,
    }),
    promiseDue: due.promiseDue,
    legalDue: due.legalDue,
    dueProvisional: due.provisional,
    createdAt: at,
  })
}
