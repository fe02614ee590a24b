import type { Application } from './application.ts'
import type { Certificate } from './certificate.ts'
import type { HolderQuestion } from './identityProof.ts'
import { shanghaiDate, type Instant, type LocalDate } from './world.ts'

/** One document in the register: issued here, or brought from the books of a place. */
export interface RegisterEntry {
  id: string
  /** Id of the document in the region pack. */
  document: string
  number: string
  holder: RegisterHolder
  issuedOn: LocalDate
  office: string
  regionCode: string
  /** The resident whose case it came from; null for what was brought from elsewhere. */
  residentId: string | null
  status: Certificate['status']
  /** Number of the document that took its place. */
  supersededBy: string | null
  source: 'own' | 'imported'
  /** A copy at once is closed until then, because somebody guessed wrong. */
  lockedUntil: Instant | null
}

/** What the document says of its holder. Personal: sealed at rest, found by the keyed hash of the identity number. */
export interface RegisterHolder {
  name: string
  idNumber: string
  phone: string | null
  question: HolderQuestion | null
  answer: string | null
  /** Further lines of the document as it was printed, in its own language. */
  lines: { label: string; value: string }[]
}

/** How long a wrong answer closes the way without an officer. Product default: a month, in which an officer has looked. */
export const GUESS_LOCK_MS = 30 * 86_400_000

/** The entry of a certificate that we issue. `lines`: what its matter prints beside the holder. */
export function ownEntry(
  application: Application,
  certificate: Certificate,
  { office, lines }: Pick<RegisterEntry, 'office'> & Pick<RegisterHolder, 'lines'>,
): RegisterEntry {
  const { content } = application
  const issuedOn = shanghaiDate(certificate.issuedAt)
  return {
    id: certificate.id,
    document: documentOf(application),
    number: certificate.number,
    holder: {
      name: content.applicantName,
      idNumber: content.applicantId,
      phone: content.phone,
      ...questionOf(application, issuedOn),
      lines,
    },
    issuedOn,
    office,
    regionCode: certificate.regionCode,
    residentId: certificate.residentId,
    status: certificate.status,
    supersededBy: null,
    source: 'own',
    lockedUntil: null,
  }
}

/** Which document the case ends in: each matter issues one, a reissue the one that was asked for. */
export function documentOf({ matter, content }: Application): string {
  switch (matter) {
    case 'birthRegistration':
      return 'birthRegistrationProof'
    case 'additionalBirthPermit':
      return 'additionalBirthPermit'
    case 'certificateReissue':
      return content.document
  }
}

function questionOf(
  { matter, content }: Application,
  issuedOn: LocalDate,
): Pick<RegisterHolder, 'question' | 'answer'> {
  if (matter === 'birthRegistration') return { question: 'birthDate', answer: content.birthDate }
  return { question: 'issuedMonth', answer: issuedOn.slice(0, 7) }
}
