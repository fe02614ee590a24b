import type { Application } from '../domain/application.ts'
import type { Certificate } from '../domain/certificate.ts'
import { CHECK_CODE_BYTES, checkCode, publicNumber } from '../domain/number.ts'
import type { Instant } from '../domain/world.ts'
import type { CertificatePrint } from './app.ts'
import type { AppParts } from './parts.ts'
import type { Tx } from './ports.ts'

/** Issues the 登记凭证 of a granted application. Its check code is kept encrypted and looked up by keyed hash only. */
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
    title:
      parts.packFor(application.regionCode).birthRegistration.resultName.value ??
      parts.text('zh-CN', 'app.certificate.title'),
  }
  await tx.certificates.insert(certificate, checkCode(parts.world.randomBytes(CHECK_CODE_BYTES)))
  return certificate
}

/** What the PDF prints, for the holder only. */
export async function certificatePrint(
  parts: AppParts,
  residentId: string,
  number: string,
): Promise<CertificatePrint | null> {
  return parts.store.transaction({ kind: 'resident', residentId }, async tx => {
    const found = await tx.certificates.byNumber(number)
    const application =
      found && found.residentId === residentId ? await tx.applications.byId(found.applicationId) : null
    const held = application ? await tx.certificates.ofApplication(application.id) : null
    if (!application || !held) return null
    const pack = parts.packFor(application.regionCode)
    return {
      certificate: held.certificate,
      content: application.content,
      applicationNumber: application.number,
      checkCode: held.checkCode,
      note: pack.birthRegistration.resultNote.value,
      officeName: parts.regionName(application.regionCode.slice(0, TOWN_DIGITS)),
    }
  })
}

/** The town or street issues: digits of its code. */
const TOWN_DIGITS = 9
