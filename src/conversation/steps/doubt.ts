import { readIdentityNumber } from '../../domain/identityNumber.ts'
import type { Walk } from '../machine.ts'
import { plainValue } from '../plainText.ts'
import type { Json } from '../types.ts'
import { boundOf } from './readAnswer.ts'
import type { AskSource } from './schema.ts'

/**
 * Whether an identity number is not what is usual of the person whose it is said to be: a father's that says female, a mother
 * of 76 years. It is asked once and never refused: the card may be wrong, and no rule forbids the person.
 */
export function isUnusual({ session, turn }: Walk, { expects }: AskSource, value: Json): boolean {
  if (!expects) return false
  const { today } = turn.context
  const id = readIdentityNumber(plainValue(value), today)
  if (!id.ok) return false
  const { slot, sex, min, max } = expects
  const usual = sex?.[plainValue(session.slots[slot])]
  if (usual !== undefined && usual !== id.sex) return true
  return (min !== undefined && id.birth < boundOf(min, today)) || (max !== undefined && id.birth > boundOf(max, today))
}
