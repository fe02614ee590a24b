import { createServer } from 'node:http'
import { z } from 'zod'
import { frozenWorld } from '../../domain/world.ts'
import { loadCertificateFonts } from '../certificateFonts.ts'
import { createWeb } from '../createWeb.ts'
import type { Passwords, WebConfig, WebDeps } from '../deps.ts'
import { fakeAccount } from './fakeAccounts.ts'
import { fakeApp } from './fakeApp.ts'
import { fakeCampaigns } from './fakeCampaigns.ts'
import { fakeCare } from './fakeCare.ts'
import { fakeRelatives } from './fakeRelatives.ts'
import { fakeComplaints } from './fakeComplaints.ts'
import { fakeCrossRegion } from './fakeCrossRegion.ts'
import { fakeFigures } from './fakeFigures.ts'
import { fakeHouseholds } from './fakeHouseholds.ts'
import { fakeMessages } from './fakeMessages.ts'
import { fakeSeats } from './fakeSeats.ts'
import { fakeSurveyResults } from './fakeSurveyResults.ts'
import { fakeStaffSurveys } from './fakeStaffSurveys.ts'
import { fakeSurveys } from './fakeSurveys.ts'
import { fakeRatings } from './fakeRatings.ts'
import { fakeTasks } from './fakeTasks.ts'
import { fakeEvidence } from './fakeEvidence.ts'
import { fakeIdentities } from './fakeIdentities.ts'
import { fakeLists } from './fakeLists.ts'
import { fakeOfficerChanges, fakeOfficerLists } from './fakeOfficerLists.ts'
import { fakeAuth } from './fakeAuth.ts'
import { auditor, county, town, village } from './samples.ts'
import { webTexts } from './texts.ts'

const config: WebConfig = {
  publicUrl: 'http://127.0.0.1:3000',
  demo: true,
  clientDir: null,
  consoleDir: null,
  clientPaths: ['officer', 'pages'],
  trustProxy: false,
  botToken: 'bot-token-of-the-tests-0001',
  metricsToken: null,
  residentSessionMs: 30 * 86_400_000,
  officerSessionMs: 8 * 3600_000,
  bindingCodeMs: 10 * 60_000,
  secondFactorRoles: [],
}

/** No hashing at all: what is tested is what the edge does with the answer. */
function plainPasswords(): Passwords & { checked: string[] } {
  const checked: string[] = []
  return {
    checked,
    nobody: 'nobody',
    async verify(password, stored) {
      checked.push(stored)
      return stored === `plain:${password}`
    },
  }
}

const placeNames: Record<string, string> = {
  '420702': '湖北省鄂州市梁子湖区',
  '420702104': '湖北省鄂州市梁子湖区沼山镇',
  '420702104212': '湖北省鄂州市梁子湖区沼山镇下柯村',
}

export type TestWeb = Awaited<ReturnType<typeof openTestWeb>>

/** The whole edge on a port of the loopback, over fakes that tests may look into. */
export async function openTestWeb(changes: Partial<Omit<WebDeps, 'config'>> & { config?: Partial<WebConfig> } = {}) {
  const app = fakeApp()
  const auth = fakeAuth()
  const passwords = plainPasswords()
  const world = frozenWorld()
  const lines: { level: string; fields: Record<string, unknown>; message: string }[] = []
  const note = (level: string) => (fields: Record<string, unknown>, message: string) =>
    void lines.push({ level, fields, message })
  const closing = new AbortController()
  const live = new Map<string, (message: { id: string; replies: [] }) => void>()
  for (const officer of [village, town, county, auditor]) {
    auth.accounts.set(officer.username, {
      officer,
      passwordHash: 'plain:right',
      totpSecret: null,
      failures: 0,
      lockedUntil: null,
    })
  }
  const surveys = fakeSurveys(app)
  const web = createWeb({
    ...{ app, auth, world, passwords },
    account: fakeAccount(auth, world),
    figures: fakeFigures(app),
    crossRegion: fakeCrossRegion(app),
    complaints: fakeComplaints(app),
    ...fakeRatings(app),
    campaigns: fakeCampaigns(app),
    messages: fakeMessages(app),
    ...fakeHouseholds(app),
    seats: fakeSeats(app),
    lists: fakeLists(app),
    officerLists: fakeOfficerLists(app),
    officerChanges: fakeOfficerChanges(app, village),
    identities: fakeIdentities(app),
    evidence: fakeEvidence(),
    tasks: fakeTasks(app),
    surveys: surveys.links,
    doorSurveys: surveys.door,
    surveyResults: fakeSurveyResults(app),
    staffSurveys: fakeStaffSurveys(app),
    care: fakeCare(app),
    relatives: fakeRelatives(app),
    privacy: {
      data: async residentId => ({ of: residentId }),
      dataByLink: async ({ residentId, key }) => (key === 'right' ? { of: residentId } : null),
      correct: async ({ field }) => (field === 'other' ? null : { number: 'SY420702-000001', answerBy: '2026-11-27' }),
      erase: async () => ({ deleted: 3, cases: 1, complaints: 0 }),
      withdraw: async (_residentId, purpose) => purpose === 'serviceCalendar',
    },
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    text: webTexts(),
    regions: {
      children: code => (code === null ? [{ code: '42', name: '湖北省', hasChildren: true }] : null),
      name: code => placeNames[code] ?? null,
      home: [{ code: '42', name: '湖北省', hasChildren: true }],
    },
    live: {
      subscribe: (residentId, take) => {
        live.set(residentId, take)
        return () => live.delete(residentId)
      },
    },
    fonts: loadCertificateFonts([]),
    ping: async () => ({ database: true, queue: true }),
    closing: closing.signal,
    platforms: [],
    ...changes,
    config: { ...config, ...changes.config },
  })
  const server = createServer(web.callback())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  const base = `http://127.0.0.1:${address.port}`
  const call = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(base + path, { redirect: 'manual', ...init })
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    call(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    })

  return {
    ...{ app, auth, world, passwords, lines, closing, live, base, call, post },
    /** Headers of a resident who has just come in. */
    async resident(): Promise<Record<string, string>> {
      const { token } = z.object({ token: z.string() }).parse(await (await post('/api/guest', {})).json())
      return { authorization: `Bearer ${token}` }
    },
    /** Headers of an officer who has logged in, with all that a write needs. */
    async officer(username = 'village'): Promise<Record<string, string>> {
      const response = await post('/api/officer/login', { username, password: 'right' })
      const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await response.json())
      const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      return { cookie, 'x-csrf-token': csrfToken }
    },
    async close(): Promise<void> {
      closing.abort()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
