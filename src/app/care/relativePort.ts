import type { RelativeAction, RelativeRequest } from '../../domain/care/relativeRequest.ts'

/** Requests of relatives of somebody who died (个人信息保护法 49). Towns and counties see those of their place. */
export interface RelativePort {
  insert(request: RelativeRequest): Promise<void>
  /** Row under lock. */
  lock(id: string): Promise<RelativeRequest | null>
  /** Newest first. */
  list(limit: number): Promise<RelativeRequest[]>
  /** @throws {Conflict} when `seq` is taken. */
  append(action: RelativeAction): Promise<void>
  /** Whose case has this number, within what the eyes see. */
  residentOfCase(number: string): Promise<string | null>
}
