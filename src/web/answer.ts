import type { Readable } from 'node:stream'
import type { Refusal } from '../app/app.ts'

/** What a route gives back. Sent by `createWeb`; handlers never touch the socket. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array | Readable | null
  /** Set on a problem: the sender words it in the caller's language. */
  problem?: ProblemName
}

/** The one table of refusals at the edge. Titles: `web.problem.<name>` in the locales. */
export const problems = {
  badInput: 400,
  badJson: 400,
  reasonMissing: 400,
  notLoggedIn: 401,
  loginRefused: 401,
  badLoginCode: 401,
  badCsrf: 403,
  notForRole: 403,
  secondFactorNeeded: 403,
  wrongPassword: 403,
  wrongCode: 403,
  usedCode: 403,
  clockAhead: 403,
  clockBehind: 403,
  notFound: 404,
  certificateUnknown: 404,
  methodNotAllowed: 405,
  taken: 409,
  staleFence: 409,
  notAllowed: 409,
  ownCase: 409,
  alreadyDone: 409,
  notBegun: 409,
  platformNotSetUp: 409,
  factorOn: 409,
  factorOff: 409,
  weakPassword: 400,
  samePassword: 400,
  tooLarge: 413,
  wrongMediaType: 415,
  badImage: 415,
  fenceMissing: 428,
  tooManyRequests: 429,
  tooMany: 429,
  tooManyReveals: 429,
  failed: 500,
  unavailable: 503,
} as const
export type ProblemName = keyof typeof problems

export function json(body: unknown, headers: Record<string, string> = {}, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  }
}

export function noContent(headers: Record<string, string> = {}): Answer {
  return { status: 204, headers, body: null }
}

/** A file under a name that may be Chinese (RFC 6266): opened in the browser, or saved. */
export function file(
  body: Uint8Array,
  { name, mediaType, saved = false }: { name: string; mediaType: string; saved?: boolean },
): Answer {
  const disposition = `${saved ? 'attachment' : 'inline'}; filename*=UTF-8''${encodeURIComponent(name)}`
  return { status: 200, headers: { 'content-type': mediaType, 'content-disposition': disposition }, body }
}

/** What somebody uploaded: never shown as a page of ours, whatever it holds. */
export function uploaded({ mimeType, bytes }: { mimeType: string; bytes: Uint8Array }): Answer {
  const headers = {
    'content-type': mimeType,
    'content-disposition': 'attachment',
    'content-security-policy': "default-src 'none'; sandbox",
  }
  return { status: 200, headers, body: bytes }
}

/** RFC 9457. `more` are extension members and carry no personal data. */
export function problem(
  name: ProblemName,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Answer {
  return { status: problems[name], headers, body: JSON.stringify(more), problem: name }
}

/** A use case's refusal, with what is possible instead where that may be said. */
export function refused(refusal: Refusal): Answer {
  const { code, allowed, heldBy, fields } = refusal
  return problem(code, {
    ...(allowed ? { allowed } : {}),
    ...(heldBy ? { heldBy } : {}),
    ...(fields ? { fields } : {}),
  })
}
