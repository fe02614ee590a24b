import type { Application, CertificateReissueCase } from '../../domain/application.ts'
import type { RegisterEntry } from '../../domain/certificateRegister.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { nameForMatching } from '../../domain/personName.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { findInRegister, presentNumber } from '../register.ts'

/**
 * The document of which a person at the window gets a copy at once: the officer has seen who it is, and the register of his
 * place has exactly one under this identity number and name, or the one with the number that was named. Null: it goes the way of
 * every case. The phone is not asked: who has lost it comes to the window. Needs the eyes of the service.
 */
export async function copyAtWindow(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  application: Application,
): Promise<RegisterEntry | null> {
  if (application.matter !== 'certificateReissue' || application.content.reason === 'changed') return null
  const { content, regionCode } = application
  const rule = parts.packFor(regionCode).documents.find(({ id }) => id === content.document)
  if (rule?.reissue.value !== true || rule.register.value !== true) return null
  const held = await findInRegister(tx, { document: content.document, idNumber: content.applicantId })
  const present = content.oldNumber === null ? null : await presentNumber(tx, content.document, content.oldNumber)
  const fitting = held.filter(
    ({ holder, number }) =>
      nameForMatching(holder.name) === nameForMatching(content.applicantName) &&
      (present === null || present === number),
  )
  const [entry] = fitting
  // What another place issued is that place's to give again.
  return entry && fitting.length === 1 && covers(officer.regionCode, entry.regionCode) ? entry : null
}

/** It is issued where the former one was. The former number stands in the case, whatever was remembered of it. */
export function atOffice(
  parts: AppParts,
  application: CertificateReissueCase,
  { regionCode, number: oldNumber }: RegisterEntry,
): CertificateReissueCase {
  const content = { ...application.content, regionCode, regionName: parts.regionName(regionCode), oldNumber }
  return { ...application, regionCode, content }
}
