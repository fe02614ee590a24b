import { readIdentityNumber } from '../../domain/identityNumber.ts'
import { maskIdentityNumber } from '../../domain/mask.ts'
import type { LocalDate } from '../../domain/world.ts'
import type { Understood } from '../understanding/types.ts'

const PLAIN_ID = /^\d{17}[\dX]$/u
/** Numbering plan of the ministry: mobile numbers begin with 13 to 19. */
const PLAIN_MOBILE = /^1[3-9]\d{9}$/u

/** An identity number typed as it stands on the card, with every check on it. Null: anything else, for the reader. */
export function readPlainId(text: string, today: LocalDate): Understood | null {
  if (!PLAIN_ID.test(text)) return null
  const id = readIdentityNumber(text, today)
  if (!id.ok) return { status: 'invalid', reason: id.reason }
  return { status: 'ok', value: id.id, confirm: false, shown: maskIdentityNumber(id.id) }
}

/** One mobile number in eleven figures. Null: anything else, for the reader. */
export function readPlainMobile(text: string): Understood | null {
  return PLAIN_MOBILE.test(text) ? { status: 'ok', value: text, confirm: false, shown: text } : null
}
