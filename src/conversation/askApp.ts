import type { Turn } from './machine.ts'
import type { Json } from './types.ts'

/** Stops the turn at a command that stands outside any flow. */
export function askApp(turn: Turn, name: string, args: Record<string, Json>): void {
  const command = { name, key: `desk:${turn.context.turnId}:${name}`, args }
  turn.conversation.awaiting = command
  turn.command = command
}
