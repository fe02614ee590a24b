import type { AdditionalBirthPermitPack } from './packs/additionalBirthPermit.ts'
import type { CareFacts } from './packs/care.ts'
import type { ComplaintRules } from './packs/complaints.ts'
import type { CommitmentRule } from './packs/commitments.ts'
import type { DocumentRule } from './packs/documents.ts'
import type { Fact } from './packs/fact.ts'
import type { FigureFacts } from './packs/figures.ts'
import type { Material } from './packs/material.ts'
import type { NoticeSection } from './packs/noticeSection.ts'
import type { DistressFacts } from './packs/distress.ts'
import type { HelpFacts } from './packs/help.ts'
import type { MessageFacts } from './message/messageRules.ts'
import type { RatingFacts } from './packs/ratings.ts'
import type { SeatFacts } from './packs/seats.ts'
import type { TaskFacts } from './packs/tasks.ts'

export type { Fact, Source } from './packs/fact.ts'
export type { Material } from './packs/material.ts'

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
  additionalBirthPermit: AdditionalBirthPermitPack
  /** Documents that may be asked for again, in the order in which they are offered. */
  documents: DocumentRule[]
  /** Papers for which a place lets people vouch instead. */
  commitments: CommitmentRule[]
  /** 投诉建议; absent in packs of tests that do not need it. */
  complaints?: ComplaintRules
  /** What figures are held against; absent in packs of tests that do not need it. */
  figures?: FigureFacts
  /** How the tasks of officers run; absent in packs of tests that do not need it. */
  tasks?: TaskFacts
  /** What happens when somebody may be in danger of himself; absent in packs of tests that do not need it. */
  distress?: DistressFacts
  /** Days for bad ratings; absent in packs of tests that do not need it. */
  ratings?: RatingFacts
  /** When somebody calls who was asked for help; absent in packs of tests that do not need it. */
  help?: HelpFacts
  /** When the place of a village office looks wrong; absent in packs of tests that do not need it. */
  seats?: SeatFacts
  /** When the service writes of its own accord; absent in packs of tests that do not need it. */
  messages?: MessageFacts
  /** 暖心; absent in packs of tests that do not need it. */
  care?: CareFacts
  /** Office phone; null until a county enters it. */
  officePhone: Fact<string>
  /** What one-time notices say beyond it. */
  notice?: NoticeSection
}
