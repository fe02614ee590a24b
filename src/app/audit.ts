import type { AuditFilter, AuditRecord, SealCheck } from '../domain/audit.ts'
import type { Officer, OfficerRole } from '../domain/officer.ts'
import { officerActor } from '../domain/taskState.ts'
import { addDays, startOfDay } from '../domain/world.ts'
import type { App, Outcome } from './app.ts'
import type { AppParts } from './parts.ts'
import type { Page, Tx } from './ports.ts'

/** Who reads what was done: the auditor, and the head of the county for his own place. */
export const auditRoles: readonly OfficerRole[] = ['county', 'auditor']
export const sealRoles: readonly OfficerRole[] = ['auditor']

/** The audit trail, read only. Who reads it is written into it before anything is shown. */
export function makeAudit(parts: AppParts): App['audit'] {
  return {
    read: (officer, filter) => read(parts, officer, filter),
    seal: officer => checkSeal(parts, officer),
  }
}

async function read(parts: AppParts, officer: Officer, filter: AuditFilter): Promise<Outcome<Page<AuditRecord>>> {
  if (!auditRoles.includes(officer.role)) return { ok: false, refusal: { code: 'notAllowed' } }
  const { from, to, cursor, limit } = filter
  if (from !== null && to !== null && from > to)
    return { ok: false, refusal: { code: 'badInput', fields: ['from', 'to'] } }
  const value = await parts.store.transaction({ kind: 'system' }, async tx => {
    const page = await tx.audit.list({
      regionCode: officer.regionCode,
      // What concerns no place is the auditor's alone.
      withoutRegion: officer.role === 'auditor',
      from: from === null ? null : startOfDay(from),
      until: to === null ? null : startOfDay(addDays(to, 1)),
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    })
    await note(parts, tx, officer, { action: 'audit.read', detail: { from, to, entries: page.items.length } })
    return page
  })
  return { ok: true, value }
}

async function checkSeal(parts: AppParts, officer: Officer): Promise<Outcome<SealCheck>> {
  if (!sealRoles.includes(officer.role)) return { ok: false, refusal: { code: 'notAllowed' } }
  const value = await parts.store.checkSeal()
  const detail = { firstBroken: value.firstBroken }
  await parts.store.transaction({ kind: 'system' }, tx =>
    note(parts, tx, officer, { action: 'audit.checkSeal', detail }),
  )
  return { ok: true, value }
}

function note(
  parts: AppParts,
  tx: Tx,
  officer: Officer,
  { action, detail }: { action: string; detail: Record<string, string | number | null> },
): Promise<void> {
  return tx.audit.add({
    actor: officerActor(officer),
    action,
    objectKind: 'audit',
    objectId: officer.regionCode,
    regionCode: officer.regionCode,
    detail,
    at: parts.world.now(),
  })
}
