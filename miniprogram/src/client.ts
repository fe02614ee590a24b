import { platform } from '@platform'
import { createOfficerApi } from './api/officerApi.ts'
import { createOwnDataApi } from './api/ownDataApi.ts'
import { createResidentApi } from './api/residentApi.ts'
import { createResidentSession } from './api/residentSession.ts'

/** The wiring, by hand: each page takes from here what it needs. */
export const residentSession = createResidentSession({
  send: platform.send,
  store: platform.store,
  loginRequest: platform.residentLogin,
})

export const residentApi = createResidentApi(residentSession.send)

export const ownDataApi = createOwnDataApi(residentSession.send)

/** Filled by the officers' page at login; lives as long as the page. */
export const officerSession = { csrfToken: '' }

export const officerApi = createOfficerApi(platform.send, () => officerSession.csrfToken)
