import { platform } from '@platform'
import { reactive } from 'vue'
import { createOfficerApi, OWN_LOGIN, withoutToken } from './api/officerApi.ts'
import { createKeptReads } from './offline/keptReads.ts'

/* The wiring of the officers' pages, by hand; that of the residents' is in `residentClient.ts`: neither loads the other's. */

/**
 * Filled by the officers' page at login; lives as long as the page. `copyFrom`: from when the copy is that was shown last
 * because there was no network; null while the service answers.
 */
export const officerSession = reactive({ csrfToken: '', copyFrom: null as number | null })

/** What officers read is kept on the phone, without the token of their session. */
export const officerReads = createKeptReads({
  send: platform.send,
  store: platform.store,
  now: platform.now,
  keep: (path, body) => (path === OWN_LOGIN ? withoutToken(body) : body),
  onRead: (_path, copyFrom) => (officerSession.copyFrom = copyFrom),
})

export const officerApi = createOfficerApi(officerReads.send, () => officerSession.csrfToken)
