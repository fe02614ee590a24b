import type { Tx } from '../../app/ports.ts'
import { ratingLevels, type ServiceRating } from '../../domain/rating.ts'
import { moment } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'

interface RatingRow {
  application_id: string
  region_code: string
  level: number
  comment: Buffer | null
  reasons: string[]
  at: number
}

export function ratingsIn(work: Work): Tx['ratings'] {
  const { client, cipher } = work
  return {
    insert: async ({ applicationId, regionCode, level, comment, reasons, at }) => {
      const sealed = comment === null ? null : cipher.seal('rating|comment', applicationId, comment)
      const { rowCount } = await client.query(
        `insert into rating (application_id, region_code, resident_id, level, comment, at, reasons)
          select a.id, $2, a.resident_id, $3, $4, $5, $6 from application a where a.id = $1
          on conflict do nothing`,
        [applicationId, regionCode, level, sealed, moment(at), reasons],
      )
      return rowCount === 1
    },
    ofApplications: async applicationIds => {
      const { condition, values } = withinScope(work.scope(), 'r', 2)
      const { rows } = await client.query<RatingRow>(
        `select application_id, region_code, level, comment, reasons, at from rating r
          where r.application_id = any($1) and ${condition}`,
        [applicationIds, ...values],
      )
      return rows.map(row => ratingOf(work, row))
    },
  }
}

function ratingOf({ cipher }: Work, row: RatingRow): ServiceRating {
  const level = ratingLevels.find(known => known === row.level)
  if (level === undefined) throw new Error('A stored rating has no known level')
  const comment = row.comment && cipher.open('rating|comment', row.application_id, row.comment).toString()
  const { reasons, at } = row
  return { applicationId: row.application_id, regionCode: row.region_code, level, reasons, comment, at }
}
