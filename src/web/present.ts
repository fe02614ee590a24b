import type { ApplicationView, ResidentApplicationView, TaskView } from '../app/app.ts'
import type { NoticeSheet } from '../app/notices/noticeSheet.ts'
import type { NoticeDraft, NoticePrint } from '../app/notices/noticeUse.ts'
import type { HistoryEntry } from '../app/ports.ts'
import type { AuditRecord, SealCheck } from '../domain/audit.ts'
import type { Application } from '../domain/application.ts'
import { maskAnswer } from '../domain/mask.ts'
import type { Officer } from '../domain/officer.ts'
import type { TaskDetail } from '../domain/task.ts'
import { shanghaiTime, type Instant } from '../domain/world.ts'

/** Fields are named one by one: what is added inside never leaves by accident. */

const time = (at: Instant | null): string | null => (at === null ? null : shanghaiTime(at))

export function officerJson(officer: Officer) {
  const { id, username, name, role, regionCode, officePhone } = officer
  return { id, username, name, role, regionCode, officePhone }
}

/** `nameOf`: full Chinese name of a place. */
export function taskJson(task: TaskView, officer: Officer, nameOf: (code: string) => string | null) {
  const { id, source, regionCode, applicationId, summary, status, fence, promiseDue, legalDue, dueProvisional } = task
  const { assigneeName, firstReceiverName, overdue, allowedActions, family } = task
  return {
    ...{ id, source, regionCode, applicationId, summary, status, fence, promiseDue, legalDue, dueProvisional },
    ...{ assigneeName, firstReceiverName, overdue, allowedActions },
    family: family && { id: family.id, name: family.name },
    ...{ offer: offerJson(task, officer), raisedTo: task.raisedTo },
    ...{ urges: task.urges.total, reopenings: task.reopenings },
    place: placeWithin(nameOf(officer.regionCode) ?? '', nameOf(task.regionCode) ?? ''),
    createdAt: shanghaiTime(task.createdAt),
    closedAt: time(task.closedAt),
    leaseUntil: time(task.leaseUntil),
  }
}

function offerJson({ offer, offerNames }: TaskView, officer: Officer) {
  if (!offer || !offerNames) return null
  return { ...offerNames, toMe: offer.to === officer.id, until: shanghaiTime(offer.until) }
}

/** Where, as seen from the officer: 沼山镇下柯村 for the county, 下柯村 for the town, empty for the village itself. */
export const placeWithin = (around: string, place: string) =>
  place.startsWith(around) ? place.slice(around.length) : place

/** The answers of a half-filled case, masked, for the officer who holds it; `reveal` shows them as they are. */
export function taskDetailJson(task: TaskView, officer: Officer) {
  if (!task.detail || task.assigneeId !== officer.id) return null
  const { flow, step, answers, channel = null, application = null } = task.detail
  const masked = Object.entries(answers).map(([key, value]): [string, Answer] => [key, maskAnswer(key, value)])
  return { flow, step, answers: Object.fromEntries(masked), channel, application }
}

type Answer = TaskDetail['answers'][string]

export function applicationJson(view: ApplicationView) {
  const { id, number, matter, status, regionCode, regionName, promiseDue, legalDue, dueProvisional } = view
  const { certificateNumber, allowedActions, taskId } = view
  return {
    ...{ id, number, matter, status, regionCode, regionName, promiseDue, legalDue, dueProvisional },
    ...{ certificateNumber, allowedActions, taskId },
    receivedAt: shanghaiTime(view.receivedAt),
    fields: view.fields.map(({ key, label, value, masked }) => ({ key, label, value, masked })),
    log: view.log.map(({ at, type, actor, note }) => ({ at: shanghaiTime(at), type, actor, note })),
    rating: view.rating && ratingJson(view.rating),
    ...lifeJson(view),
  }
}

function ratingJson({ level, reasons, comment }: NonNullable<ApplicationView['rating']>) {
  return { level, reasons, comment }
}

function lifeJson(view: ApplicationView) {
  const { way, whyNotOnline, firstReceiver, acceptedBySilence, paused, clockStopped, notices, photos, confirmation } =
    view
  const { certificateStatus, breachOpen, duplicates } = view
  return {
    ...{ way, whyNotOnline, firstReceiver, acceptedBySilence, paused, clockStopped, notices, photos },
    ...{ certificateStatus, breachOpen },
    confirmation: { open: confirmation.open, answer: confirmation.answer },
    duplicates: duplicates.map(({ id, place, reasons }) => ({ id, place, reasons })),
  }
}

