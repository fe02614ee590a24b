import type { CommandResult } from '../../conversation/types.ts'
import type { Application, CertificateReissueCase } from '../../domain/application.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import type { Certificate } from '../../domain/certificate.ts'
import { GUESS_LOCK_MS, type RegisterEntry } from '../../domain/certificateRegister.ts'
import { frozenClocks } from '../../domain/clocks.ts'
import { marksOf } from '../../domain/duplicates.ts'
import { proveIdentity, type Proof } from '../../domain/identityProof.ts'
import { showsAccount } from '../../domain/ownCase.ts'
import { appendEvent } from '../appendEvent.ts'
import { certificateLink, issueCertificate } from '../certificates.ts'
import { DECISION_KEY } from '../outboxReports.ts'
import type { AppParts } from '../parts.ts'
import type { TurnAddress, Tx } from '../ports.ts'
import { findInRegister, presentNumber } from '../register.ts'
import { atOffice } from './copyAtWindow.ts'

/** A request for a document, with what its holder answered to the one question. */
export interface Asked {
  /** Not stored yet. */
  application: CertificateReissueCase
  answers: Proof['answers']
  address: TurnAddress
}

/**
 * Gives the electronic document at once when the register has it and identity is proved (`proveIdentity`); null: an officer
 * looks. A wrong answer closes this way for the entry for a month, so that nobody tries days one after another. Needs the
 * eyes of the service.
 */
export async function issueAtOnce(parts: AppParts, tx: Tx, asked: Asked): Promise<CommandResult | null> {
  const { content, regionCode } = asked.application
  // The one question proves the holder; who stands in for him may have read the answer in the same drawer as the card.
  if (content.proxy !== null) return null
  const rule = parts.packFor(regionCode).documents.find(({ id }) => id === content.document)
  if (rule?.reissue.value !== true || rule.register.value !== true) return null
  const entry = await provenEntry(parts, tx, asked)
  if (!entry) return null
  const again = await issuedToday(parts, tx, asked, entry)
  if (again) return again
  const application = atOffice(parts, asked.application, entry)
  await tx.applications.insert(application)
  await tx.applications.setMarks(application, marksOf(application))
  await tx.audit.add({
    actor: { kind: 'resident', id: application.residentId },
    action: 'application.submit',
    objectKind: 'application',
    objectId: application.id,
    regionCode: application.regionCode,
    detail: { matter: application.matter, online: true, way: 'self' },
    at: application.receivedAt,
  })
  const granted = await grant(parts, tx, application)
  const number = foldApplication(granted.actions).certificateNumber ?? ''
  await send(parts, tx, asked, { application, number })
  return answer(application, number, entry.number)
}

/** The entry that this very person holds. */
async function provenEntry(parts: AppParts, tx: Tx, { application, answers }: Asked): Promise<RegisterEntry | null> {
  const { content } = application
  const held = await findInRegister(tx, { document: content.document, idNumber: content.applicantId })
  const present = content.oldNumber && (await presentNumber(tx, content.document, content.oldNumber))
  const named = held.filter(({ number }) => number === present)
  const account = await accountOf(tx, application)
  const judged = (named.length > 0 ? named : held).map(entry => ({
    entry,
    proof: proveIdentity({
      entry: { ...entry.holder, lockedUntil: entry.lockedUntil },
      claimed: { name: content.applicantName, phone: content.phone },
      account,
      answers,
      now: parts.world.now(),
    }),
  }))
  const proven = judged.filter(({ proof }) => proof.proven)
  // Of several documents of one kind a known account alone does not say which: an officer asks.
  if (proven.length > 0) return proven.length === 1 ? (proven[0]?.entry ?? null) : null
  // The month of the copy itself is wrong and yet no guess: that was on the paper which is lost.
  const guessed = judged.filter(
    ({ entry, proof }) =>
      !proof.proven && proof.why === 'wrongAnswer' && answers.issuedMonth !== entry.issuedOn.slice(0, 'YYYY-MM'.length),
  )
  for (const { entry } of guessed) await tx.register.lock(entry.id, parts.world.now() + GUESS_LOCK_MS)
  return null
}

/** Whom an officer has seen behind this chat account: he granted a case that the person filed for himself. */
async function accountOf(tx: Tx, { residentId, content }: CertificateReissueCase): Promise<Proof['account']> {
  const seen = (await tx.applications.ofResident(residentId)).filter(showsAccount)
  if (seen.length === 0) return 'unknown'
  return seen.every(one => one.content.applicantId === content.applicantId) ? 'same' : 'other'
}

const DAY_MS = 86_400_000

/** Asked twice within a day by the same person: the copy is there already. */
async function issuedToday(parts: AppParts, tx: Tx, { application }: Asked, entry: RegisterEntry) {
  const certificate: Certificate | null = await tx.certificates.byNumber(entry.number)
  if (certificate?.residentId !== application.residentId) return null
  const earlier = await tx.applications.byId(certificate.applicationId)
  const lately = parts.world.now() - certificate.issuedAt < DAY_MS
  if (earlier?.matter !== 'certificateReissue' || !lately) return null
  return answer(earlier, certificate.number, earlier.content.oldNumber)
}

/** Accepted and granted by the service itself: nobody is refused by it, ever. */
async function grant(parts: AppParts, tx: Tx, application: CertificateReissueCase): Promise<Application> {
  const at = parts.world.now()
  const actor = { kind: 'system' as const }
  const accepted = await appendEvent(tx, application, {
    actor,
    event: { type: 'accepted', bySilence: false, asOf: at },
    at,
  })
  const certificate = await issueCertificate(parts, tx, application, at)
  const clocks = frozenClocks(parts.clocks(accepted))
  const event = { type: 'granted' as const, certificateNumber: certificate.number, clocks }
  return appendEvent(tx, accepted, { actor, event, at, detail: { byRegister: true } })
}

/** The document itself goes out as a message of its own; its arrival marks the case as delivered. */
async function send(
  parts: AppParts,
  tx: Tx,
  { address }: Asked,
  { application, number }: { application: Application; number: string },
): Promise<void> {
  const at = parts.world.now()
  const id = parts.world.newId()
  const { residentId } = application
  const { channel, sender } = address
  const held = await tx.turns.lock(residentId)
  const text = parts.text(held?.conversation?.language ?? 'zh-CN', 'app.decision.grantedReissue', {
    number: application.number,
    certificateNumber: number,
  })
  const url = certificateLink(tx, { number, at, channel })
  await tx.outbox.add({
    ...{ id, residentId, channel, sender, critical: true, notBefore: at, createdAt: at },
    replies: [{ id: `${id}-1`, kind: 'card', text, url }],
    dedupeKey: DECISION_KEY + application.id,
  })
  tx.afterCommit(() => parts.wake.outbox([id]))
}

function answer(application: Application, certificateNumber: string, replacedNumber: string | null): CommandResult {
  const { id: applicationId, number: applicationNumber } = application
  return { outcome: 'issued', values: { applicationId, applicationNumber, certificateNumber, replacedNumber } }
}
