import type { Material, RegionPack } from '../domain/regionPack.ts'
import type { Json } from './types.ts'

/** Facts of a region pack that conditions (`pack.x`) and texts (`{packX}`) may name. Null = unverified. */
export const packFactNames = [
  'name',
  'marriageRequired',
  'whoMay',
  'where',
  'resultName',
  'legalDays',
  'legalByAnalogy',
  'promiseDays',
  'onlineEntry',
  'resultNote',
  'officePhone',
] as const
export type PackFactName = (typeof packFactNames)[number]

/** The values without their sources, flat. */
export function packFacts({ name, birthRegistration: facts, officePhone }: RegionPack): Record<PackFactName, Json> {
  return {
    name,
    marriageRequired: facts.marriageRequired.value,
    whoMay: facts.whoMay.value,
    where: facts.where.value,
    resultName: facts.resultName.value,
    legalDays: facts.legalDays.value,
    legalByAnalogy: facts.legalDays.byAnalogy ?? false,
    promiseDays: facts.promiseDays.value,
    onlineEntry: facts.onlineEntry.value,
    resultNote: facts.resultNote.value,
    officePhone: officePhone.value,
  }
}

/** The name of the text value for a fact: `resultName` → `packResultName`. */
export function packValueName(fact: string): string {
  return `pack${fact.charAt(0).toUpperCase()}${fact.slice(1)}`
}

/** Materials for this person's situation; null when the pack does not know. */
export function materialsFor(pack: RegionPack, slots: Record<string, Json>): Material[] | null {
  const situations = new Set<string>()
  if (typeof slots['stage'] === 'string') situations.add(slots['stage'])
  if (slots['married'] === true) situations.add('married')
  if (slots['registrant'] === 'proxy') situations.add('proxy')
  const materials = pack.birthRegistration.materials.value
  return materials?.filter(({ when }) => when.length === 0 || when.some(situation => situations.has(situation))) ?? null
}
