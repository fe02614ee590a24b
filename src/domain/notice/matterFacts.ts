import type { Matter } from '../application.ts'
import type { Fact } from '../packs/fact.ts'
import type { Material } from '../packs/material.ts'
import { layerNotice, type NoticeSection } from '../packs/noticeSection.ts'
import type { RegionPack } from '../regionPack.ts'
import type { Circumstance } from './notice.ts'

/** What the pack's own section of a matter tells, in the one form of notices. */
export interface MatterFacts {
  /** False: abolished here, nobody needs to apply (行政许可法 32(1)). */
  needed: Fact<boolean>
  whoMay: Fact<string>
  /** Locale keys of the cases in which it is given, where the rule lists them. */
  cases: Fact<string[]>
  where: Fact<string>
  materials: Fact<Material[]>
  legalDays: Fact<number>
  promiseDays: Fact<number>
  onlineEntry: Fact<string>
}

const unknown = { value: null, source: null }
const nothing: MatterFacts = {
  needed: unknown,
  whoMay: unknown,
  cases: unknown,
  where: unknown,
  materials: unknown,
  legalDays: unknown,
  promiseDays: unknown,
  onlineEntry: unknown,
}

/** Which matter; in a reissue also of which document, by its id in the pack (null: not said). */
export interface NoticeSubject {
  matter: Matter
  document: string | null
}

/** Facts of one matter; all unknown where the pack has no section of it. */
export function matterFacts(pack: RegionPack, { matter, document }: NoticeSubject): MatterFacts {
  switch (matter) {
    case 'birthRegistration':
      return { ...nothing, ...pack.birthRegistration }
    case 'additionalBirthPermit': {
      const { kept, grounds, materials, legalDays, promiseDays } = pack.additionalBirthPermit
      const cases = { ...grounds, value: grounds.value?.map(({ name }) => name) ?? null }
      return { ...nothing, needed: kept, cases, materials, legalDays, promiseDays }
    }
    case 'certificateReissue': {
      const rule = pack.documents.find(({ id }) => id === document)
      return rule ? { ...nothing, materials: rule.materials, promiseDays: rule.promiseDays } : nothing
    }
  }
}

/** The notice section; one that knows nothing for packs without it. */
export function noticeFacts(pack: Pick<RegionPack, 'notice'>): NoticeSection {
  return pack.notice ?? layerNotice([])
}

/** The circumstances on which the papers of this matter depend here: only these need to be asked. */
export function circumstancesOf(pack: RegionPack, subject: NoticeSubject): Circumstance[] {
  const materials = matterFacts(pack, subject).materials.value ?? []
  return [...new Set(materials.flatMap(({ when }) => when))]
}
