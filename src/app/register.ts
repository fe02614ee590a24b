import type { Application } from '../domain/application.ts'
import type { Certificate } from '../domain/certificate.ts'
import { documentOf, ownEntry, type RegisterEntry } from '../domain/certificateRegister.ts'
import { asService } from './asService.ts'
import { certificateLines } from './certificateLines.ts'
import { endCertificate } from './endCertificate.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'

/** Writes documents of a place's books into the register. Twice the same changes nothing. Answers how many are new or changed. */
export function registerRows(tx: Tx, entries: readonly RegisterEntry[]): Promise<number> {
  return tx.register.upsert(entries)
}

/**
 * Documents of this kind that a person holds and that still count, newest first, wherever they were issued. Needs the eyes
 * of the service.
 */
export async function findInRegister(
  tx: Tx,
  { document, idNumber }: { document: string; idNumber: string },
): Promise<RegisterEntry[]> {
  const entries = (await tx.register.ofHolder(document, idNumber)).filter(({ status }) => status === 'valid')
  const valid: RegisterEntry[] = []
  // What we issued ourselves may have been revoked since; the certificate itself knows.
  for (const entry of entries) if (await stillCounts(tx, entry)) valid.push(entry)
  return valid
}

/** Copies of copies that are followed; more were never made. */
const MAX_COPIES = 50

/**
 * The number under which a document counts today: people remember the number on the paper they lost, also when copies took
 * its place since. The number itself where the register does not know it.
 */
export async function presentNumber(tx: Tx, document: string, number: string): Promise<string> {
  let present = number
  for (let copies = 0; copies < MAX_COPIES; copies++) {
    const next = (await tx.register.byNumber(document, present))?.supersededBy ?? null
    if (next === null) return present
    present = next
  }
  return present
}

async function stillCounts(tx: Tx, { source, number }: RegisterEntry): Promise<boolean> {
  return source === 'imported' || (await tx.certificates.byNumber(number))?.status === 'valid'
}

/**
 * Enters a certificate that was just issued. A reissue takes the place of the former document, which ends; it repeats what
 * that one said. Looks with the eyes of the service meanwhile: the former one may lie in another place.
 */
export async function enterIssued(
  parts: AppParts,
  tx: Tx,
  application: Application,
  { certificate, office }: { certificate: Certificate; office: string },
): Promise<void> {
  await asService(tx, async () => {
    const former = application.matter === 'certificateReissue' ? await formerOf(tx, application) : null
    const entry = ownEntry(application, certificate, {
      office,
      lines: former ? former.holder.lines : certificateLines(parts, application),
    })
    await tx.register.upsert([former ? { ...entry, holder: { ...entry.holder, ...askedAgain(former) } } : entry])
    if (former) await endFormer(parts, tx, former, certificate.number)
  })
}

/** The question about a document stays the one that its holder knows: of a copy too it is the first month of issue. */
function askedAgain({ holder: { question, answer } }: RegisterEntry): Partial<RegisterEntry['holder']> {
  return question === null ? {} : { question, answer }
}

/**
 * The document that a reissue replaces: the one with the number that was named, else the only one there is. Of several
 * without a number none is ended by guess.
 */
async function formerOf(
  tx: Tx,
  { content }: Extract<Application, { matter: 'certificateReissue' }>,
): Promise<RegisterEntry | null> {
  const { document, applicantId: idNumber, oldNumber } = content
  const held = await findInRegister(tx, { document, idNumber })
  const present = oldNumber === null ? null : await presentNumber(tx, document, oldNumber)
  const named = held.find(({ number }) => number === present)
  return named ?? (held.length === 1 && oldNumber === null ? (held[0] ?? null) : null)
}

/** What a book names ends in the register; what we issued ends in its own case as well. */
async function endFormer(parts: AppParts, tx: Tx, former: RegisterEntry, by: string): Promise<void> {
  const certificate = former.source === 'own' ? await tx.certificates.byNumber(former.number) : null
  const application = certificate ? await tx.applications.byId(certificate.applicationId) : null
  if (!application) return tx.register.setStatus(former.id, 'superseded', by)
  await endCertificate(parts, tx, application, {
    actor: { kind: 'system' },
    event: { type: 'certificateSuperseded', by },
  })
}

/** The register's own line of a certificate that we issued; null for those from before there was a register. */
export function entryOf(tx: Tx, application: Application, number: string): Promise<RegisterEntry | null> {
  return tx.register.byNumber(documentOf(application), number)
}
