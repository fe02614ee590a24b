import type { Instant } from '../../domain/world.ts'
import { decodeUtf8, emptyFields, textOf, type Fields } from './fields.ts'
import { readJson } from './json.ts'
import { failureOf, type FailureName } from './errors.ts'

/** The platform's API, as the operator configures it. */
export interface ApiConfig {
  /** https, or http on loopback for a mock. */
  baseUrl: string
  appId: string
  secret: string
  /** The platform answers within a second or not at all; measured calls hang rather than refuse. */
  timeoutMs: number
}

export const defaultApi = { baseUrl: 'https://api.weixin.qq.com', timeoutMs: 8000 }

export type Fetch = typeof fetch

export interface ApiCall {
  method: 'GET' | 'POST'
  path: string
  query?: Record<string, string>
  body?: unknown
  /** A file is asked for: what is no JSON is its bytes. */
  file?: true
}

export type ApiOutcome =
  | { status: 'ok'; fields: Fields; bytes?: Uint8Array }
  /**
   * `detail` holds numbers and the platform's request id, never a token, a name or a text. `until`: it was not called at all,
   * or is not to be called again before.
   */
  | { status: 'failed'; failure: FailureName; errcode: number | null; detail: string; until?: Instant }

/** Answers are a few hundred bytes; more than this is not an answer. */
const MAX_ANSWER_BYTES = 1024 * 1024
/** A photo has at most 10 MB (临时素材, 图片). */
const MAX_FILE_BYTES = 10 * 1024 * 1024

/**
 * The address calls go to.
 * @throws Error when it is neither https nor http on loopback: tokens travel in it.
 */
export function apiBase(baseUrl: string): URL {
  const url = new URL(baseUrl)
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback)) return url
  throw new Error('WeChat API address: https expected (http only on loopback)')
}

/**
 * One call, no retry, over within the time limit. The status line says little here: nearly all errors come as 200
 * with an errcode.
 */
export async function callApi(fetcher: Fetch, config: ApiConfig, call: ApiCall): Promise<ApiOutcome> {
  const giveUp = new AbortController()
  let timer: NodeJS.Timeout | undefined
  // a limit of our own beside the signal: fetch has lost abort signals to garbage collection (undici #3644, #4068)
  const late = new Promise<ApiOutcome>(resolve => {
    timer = setTimeout(() => {
      resolve(failed('unknownOutcome', null, 'timeout'))
      giveUp.abort()
    }, config.timeoutMs)
  })
  try {
    return await Promise.race([exchange(fetcher, config, call, giveUp.signal), late])
  } finally {
    clearTimeout(timer)
  }
}

async function exchange(fetcher: Fetch, config: ApiConfig, call: ApiCall, signal: AbortSignal): Promise<ApiOutcome> {
  const url = new URL(call.path, apiBase(config.baseUrl))
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value)
  try {
    const response = await fetcher(url, {
      method: call.method,
      redirect: 'error',
      signal,
      // raw UTF-8: the platform refuses \uXXXX escapes with 40033
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body), headers: jsonHeaders }),
    })
    const bytes = await readCapped(response, call.file ? MAX_FILE_BYTES : MAX_ANSWER_BYTES)
    if (response.status !== 200) return failed(statusFailure(response.status), null, `http ${response.status}`)
    if (call.file && bytes && isFile(response)) return { status: 'ok', fields: emptyFields(), bytes }
    return judge(call.path, bytes)
  } catch (error) {
    return networkFailure(error)
  }
}

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' }

function statusFailure(status: number): FailureName {
  return status >= 500 ? 'unknownOutcome' : 'unexpected'
}

function judge(path: string, bytes: Uint8Array | null): ApiOutcome {
  const text = bytes && decodeUtf8(bytes)
  const fields = text && readJson(text)
  if (!fields) return failed('unknownOutcome', null, 'unreadable answer')
  const errcode = Number(textOf(fields, 'errcode') ?? '0')
  if (errcode === 0) return { status: 'ok', fields }
  if (!Number.isInteger(errcode)) return failed('unknownOutcome', null, 'unreadable errcode')
  return failed(failureOf(errcode, path), errcode, `errcode ${errcode}${factsOf(fields)}`)
}

/** The id by which the platform's support finds the call, and our own address where it is not on the list. */
function factsOf(fields: Fields): string {
  const message = textOf(fields, 'errmsg') ?? ''
  const rid = /rid: ?([\w-]{1,64})/.exec(message)?.[1]
  const ip = /(?:from )?ip: ?([\d.]{7,15}|[\da-f:]{3,39})(?![\w:])/i.exec(message)?.[1]
  return `${rid ? ` rid ${rid}` : ''}${ip ? ` ip ${ip}` : ''}`
}

export function failed(failure: FailureName, errcode: number | null, detail: string): ApiOutcome {
  return { status: 'failed', failure, errcode, detail }
}

/** Errors come as JSON under several names, some as text. */
function isFile(response: Response): boolean {
  return !/^(application\/json|text\/)/i.test(response.headers.get('content-type') ?? 'text/')
}

async function readCapped(response: Response, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  const body: AsyncIterable<Uint8Array> | null = response.body
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > limit) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** With these the connection never came about, so nothing can have arrived. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

function networkFailure(error: unknown): ApiOutcome {
  if (!(error instanceof Error)) throw error
  const { cause } = error
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : error.name
  return failed(neverConnected.has(code) ? 'unreachable' : 'unknownOutcome', null, code)
}
