import type { Officer } from '../../domain/officer.ts'
import { careFamilyOf } from '../care/careFamilyOf.ts'
import type { Tx } from '../ports.ts'

/** 双岗联系人 of the family in care for which this resident speaks, the one of the village first; nobody where there is none. */
export async function contactsOf(tx: Tx, residentId: string): Promise<Officer[]> {
  const found = await careFamilyOf(tx, { residentId })
  return found ? [found.cadre, found.leader].filter(officer => officer !== null) : []
}
