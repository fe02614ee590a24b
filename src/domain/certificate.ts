import type { Instant } from './world.ts'

/** 登记凭证. Only the keyed hash of the check code is stored. */
export interface Certificate {
  id: string
  number: string
  applicationId: string
  regionCode: string
  residentId: string
  issuedAt: Instant
  status: 'valid' | 'revoked' | 'superseded'
  /** Name of the document as the region pack gives it (生育登记凭证, 生育登记信息单 …). */
  title: string
}
