import type { CommandResult, Json } from '../../conversation/types.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Instant } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { TurnAddress, Tx } from '../ports.ts'

export interface CommandContext {
  parts: AppParts
  tx: Tx
  residentId: string
  /** The officer bound to this sender, read in this transaction; null when he was disabled or is an auditor. */
  officer: Officer | null
  address: TurnAddress
  at: Instant
  /**
   * Lets go of what the conversation keeps of other matters (drafts, open sessions, what waits) when the turn is over. Absent
   * where no conversation is in hand.
   */
  emptyConversation?(): void
}

/** Runs inside the turn's transaction. Refusals are outcomes; a throw rolls the whole turn back. */
export type CommandHandler = (args: Record<string, Json>, context: CommandContext) => Promise<CommandResult>

/** The answer of a command: the way on, and what texts may say. */
export function outcome(name: string, values: Record<string, Json> = {}): CommandResult {
  return { outcome: name, values }
}
