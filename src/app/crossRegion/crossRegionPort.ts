import type { CrossRegionRequest } from '../../domain/crossRegionRequest.ts'

/** 异地查询 in the database. */
export interface CrossRegionPort {
  insert(request: CrossRegionRequest): Promise<void>
  /** Under lock. */
  byId(id: string): Promise<CrossRegionRequest | null>
  /** Writes the answer; the rest stays. */
  saveAnswer(request: CrossRegionRequest): Promise<void>
  /** Newest first. */
  list(filter: {
    open: boolean
    cursor?: string
    limit: number
  }): Promise<{ items: CrossRegionRequest[]; next: string | null }>
}
