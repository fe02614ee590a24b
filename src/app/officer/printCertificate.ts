import { covers, type Officer } from '../../domain/officer.ts'
import type { CertificatePrint, Outcome } from '../app.ts'
import { printOf } from '../certificates.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import { writeDownReveal } from './reveal.ts'
import { refused } from './work.ts'

/**
 * A certificate of the officer's place, to be printed for its holder, who has no phone. It names him in full, so it is written
 * down and counted like any other unmasked look. Refusals: `notFound`, `tooManyReveals`.
 */
export async function printForHolder(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  number: string,
): Promise<Outcome<CertificatePrint>> {
  const found = await tx.certificates.byNumber(number)
  const print = found && covers(officer.regionCode, found.regionCode) ? await printOf(parts, tx, found) : null
  if (!print) return refused({ code: 'notFound' })
  const { id, regionCode } = print.certificate
  const reason = parts.text('zh-CN', 'app.printed')
  const refusal = await writeDownReveal(parts, tx, officer, { id, regionCode, reason, kind: 'certificate' })
  return refusal ? refused(refusal) : { ok: true, value: print }
}
