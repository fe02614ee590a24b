import type { Json } from '../../conversation/types.ts'
import type { FreshCode } from '../caseUse.ts'
import type { AppParts } from '../parts.ts'
import type { ShortCode } from '../lifePorts.ts'
import type { Tx } from '../ports.ts'

/** Eight digits can be read aloud and typed at a window. Guessing is bounded by who may redeem and how often. */
const DIGITS = 8
/** Codes that are valid for somebody else, drawn one after another, before we give up: never, below a million codes. */
const MOST_DRAWN = 5

type Owner = Pick<ShortCode, 'purpose' | 'residentId' | 'officerId' | 'regionCode'>

/** Makes a code of this purpose and stores its hash only. Needs the eyes of the service. */
export async function freshCode(
  parts: AppParts,
  tx: Tx,
  owner: Owner,
  content: Record<string, Json> | null,
): Promise<FreshCode> {
  const at = parts.world.now()
  const expiresAt = at + parts.settings.shortCodeMs
  for (let drawn = 0; drawn < MOST_DRAWN; drawn++) {
    const code = eightDigits(parts.world.randomBytes(DIGITS))
    if (await tx.shortCodes.insert({ ...owner, content, codeHash: parts.hashToken(code), at, expiresAt }))
      return { code, expiresAt }
  }
  throw new Error('every short code that was drawn is taken')
}

// 64 bits modulo a hundred million: no code is noticeably likelier than another.
function eightDigits(random: Uint8Array): string {
  const drawn = random.reduce((sum, byte) => (sum * 256 + byte) % 10 ** DIGITS, 0)
  return String(drawn).padStart(DIGITS, '0')
}

/** As it was typed: spaces and dashes between its digits do not matter. */
export const typedCode = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '')
