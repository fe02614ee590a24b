import type { Application } from '../domain/application.ts'
import type { Certificate } from '../domain/certificate.ts'
import { documentOf } from '../domain/certificateRegister.ts'
import { CHECK_CODE_BYTES, checkCode, publicNumber } from '../domain/number.ts'
import type { Instant } from '../domain/world.ts'
import type { CertificatePrint } from './app.ts'
import { certificateLines, documentName } from './certificateLines.ts'
import { successorOf } from './endCertificate.ts'
import { isKey } from './linkKey.ts'
import type { AppParts } from './parts.ts'
import type { ChannelName, Tx } from './ports.ts'
import { enterIssued, entryOf } from './register.ts'

/**
 * Issues the document of a granted application and enters it in the register; a reissue ends the former one. Its check code is
 * kept encrypted and looked up by keyed hash only.
 */
export async function issueCertificate(
  parts: AppParts,
  tx: Tx,
  application: Application,
  at: Instant,
): Promise<Certificate> {
  const certificate: Certificate = {
    id: parts.world.newId(),
    number: publicNumber('PZ', at, parts.world.randomBytes(8)),
    applicationId: application.id,
    regionCode: application.regionCode,
    residentId: application.residentId,
    issuedAt: at,
    status: 'valid',
    title: titleOf(parts, application),
  }
  await tx.certificates.insert(certificate, checkCode(parts.world.randomBytes(CHECK_CODE_BYTES)))
  await enterIssued(parts, tx, application, { certificate, office: officeOf(parts, application) })
  return certificate
}

/** The document is called what the place calls it; a reissue as what it repeats. */
function titleOf(parts: AppParts, application: Application): string {
  const { birthRegistration, additionalBirthPermit } = parts.packFor(application.regionCode)
  const document = documentOf(application)
  if (document === 'birthRegistrationProof')
    return birthRegistration.resultName.value ?? parts.text('zh-CN', 'app.certificate.title')
  if (document === 'additionalBirthPermit' && additionalBirthPermit.resultName.value !== null)
    return additionalBirthPermit.resultName.value
  return documentName(parts, { regionCode: application.regionCode, document })
}

function officeOf(parts: AppParts, { regionCode }: Application): string {
  return parts.regionName(regionCode.slice(0, TOWN_DIGITS))
}

/** What the PDF prints, for the holder only. */
export async function certificatePrint(
  parts: AppParts,
  residentId: string,
  number: string,
): Promise<CertificatePrint | null> {
  return parts.store.transaction({ kind: 'resident', residentId }, async tx => {
    const found = await tx.certificates.byNumber(number)
    return found?.residentId === residentId ? printOf(parts, tx, found) : null
  })
}

/** What the PDF prints, as far as these eyes see it; null of a case that was taken up again for all but the newest. */
export async function printOf(parts: AppParts, tx: Tx, found: Certificate): Promise<CertificatePrint | null> {
  const application = await tx.applications.byId(found.applicationId)
  const held = application ? await tx.certificates.ofApplication(application.id) : null
  if (!application || held?.certificate.number !== found.number) return null
  const entry = await entryOf(tx, application, found.number)
  return {
    certificate: held.certificate,
    application,
    checkCode: held.checkCode,
    supersededBy: held.certificate.status === 'superseded' ? successorOf(application) : null,
    lines: entry?.holder.lines ?? certificateLines(parts, application),
    notes: notesOf(parts, application),
    officeName: officeOf(parts, application),
  }
}

/**
 * How long the link in a message opens the certificate: a month for a phone that was put aside, then the holder asks anew.
 * The link is needed where the reader has no log-in of ours, as in the Official Account.
 */
const LINK_LIFE_MS = 30 * 86_400_000

/** Address of the PDF, relative to the public one, for the message that goes to the holder; the page has his log-in. */
export function certificateLink(tx: Tx, to: { number: string; at: Instant; channel: ChannelName }): string {
  const path = `/api/certificates/${to.number}.pdf`
  const until = to.at + LINK_LIFE_MS
  return to.channel === 'web' ? path : `${path}?until=${until}&key=${tx.certificates.linkKey(to.number, until)}`
}

/** What the PDF prints, for whoever shows the key of our own message; null when the key does not fit or is too old. */
export async function certificateByLink(
  parts: AppParts,
  link: { number: string; until: Instant; key: string },
): Promise<CertificatePrint | null> {
  if (link.until < parts.world.now()) return null
  const residentId = await parts.store.transaction({ kind: 'system' }, async tx => {
    if (!isKey(parts, tx.certificates.linkKey(link.number, link.until), link.key)) return null
    return (await tx.certificates.byNumber(link.number))?.residentId ?? null
  })
  return residentId === null ? null : certificatePrint(parts, residentId, link.number)
}

/** What the document must say at its foot. Registration is never household registration, and a copy names what it replaces. */
function notesOf(parts: AppParts, application: Application): string[] {
  const { birthRegistration, additionalBirthPermit } = parts.packFor(application.regionCode)
  const words = (key: string, values = {}) => parts.text('zh-CN', `web.certificate.${key}`, values)
  const note = (text: string | null) => (text === null ? [] : [text])
  const { matter, content } = application
  const replaces =
    matter === 'certificateReissue'
      ? [content.oldNumber === null ? words('reissued') : words('replaces', { number: content.oldNumber })]
      : []
  switch (documentOf(application)) {
    case 'birthRegistrationProof':
      return [...replaces, words('notHousehold'), ...note(birthRegistration.resultNote.value)]
    case 'additionalBirthPermit': {
      const { validity, resultNote } = additionalBirthPermit
      const term = validity.value === null ? words('validityUnknown') : words('validity', { term: validity.value })
      return [...replaces, term, ...note(resultNote.value)]
    }
    default:
      return replaces
  }
}

/** The town or street issues: digits of its code. */
const TOWN_DIGITS = 9
