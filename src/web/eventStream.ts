import { PassThrough, type Readable } from 'node:stream'
import type { LiveMessages } from './deps.ts'

/** Proxies drop a silent connection after 60 s and more; twice within that is safe. */
const HEARTBEAT_MS = 25_000

/** A page that reads nothing is let go; it finds everything in the history. */
const UNREAD_LIMIT = 256 * 1024

/** What the page should wait before it connects again. */
const RETRY_MS = 3_000

/** Live messages as server-sent events until the page goes away or the process stops. `ended` is called once. */
export function eventStream(
  from: { live: LiveMessages; closing: AbortSignal },
  residentId: string,
  ended: () => void,
): Readable {
  const stream = new PassThrough()
  const heartbeat = setInterval(() => stream.write(': \n\n'), HEARTBEAT_MS)
  const stop = from.live.subscribe(residentId, message => {
    if (stream.writableLength + stream.readableLength > UNREAD_LIMIT) {
      stream.destroy()
      return
    }
    stream.write(`id: ${message.id}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`)
  })
  const finish = (): void => {
    stream.end()
  }
  from.closing.addEventListener('abort', finish)
  stream.once('close', () => {
    clearInterval(heartbeat)
    stop()
    from.closing.removeEventListener('abort', finish)
    ended()
  })
  stream.write(`retry: ${RETRY_MS}\n\n`)
  if (from.closing.aborted) finish()
  return stream
}
