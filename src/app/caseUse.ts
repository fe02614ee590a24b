/** The face of the use cases around a case's life, beside those in `app.ts`. */
import type { FilingWay, Matter } from '../domain/application.ts'
import type { Correction } from '../domain/correction.ts'
import type { Officer } from '../domain/officer.ts'
import type { Instant } from '../domain/world.ts'
import type { ApplicationView, CertificatePrint, Outcome, ResidentApplicationView } from './caseViews.ts'
import type { AnswerTaken, BureauDesk, ConfirmationAnswer, SharedField } from './bureauDesk.ts'
import type { WindowContent } from './cases/windowContent.ts'

/** What an officer may do with a case besides accepting and deciding it. `fence`: number of its task, which he holds. */
export type CaseAct =
  | { act: 'startReview' | 'resume'; fence: number }
  | { act: 'pause'; fence: number; reason: string }
  | { act: 'correct'; fence: number; corrections: Correction[] }
  | { act: 'requestConfirmation'; fence: number; bureau: string; text: string; share: SharedField[] }
  /** `of`: the other case, as the view of this one names it. */
  | { act: 'notDuplicate'; of: string }
  /** To another village, by its code; the officer sees it no more unless it is his as well. */
  | { act: 'move'; to: string; reason: string }
  /** Handed over in person, to somebody whom no message reaches. */
  | { act: 'deliver' }
  | { act: 'reopen' | 'revoke'; reason: string }

/** A case that an officer files: at the window, or beside a resident who lets him by his code. */
export interface OfficerFiling {
  /** Chosen by the page: the same key is the same case. */
  key: string
  way: Exclude<FilingWay, 'self'>
  /** Id of a reason; needed at the window. */
  whyNotOnline: string | null
  whyNotOnlineNote: string | null
  /** The resident's own code; needed when `way` is assisted. */
  assistCode: string | null
  /** The officer has held the person's identity card against the person. Opens the copy at once of what the register has. */
  identitySeen: boolean
  /** Papers for which the person chose to vouch, by id of the material. */
  vouched: string[]
  content: WindowContent
}

export interface OfficerFiled {
  application: ApplicationView
  /** Fencing number of the task, which the officer holds from now on. */
  fence: number
  /** True when this key had been filed before. */
  repeated: boolean
}

/** A code of some minutes and one use. */
export interface FreshCode {
  code: string
  expiresAt: Instant
}

export interface OfficerCases {
  act(officer: Officer, id: string, act: CaseAct): Promise<Outcome<ApplicationView>>
  file(officer: Officer, filing: OfficerFiling): Promise<Outcome<OfficerFiled>>
  /** A certificate of his place as its PDF prints it, for people without a phone; audited and limited like `reveal`. */
  print(officer: Officer, number: string): Promise<Outcome<CertificatePrint>>
  /** What the person at the window may vouch for instead of bringing it, with the words he reads or has read to him. */
  vouchable(regionCode: string, matter: Matter): { material: string; text: string }[]
  /** Invites the person at the window to go on online, with what was already written down. */
  invite(officer: Officer, draft: { matter: string; slots: Record<string, string> }): Promise<Outcome<FreshCode>>
}

export interface ResidentCases {
  withdraw(residentId: string, id: string, reason: string | null): Promise<Outcome<ResidentApplicationView>>
  supplement(residentId: string, id: string, materials: string[]): Promise<Outcome<ResidentApplicationView>>
  /** The resident's own code, by which an officer files for him. An earlier one ends. */
  assistCode(residentId: string): Promise<FreshCode>
  /** Opens the invited matter in the resident's chat. False: the code is unknown, used, or too old. */
  acceptInvitation(residentId: string, code: string): Promise<boolean>
}

/** What the service does of itself. */
export interface CaseWork {
  /** Acceptance by silence, the archive. Answers how many cases were looked at. */
  look(limit: number): Promise<number>
  /** Draws commitments for checks, reminds of broken ones, passes those upwards that nobody mended. Now and then. */
  watch(limit: number): Promise<void>
  /** Carries questions to other bureaus and brings answers in. */
  exchange(desk: BureauDesk): Promise<void>
  /** An answer of a bureau over the network. */
  answer(answer: ConfirmationAnswer): Promise<AnswerTaken>
}