/** `publicUrl`: where the check page of the certificate stands. */
export function residentApplicationJson(view: ResidentApplicationView, publicUrl: string) {
  const { id, number, matter, status, promiseDue, legalDue, certificateNumber, office, officePhone } = view
  return {
    id,
    number,
    matter,
    status,
    promiseDue,
    legalDue,
    certificateNumber,
    verifyUrl: view.checkCode === null ? null : verifyUrl(publicUrl, view.checkCode),
    office,
    officePhone,
    receivedAt: shanghaiTime(view.receivedAt),
    dueProvisional: view.dueProvisional,
    clockStopped: view.clockStopped,
    acceptedBySilence: view.acceptedBySilence,
    firstReceiver: view.firstReceiver,
    certificateStatus: view.certificateStatus,
    allowedActions: view.allowedActions,
    notices: view.notices,
    ...{ handler: view.handler, mayUrge: view.mayUrge, urgeFrom: view.urgeFrom },
  }
}

/** The page where anybody checks a certificate; in the QR code of the PDF and in the holder's list. */
export const verifyUrl = (publicUrl: string, checkCode: string): string => `${publicUrl}/verify/${checkCode}`

/** Unmasked, once, against a reason. */
export function revealedJson(application: Application) {
  const { matter, content } = application
  const { applicantName, applicantId, phone, proxy, regionCode, regionName } = content
  return {
    ...{ matter, applicantName, applicantId, phone, regionCode, regionName },
    proxy: proxy && { name: proxy.name, relation: proxy.relation, consentAt: shanghaiTime(proxy.consentAt) },
    ...revealedOf(application),
  }
}

function revealedOf({ matter, content }: Application) {
  switch (matter) {
    case 'birthRegistration': {
      const { registrant, stage, birthDate, childName, earlierChildren, married } = content
      return { registrant, stage, birthDate, childName, earlierChildren, married }
    }
    case 'additionalBirthPermit': {
      const { spouseName, spouseId, livingChildren, ground } = content
      return { spouseName, spouseId, livingChildren, ground }
    }
    case 'certificateReissue': {
      const { document, reason, oldNumber, change } = content
      return { document, reason, oldNumber, change }
    }
  }
}

/** An entry of the audit trail. */
export function auditJson(record: AuditRecord) {
  const { id, at, actor, action, objectKind, objectId, regionCode, detail } = record
  const none = { id: null, role: null, regionCode: null }
  const who = actor.kind === 'officer' ? { id: actor.id, role: actor.role, regionCode: actor.regionCode } : none
  return {
    ...{ id, action, objectKind, objectId, regionCode, detail },
    at: shanghaiTime(at),
    actor: { kind: actor.kind, ...who, ...(actor.kind === 'resident' ? { id: actor.id } : {}) },
  }
}

export function sealJson({ firstBroken, sealedAt, seals, entries }: SealCheck) {
  return { whole: firstBroken === null, firstBroken, sealedAt: time(sealedAt), seals, entries }
}

/** A notice set out for reading, with its text for the ear. */
export function noticeJson({ notice, times }: NoticePrint, { sheet, spoken }: { sheet: NoticeSheet; spoken: string }) {
  const { number, kind, matter, edition, hash } = notice
  return {
    ...{ number, kind, matter, edition, hash, sheet, spoken },
    issuedAt: shanghaiTime(notice.issuedAt),
    readAt: time(times.read),
    confirmedAt: time(times.confirmed),
  }
}

export function noticeDraftJson({ materials, notices, open, fence }: NoticeDraft) {
  return {
    materials: materials?.map(({ id, name, onlyIf }) => ({ id, name, onlyIf })) ?? null,
    ...{ notices, open, fence },
  }
}

/** A page of history. A pressed choice is stored by its key and shown by the label that stood on it. */
export function historyJson(entries: readonly HistoryEntry[]) {
  const choices = entries.flatMap(({ replies }) => replies.flatMap(reply => reply.choices ?? []))
  const labels = new Map(choices.map(({ key, label }) => [key, label]))
  return entries.map(({ id, from, at, text, replies }) => ({
    id,
    from,
    at: shanghaiTime(at),
    text: text === null ? null : (labels.get(text) ?? text),
    replies,
  }))
}
