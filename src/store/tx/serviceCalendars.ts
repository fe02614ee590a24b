import type { Tx } from '../../app/ports.ts'
import { moment } from '../rows.ts'
import { withinScope } from '../scope.ts'
import type { Work } from '../work.ts'

export function serviceCalendarsIn(work: Work): Tx['serviceCalendars'] {
  const { client } = work
  return {
    start: async ({ id, applicationId, regionCode, consentVersion, consentAt }) => {
      const { rowCount } = await client.query(
        `insert into service_calendar (id, application_id, region_code, resident_id, consent_version, consent_at)
          select $1, a.id, $3, a.resident_id, $4, $5 from application a where a.id = $2
          on conflict (application_id) where stopped_at is null do nothing`,
        [id, applicationId, regionCode, consentVersion, moment(consentAt)],
      )
      return rowCount === 1
    },
    stop: async (residentId, at) => {
      const { rows } = await client.query<{ application_id: string }>(
        `update service_calendar set stopped_at = $2 where resident_id = $1 and stopped_at is null
          returning application_id`,
        [residentId, moment(at)],
      )
      return rows.map(row => row.application_id)
    },
    running: async residentId => {
      const { condition, values } = withinScope(work.scope(), 'c', 2)
      const { rows } = await client.query<{ application_id: string }>(
        `select application_id from service_calendar c
          where c.resident_id = $1 and c.stopped_at is null and ${condition}`,
        [residentId, ...values],
      )
      return rows.map(row => row.application_id)
    },
    toSend: async (today, limit) => {
      const { rows } = await client.query<CalendarRow>(
        `select c.id, c.application_id, c.resident_id, c.consent_at, array(
            select item from service_calendar_sent s where s.calendar_id = c.id) as sent
          from service_calendar c
          where c.stopped_at is null and (c.looked_on is null or c.looked_on < $1)
          order by c.looked_on nulls first, c.id limit $2 for update of c skip locked`,
        [today, limit],
      )
      return rows.map(row => ({
        ...{ id: row.id, applicationId: row.application_id, residentId: row.resident_id },
        ...{ consentAt: row.consent_at, sent: row.sent },
      }))
    },
    sent: async (calendarId, { today, items, at }) => {
      await client.query('update service_calendar set looked_on = $2 where id = $1', [calendarId, today])
      await client.query(
        `insert into service_calendar_sent (calendar_id, item, at) select $1, item, $3 from unnest($2::text[]) item
          on conflict do nothing`,
        [calendarId, items, moment(at)],
      )
    },
    isRunning: async calendarId => {
      const { rowCount } = await client.query('select from service_calendar where id = $1 and stopped_at is null', [
        calendarId,
      ])
      return rowCount === 1
    },
  }
}

interface CalendarRow {
  id: string
  application_id: string
  resident_id: string
  consent_at: number
  sent: string[]
}
