import type { LocalDate } from './world.ts'

/** Where a fact comes from. No fact without one: what is unverified is null. */
export interface Source {
  document: string
  /** Day on which somebody of ours last read it. */
  checked: LocalDate
  /** `law` text of the law; `official` government page or copy; `media` weak; `product` our own default, no rule. */
  weight: 'law' | 'official' | 'media' | 'product'
  /** Last day of a rule which says when it ends. */
  validUntil?: LocalDate
}

export interface Fact<T> {
  value: T | null
  source: Source | null
  /** The rule was made for something else and is used here as an outer limit; texts must say so. */
  byAnalogy?: true
}

export interface Material {
  id: string
  /** Locale key of its name. */
  name: string
  /** Which situations need it; empty = always. */
  when: ('born' | 'expecting' | 'married' | 'remarried' | 'proxy')[]
}

/** A pack after layering nation → province → city → county; every field says where it comes from. */
export interface RegionPack {
  /** Code of the most specific layer that applied. */
  code: string
  name: string
  birthRegistration: {
    /** May an unmarried parent register; true = the flow must ask for marriage. */
    marriageRequired: Fact<boolean>
    whoMay: Fact<string>
    where: Fact<string>
    materials: Fact<Material[]>
    /** Name of the result document. */
    resultName: Fact<string>
    /** Working days from receipt to decision by law, and as promised by the office. */
    legalDays: Fact<number>
    promiseDays: Fact<number>
    onlineEntry: Fact<string>
    /** Sentence the result must carry, if the rule demands one. */
    resultNote: Fact<string>
  }
  /** Office phone; null until a county enters it. */
  officePhone: Fact<string>
}
