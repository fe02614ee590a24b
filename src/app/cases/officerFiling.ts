import type { Actor, Application } from '../../domain/application.ts'
import { maskName } from '../../domain/mask.ts'
import { publicNumber } from '../../domain/number.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import type { Task } from '../../domain/task.ts'
import { officerActor } from '../../domain/taskState.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { Outcome } from '../app.ts'
import type { OfficerFiling } from '../caseUse.ts'
import { caseTaskOf } from './caseTask.ts'
import { eyesOf } from '../officer/eyes.ts'
import { decideTask, leaseTaskById, refused, type HeldCase } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Scope, Tx } from '../ports.ts'
import { tellResident } from '../tellResident.ts'
import { atOffice, copyAtWindow } from './copyAtWindow.ts'
import { fileCase } from './fileCase.ts'
import { typedCode } from './shortCodes.ts'
import { keepVouched, vouchedAtWindow } from './vouched.ts'
import { windowApplication, type WindowContent } from './windowContent.ts'

/** A code has eight digits and ten minutes: who may guess ten times an hour finds one in some thousand years. */
const WRONG_CODES_PER_HOUR = 10
const HOUR_MS = 3_600_000
const WRONG_CODE = 'officer.assistRefused'

export interface Filed {
  application: Application
  task: Task
  repeated: boolean
}

/**
 * Files a case for the person before the officer, in one transaction: application, claim, task, and the task's lease, for he is
 * the first receiver. With the resident's code it is the resident's own case, who is told what was done in his name; at the
 * window it is nobody's chat. The same key answers the case that was filed under it.
 */
export async function fileForResident(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  filing: OfficerFiling,
): Promise<Outcome<Filed>> {
  const eyes = eyesOf(officer)
  if (!covers(officer.regionCode, filing.content.regionCode))
    return refused({ code: 'badInput', fields: ['regionCode'] })
  await tx.as({ kind: 'system' })
  const before = await tx.windowFilings.find(officer.id, filing.key)
  if (before) return repeated(tx, before, eyes)
  const filed = await fileAnew(parts, tx, officer, filing)
  if (filed.ok || !ownTwin.includes(filed.refusal.code)) return filed
  // The same form, sent twice at once, may have been filed since the first look.
  await tx.as({ kind: 'system' })
  const twin = await tx.windowFilings.find(officer.id, filing.key)
  return twin ? repeated(tx, twin, eyes) : filed
}

/** How a form that was filed a moment ago stands in its own way: the case is there, or the code is used. */
const ownTwin: readonly string[] = ['alreadyDone', 'badInput']

async function fileAnew(parts: AppParts, tx: Tx, officer: Officer, filing: OfficerFiling): Promise<Outcome<Filed>> {
  const resident = await residentOf(parts, tx, officer, filing)
  if (!resident.ok) return resident
  const begun = newApplication(parts, officer, filing, resident.value)
  const vouched = filing.vouched.map(material => vouchedAtWindow(parts, begun.regionCode, material))
  if (vouched.includes(null)) return refused({ code: 'badInput', fields: ['vouched'] })
  const copied = filing.identitySeen ? await copyAtWindow(parts, tx, officer, begun) : null
  const actor = officerActor(officer)
  const application = copied && begun.matter === 'certificateReissue' ? atOffice(parts, begun, copied) : begun
  const filed = await fileCase(parts, tx, { application, summary: summaryOf(parts, filing.content), actor })
  if (!filed.ok) return refused({ code: 'alreadyDone' })
  await tx.windowFilings.insert(officer.id, filing.key, application)
  const kept = await keepVouched(parts, tx, application, { actor, vouched: vouched.filter(one => one !== null) })
  if (filing.way === 'assisted') await tellHim(parts, tx, officer, application)
  await tx.as(eyesOf(officer))
  const leased = await leaseTaskById(parts, tx, officer, filed.task.id, null)
  if (!leased.ok) return leased
  if (copied) return giveAtOnce(parts, tx, officer, { application: kept, task: leased.value })
  return { ok: true, value: { application: kept, task: leased.value, repeated: false } }
}

