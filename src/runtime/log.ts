import { pino, type Logger } from 'pino'

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

/** The log as the store wants it: an event and plain details. */
export function eventLog(log: Log): (event: string, detail: Record<string, string | number | boolean | null>) => void {
  return (event, detail) => log.warn(detail, event)
}
