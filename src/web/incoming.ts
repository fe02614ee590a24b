import type { IncomingMessage } from 'node:http'
import type { Language } from '../conversation/types.ts'

/** One call, as far as routes may know it. */
export interface Incoming {
  method: string
  path: string
  /** Query string without `?`. */
  search: string
  params: Record<string, string>
  ip: string
  /** Whether the socket itself comes from this machine, with no proxy in between. */
  local: boolean
  language: Language
  header(name: string): string
  /** The whole body, or `tooLarge`. */
  body(limit: number): Promise<Uint8Array | 'tooLarge'>
}

/** How much of an oversized body is read and dropped, so that the caller hears our answer instead of a broken pipe. */
const DRAIN_BYTES = 1024 * 1024

/** Reads at most `limit` bytes. Never keeps more than that in memory. By events: an iterator costs twice as much. */
export function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array | 'tooLarge'> {
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > limit + DRAIN_BYTES) return Promise.resolve('tooLarge')
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      if (size <= limit + DRAIN_BYTES) return
      request.pause()
      resolve('tooLarge')
    })
    request.once('end', () => {
      const [first] = chunks
      if (size > limit) resolve('tooLarge')
      else resolve(chunks.length === 1 && first ? first : Buffer.concat(chunks))
    })
    request.once('error', reject)
    request.once('close', () => reject(new ClosedEarly('the caller went away')))
  })
}

/** The connection ended before the body did: nobody is there to be answered. */
class ClosedEarly extends Error {
  readonly code = 'ECONNRESET'
}

export function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name]
  return typeof value === 'string' ? value : (value?.join(', ') ?? '')
}

/** English only for those who put it before Chinese. */
export function languageOf(acceptLanguage: string): Language {
  const ranked = acceptLanguage
    .split(',')
    .map((part, order) => {
      const [tag = '', ...params] = part.trim().toLowerCase().split(';')
      const q = params.map(p => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(found => found !== undefined)
      return { tag, weight: q === undefined ? 1 : Number(q), order }
    })
    .filter(({ tag, weight }) => weight > 0 && /^(zh|en)\b/.test(tag))
    .sort((a, b) => b.weight - a.weight || a.order - b.order)
  return ranked[0]?.tag.startsWith('en') ? 'en' : 'zh-CN'
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** A call relayed by a proxy on the same machine is not local. */
export function isLocal(request: IncomingMessage): boolean {
  return loopback.has(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined
}

/** `/24` of IPv4, `/64` of IPv6: one household or one attacker's street, rather than one lease. */
export function networkOf(ip: string): string {
  const v4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(ip)
  return v4?.[1] ?? ip.split(':').slice(0, 4).join(':')
}

/** One cookie by name. */
export function cookieOf(header: string, name: string): string | null {
  const found = header
    .split(';')
    .map(part => part.trim())
    .find(part => part.startsWith(`${name}=`))
  return found?.slice(name.length + 1) ?? null
}
