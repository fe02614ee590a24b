import { pino, type Logger } from 'pino'
import type { World } from '../domain/world.ts'
import { seldom } from '../jobs/seldom.ts'

export type Log = Logger

/** Fields that never reach a log line, wherever somebody puts them by mistake. */
const secret = [
  'token',
  'password',
  'secret',
  'openid',
  'sender',
  'identityNumber',
  'applicantId',
  'phone',
  'name',
  'text',
  'said',
]

/** One JSON line per event on stdout; personal and secret fields are cut out. */
export function openLog(level: string): Log {
  const paths = secret.flatMap(field => [field, `*.${field}`])
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: '[redacted]' } })
}

/** What store and queues say: an event and plain details. */
export type EventLog = (event: string, detail: Record<string, string | number | boolean | null>) => void

/** The log as store and queues want it. A database that is away says the same hundreds of times a second: said seldom. */
export function eventLog(log: Log, world: Pick<World, 'now'>): EventLog {
  return seldom((event, detail) => log.warn(detail, event), world)
}
