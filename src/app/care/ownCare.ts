import { shanghaiTime } from '../../domain/world.ts'
import type { Tx } from '../ports.ts'
import { careFamilyOf } from './careFamilyOf.ts'

/** What is kept of the family of a resident, for his own eyes (个人信息保护法 45); null where there is none. */
export async function ownCare(tx: Tx, residentId: string): Promise<Record<string, unknown> | null> {
  const found = await careFamilyOf(tx, { residentId })
  if (!found) return null
  const { state, leader, cadre } = found
  const { consent, people, phone, address, doctor, hospital, dates, card, helpers, visits, promises } = state
  return {
    ...{ people, phone, address, doctor, hospital, dates, card },
    consent: consent && { version: consent.version, at: shanghaiTime(consent.at), way: consent.way },
    contacts: [leader, cadre].flatMap(officer => (officer ? [{ name: officer.name, phone: officer.officePhone }] : [])),
    helpers: helpers.map(({ kind, name }) => ({ kind, name })),
    visits: visits.map(({ on, way, mood, words, needs }) => ({ on, way, mood, words, needs })),
    promises: promises.map(({ words, by, kept }) => ({ words, by, kept: kept?.words ?? null })),
  }
}
