import { platform } from '@platform'
import { reactive } from 'vue'
import { createOfficerApi, OWN_LOGIN, withoutToken } from './api/officerApi.ts'
import type { Send } from './api/answer.ts'
import { createKeptReads } from './offline/keptReads.ts'

/* The wiring of the officers' pages, by hand; that of the residents' is in `residentClient.ts`: neither loads the other's. */

/**
 * Filled by the officers' page at login; lives as long as the page. `copyFrom`: from when the copy is that was shown last
 * because there was no network; null while the service answers. `standInFor`: user name of the absent colleague in whose place
 * the pages work now; empty: in one's own.
 */
export const officerSession = reactive({ csrfToken: '', copyFrom: null as number | null, standInFor: '' })

/** Of whose place a call is; one's own account stays one's own. */
const placeOf = (path: string): string => (path.startsWith('/api/officer/') ? '' : officerSession.standInFor)

export const standInHeader = (username: string): Record<string, string> =>
  username === '' ? {} : { 'x-stand-in-for': username }

export const officerSend: Send = request =>
  platform.send({ ...request, headers: { ...request.headers, ...standInHeader(placeOf(request.path)) } })

/** What officers read is kept on the phone, without the token of their session, and apart for each place they work in. */
export const officerReads = createKeptReads({
  send: officerSend,
  scope: placeOf,
  store: platform.store,
  now: platform.now,
  keep: (path, body) => (path === OWN_LOGIN ? withoutToken(body) : body),
  onRead: (_path, copyFrom) => (officerSession.copyFrom = copyFrom),
})

export const officerApi = createOfficerApi(officerReads.send, () => officerSession.csrfToken)
