import type { Officer } from '../../domain/officer.ts'
import type { Instant } from '../../domain/world.ts'

/** A chat sender who speaks as an officer. */
export interface BoundChat {
  channel: string
  /** As the platform calls him; null for those bound before it was kept. */
  sender: string | null
  boundAt: Instant
}

/** Which chats speak as which officer. Needs the eyes of the service; callers say who may. */
export interface IdentityPort {
  officerByUsername(username: string): Promise<Officer | null>
  ofOfficer(officerId: string): Promise<BoundChat[]>
  /** Whose chat it is; null for nobody's. */
  officerOf(chat: { channel: string; sender: string }): Promise<Officer | null>
  bind(chat: { channel: string; sender: string; officerId: string; at: Instant }): Promise<void>
  /** False when it was not his. Ends the officer's sessions: whoever had that chat may have come in by it. */
  unbind(chat: { channel: string; sender: string; officerId: string }): Promise<boolean>
}
