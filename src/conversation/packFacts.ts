import { circumstancesOf } from '../domain/notice/matterFacts.ts'
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
  'papers',
  'officePhone',
  'birthAsks',
  'permitAsks',
  'permitKept',
  'permitSource',
  'permitLicence',
  'permitResultName',
  'permitLegalDays',
  'permitPromiseDays',
  'permitLegalByAnalogy',
  'permitValidity',
  'permitPapers',
  'issuedFirst',
  'neverIssuedFirst',
  'reissued',
  'reissuedFree',
  'replaceable',
] as const
export type PackFactName = (typeof packFactNames)[number]

/** The values without their sources, flat. */
export function packFacts(pack: RegionPack): Record<PackFactName, Json> {
  const { name, birthRegistration: facts, officePhone } = pack
  return {
    ...permitFacts(pack),
    ...documentFacts(pack),
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
    papers: (facts.materials.value ?? []).map(({ id }) => id),
    officePhone: officePhone.value,
    ...asked(pack),
  }
}

function permitFacts({ additionalBirthPermit: permit }: RegionPack) {
  return {
    permitKept: permit.kept.value,
    permitSource: permit.kept.source?.document ?? null,
    permitLicence: permit.isLicence.value,
    permitResultName: permit.resultName.value,
    permitLegalDays: permit.legalDays.value,
    permitPromiseDays: permit.promiseDays.value,
    permitLegalByAnalogy: permit.legalDays.byAnalogy ?? false,
    permitValidity: permit.validity.value,
    permitPapers: (permit.materials.value ?? []).map(({ id }) => id),
  }
}

/** Ids in lists, so that a condition can ask `slots.document in pack.reissued`. What is unverified stands in none. */
function documentFacts({ documents, commitments }: RegionPack) {
  const where = (holds: (rule: RegionPack['documents'][number]) => boolean) =>
    documents.filter(holds).map(({ id }) => id)
  return {
    issuedFirst: where(({ firstIssue }) => firstIssue.value === true),
    neverIssuedFirst: where(({ firstIssue }) => firstIssue.value === false),
    reissued: where(({ reissue }) => reissue.value === true),
    reissuedFree: where(({ free }) => free.value === true),
    replaceable: commitments.filter(({ replaceable }) => replaceable.value === true).map(({ material }) => material),
  }
}

/** The circumstances on which the papers of a matter depend here, so that only these are asked. */
function asked(pack: RegionPack) {
  return {
    birthAsks: circumstancesOf(pack, { matter: 'birthRegistration', document: null }),
    permitAsks: circumstancesOf(pack, { matter: 'additionalBirthPermit', document: null }),
  }
}

/** The name of the text value for a fact: `resultName` → `packResultName`. */
export function packValueName(fact: string): string {
  return `pack${fact.charAt(0).toUpperCase()}${fact.slice(1)}`
}

/** The slot with the seal of what was vouched for instead of handed in, by material. */
const sealSlots: Record<string, string> = { marriageCertificate: 'marriageSeal' }

/** Without what was vouched for: a paper that is not to be handed in is not asked for. */
export function toBring<M extends { id: string }>(materials: M[], slots: Record<string, Json>): M[] {
  return materials.filter(({ id }) => (slots[sealSlots[id] ?? ''] ?? null) === null)
}

/** Materials for this person's situation; null when the pack does not know. */
export function materialsFor(pack: RegionPack, slots: Record<string, Json>): Material[] | null {
  const situations = new Set<string>()
  if (typeof slots['stage'] === 'string') situations.add(slots['stage'])
  if (slots['married'] === true) situations.add('married')
  if (slots['registrant'] === 'proxy') situations.add('proxy')
  const materials = pack.birthRegistration.materials.value
  const due = materials?.filter(({ when }) => when.length === 0 || when.some(situation => situations.has(situation)))
  return due ? toBring(due, slots) : null
}
