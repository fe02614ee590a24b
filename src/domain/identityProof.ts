import { nameForMatching } from './personName.ts'
import type { Instant } from './world.ts'

/** What the register can ask that stands on no paper a stranger may have found. */
export const holderQuestions = ['birthDate', 'issuedMonth'] as const
export type HolderQuestion = (typeof holderQuestions)[number]

/** What the register says of the holder whose identity number was given. */
export interface RegisteredHolder {
  name: string
  /** Null: the register does not know one. */
  phone: string | null
  question: HolderQuestion | null
  /** `YYYY-MM-DD` for a birth date, `YYYY-MM` for a month. */
  answer: string | null
  /** Somebody guessed wrong: until then only an officer decides. */
  lockedUntil: Instant | null
}

export interface Proof {
  /** Null: nothing stands under this identity number. */
  entry: RegisteredHolder | null
  claimed: { name: string; phone: string }
  /** Whether an officer has granted a case of this person (`same`) or of another one (`other`) to this chat account before. */
  account: 'same' | 'other' | 'unknown'
  answers: Partial<Record<HolderQuestion, string | null>>
  now: Instant
}

export type ProofResult =
  | { proven: true; by: 'account' | 'question' }
  | {
      proven: false
      why: 'notFound' | 'data' | 'otherPerson' | 'locked' | 'noAnswer' | 'wrongAnswer'
    }

/**
 * Whether a document may go out at once, without an officer's eye. The number found the entry; name and phone have to be
 * those of the entry; and either the account is known as this person, or the one question is answered right at the first
 * try. Anything else is no refusal: an officer looks.
 */
export function proveIdentity({ entry, claimed, account, answers, now }: Proof): ProofResult {
  if (entry === null) return no('notFound')
  if (nameForMatching(entry.name) !== nameForMatching(claimed.name) || entry.phone !== claimed.phone) return no('data')
  if (account === 'other') return no('otherPerson')
  if (account === 'same') return { proven: true, by: 'account' }
  if (entry.lockedUntil !== null && now < entry.lockedUntil) return no('locked')
  const given = entry.question === null ? null : (answers[entry.question] ?? null)
  if (given === null || entry.answer === null) return no('noAnswer')
  return given === entry.answer ? { proven: true, by: 'question' } : no('wrongAnswer')
}

function no(why: Extract<ProofResult, { proven: false }>['why']): ProofResult {
  return { proven: false, why }
}