/** The officer grants it in the same breath; that he has seen who it is stands in the audit trail under his name. */
async function giveAtOnce(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { application, task }: HeldCase,
): Promise<Outcome<Filed>> {
  await tx.audit.add({
    actor: officerActor(officer),
    action: 'application.identitySeen',
    objectKind: 'application',
    objectId: application.id,
    regionCode: application.regionCode,
    detail: { byRegister: true },
    at: parts.world.now(),
  })
  const granted = await decideTask(parts, tx, officer, application.id, task.fence, { decision: 'granted' })
  if (!granted.ok) return granted
  await tx.as(eyesOf(officer))
  const closed = (await tx.tasks.byId(task.id)) ?? task
  return { ok: true, value: { application: granted.value.application, task: closed, repeated: false } }
}

async function repeated(tx: Tx, id: string, eyes: Scope): Promise<Outcome<Filed>> {
  await tx.as(eyes)
  const application = await tx.applications.byId(id)
  const task = application && caseTaskOf(await tx.tasks.ofApplication(id))
  return task ? { ok: true, value: { application, task, repeated: true } } : refused({ code: 'notFound' })
}

/** Whose case it is: the resident of the code, else a new person whom no chat knows. */
async function residentOf(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { way, assistCode }: OfficerFiling,
): Promise<Outcome<string>> {
  if (way === 'window') return { ok: true, value: parts.world.newId() }
  const at = parts.world.now()
  const wrong = await tx.audit.count({ actorId: officer.id, action: WRONG_CODE, since: at - HOUR_MS })
  const code =
    assistCode === null || wrong >= WRONG_CODES_PER_HOUR
      ? null
      : await tx.shortCodes.redeem(parts.hashToken(typedCode(assistCode)), 'assist', at)
  if (!code?.residentId) return { ok: false, refusal: { code: 'badInput', fields: ['assistCode'] } }
  const own = (await tx.officers.residentsOf(officer.id)).includes(code.residentId)
  return own ? refused({ code: 'ownCase' }) : { ok: true, value: code.residentId }
}

/** Written in a transaction of its own, for the refused one leaves nothing behind. */
export async function noteWrongCode(parts: AppParts, officer: Officer): Promise<void> {
  await parts.store.transaction({ kind: 'system' }, tx =>
    tx.audit.add({
      actor: officerActor(officer),
      action: WRONG_CODE,
      objectKind: 'officer',
      objectId: officer.id,
      regionCode: officer.regionCode,
      detail: {},
      at: parts.world.now(),
    }),
  )
}

function newApplication(parts: AppParts, officer: Officer, filing: OfficerFiling, residentId: string): Application {
  const { way, whyNotOnline, whyNotOnlineNote, content } = filing
  const at = parts.world.now()
  const id = parts.world.newId()
  const actor: Actor = officerActor(officer)
  const event = {
    ...{ type: 'submitted' as const, online: way === 'assisted', assisted: true, way, officerId: officer.id },
    ...(way === 'window' ? { whyNotOnline, whyNotOnlineNote } : { whyNotOnline: null }),
  }
  return windowApplication(content, parts.regionName(content.regionCode), {
    ...{ id, residentId, regionCode: content.regionCode, receivedAt: at },
    number: publicNumber(prefixes[content.matter], at, parts.world.randomBytes(8)),
    actions: [{ applicationId: id, seq: 1, at, actor, event }],
  })
}

/** First letters of the numbers: 生育登记, 再生育证, 补换证. */
const prefixes: Record<WindowContent['matter'], string> = {
  birthRegistration: 'SY',
  additionalBirthPermit: 'ZS',
  certificateReissue: 'BH',
}

function summaryOf(parts: AppParts, content: WindowContent): string {
  const name = maskName(content.applicantName)
  if (content.matter !== 'birthRegistration') return parts.text('zh-CN', `app.task.${content.matter}AtWindow`, { name })
  return parts.text('zh-CN', 'app.task.birthRegistration', { name, stage: content.stage, date: content.birthDate })
}

async function tellHim(parts: AppParts, tx: Tx, officer: Officer, application: Application): Promise<void> {
  const { promiseDue } = parts.clocks(application)
  await tellResident(parts, tx, application.residentId, {
    key: 'app.told.assisted',
    values: {
      officer: officer.name,
      number: application.number,
      matter: application.matter,
      day: shanghaiDate(application.receivedAt),
      promiseDue,
    },
    dedupeKey: `assisted:${application.id}`,
  })
}
