import type { SeatPort } from '../../app/seats/seatPort.ts'
import { coordinateSystems } from '../../domain/seats/coordinates.ts'
import { seatSources, type VillageSeat } from '../../domain/seats/villageSeat.ts'
import { moment, oneOf } from '../rows.ts'
import type { Work } from '../work.ts'

interface Row {
  region_code: string
  longitude: number
  latitude: number
  system: string
  accuracy_metres: number | null
  source: string
  recorded_by: string | null
  recorded_at: number
}

export function seatsIn({ client }: Pick<Work, 'client'>): SeatPort {
  return {
    within: async placeCode => {
      const { rows } = await client.query<Row>({
        name: 'seat.within',
        text: `select region_code, longitude, latitude, system, accuracy_metres, source, recorded_by, recorded_at
          from village_seat where region_code >= $1 and region_code < $1 || '~' order by region_code`,
        values: [placeCode],
      })
      return rows.map(seatOf)
    },
    record: async ({ regionCode, point, system, accuracy, source, by, at }) => {
      await client.query(
        `insert into village_seat (region_code, longitude, latitude, system, accuracy_metres, source, recorded_by, recorded_at)
          values ($1, $2, $3, $4, $5, $6, $7, $8)
          on conflict (region_code) do update set longitude = excluded.longitude, latitude = excluded.latitude,
            system = excluded.system, accuracy_metres = excluded.accuracy_metres, source = excluded.source,
            recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at
            where excluded.source = 'onSite' or village_seat.source = 'list'`,
        [regionCode, point.longitude, point.latitude, system, accuracy, source, by, moment(at)],
      )
    },
    remove: async regionCode =>
      (await client.query('delete from village_seat where region_code = $1', [regionCode])).rowCount === 1,
  }
}

function seatOf(row: Row): VillageSeat {
  return {
    regionCode: row.region_code,
    point: { longitude: row.longitude, latitude: row.latitude },
    system: oneOf(coordinateSystems, row.system),
    accuracy: row.accuracy_metres,
    source: oneOf(seatSources, row.source),
    by: row.recorded_by,
    at: row.recorded_at,
  }
}
