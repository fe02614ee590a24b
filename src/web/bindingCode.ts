import { shanghaiTime, type World } from '../domain/world.ts'
import { hashToken } from './access.ts'
import { json, problem, type Answer } from './answer.ts'
import type { Edge } from './edge.ts'

/** A one-time code for exactly this officer: whoever writes it in a chat speaks as him there. Kept as a hash. */
export async function newBindingCode(edge: Edge, officerId: string): Promise<Answer> {
  const at = edge.world.now()
  const expiresAt = at + edge.config.bindingCodeMs
  for (let drawn = 0; drawn < MOST_DRAWN; drawn++) {
    const code = sixDigits(edge.world)
    const fresh = { codeHash: hashToken(code), officerId, at, expiresAt }
    if (await edge.auth.storeBindingCode(fresh)) return json({ code, expiresAt: shanghaiTime(expiresAt) })
  }
  return problem('unavailable')
}

/** Codes that are valid for somebody else, drawn one after another, before we give up: never, below a hundred thousand officers. */
const MOST_DRAWN = 5

// 48 bits modulo a million: the surplus of the first codes is below one in 280 million.
function sixDigits(world: World): string {
  const drawn = world.randomBytes(6).reduce((sum, byte) => sum * 256 + byte, 0)
  return String(drawn % 1_000_000).padStart(6, '0')
}
