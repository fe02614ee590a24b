import { platform } from '@platform'
import { createOwnDataApi } from './api/ownDataApi.ts'
import { createOwnHouseholdApi } from './api/ownHouseholdApi.ts'
import { createRequestApi } from './api/requestApi.ts'
import { createResidentApi } from './api/residentApi.ts'
import { createResidentSession } from './api/residentSession.ts'

/** The wiring of the residents' pages, by hand: each page takes from here what it needs. */
export const residentSession = createResidentSession({
  send: platform.send,
  store: platform.store,
  loginRequest: platform.residentLogin,
})

export const residentApi = createResidentApi(residentSession.send)

export const requestApi = createRequestApi(residentSession.send)

export const ownDataApi = createOwnDataApi(residentSession.send)

export const ownHouseholdApi = createOwnHouseholdApi(residentSession.send)
