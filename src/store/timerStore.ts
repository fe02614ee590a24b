import type pg from 'pg'
import type { TimerStore } from '../app/ports.ts'
import { moment, oneOf } from './rows.ts'

interface TimerRow {
  resident_id: string
  session_id: string
  name: string
  turn_id: string
}

const timerNames = ['remind', 'expire'] as const
/** A worker that took a timer and was killed loses it after this. */
const CLAIM = '1 minute'

export function openTimerStore(pool: pg.Pool): TimerStore {
  return {
    claimDue: async (at, limit) => {
      const { rows } = await pool.query<TimerRow>({
        name: 'timers.claim',
        text: `with due as (
            select session_id, name from timer
            where fired_at is null and due_at <= $1
              and (claimed_at is null or claimed_at < $1::timestamptz - interval '${CLAIM}')
            order by due_at limit $2
            for update skip locked
          )
          update timer t set claimed_at = $1 from due where t.session_id = due.session_id and t.name = due.name
          returning t.resident_id, t.session_id, t.name, t.turn_id`,
        values: [moment(at), limit],
      })
      return rows.map(row => ({
        residentId: row.resident_id,
        sessionId: row.session_id,
        name: oneOf(timerNames, row.name),
        turnId: row.turn_id,
      }))
    },
    settle: async ({ sessionId, name, turnId }, at) => {
      await pool.query({
        name: 'timers.settle',
        text: 'update timer set fired_at = $4 where session_id = $1 and name = $2 and turn_id = $3 and fired_at is null',
        values: [sessionId, name, turnId, moment(at)],
      })
    },
  }
}
