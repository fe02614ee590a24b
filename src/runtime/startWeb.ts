import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import type { App } from '../app/app.ts'
import { makeCareDesk } from '../app/care/careDesk.ts'
import { makeRelativeDesk } from '../app/care/relatives.ts'
import { makeCampaignDesk } from '../app/campaigns/campaignDesk.ts'
import { makeComplaintDesk } from '../app/complaints/complaintDesk.ts'
import { makeGriefDesk } from '../app/grief/griefDesk.ts'
import { makeRatingDesk } from '../app/ratings/ratingDesk.ts'
import { makeCrossRegionDesk } from '../app/crossRegion/crossRegionDesk.ts'
import { makeMessageDesk } from '../app/messages/messageDesk.ts'
import { makeHouseholdDesk } from '../app/households/householdDesk.ts'
import { makeOwnHouseholds } from '../app/households/ownHouseholds.ts'
import { makeSeatDesk } from '../app/seats/seatDesk.ts'
import { makePrivacyDesk } from '../app/privacy/ownData.ts'
import { makeFigures } from '../app/figures/makeFigures.ts'
import type { ListDesk } from '../app/listImports.ts'
import { makeEvidenceDesk } from '../app/evidence/evidenceDesk.ts'
import { makeIdentities } from '../app/officer/identities.ts'
import type { AppParts } from '../app/parts.ts'
import { makeStaffSurveys } from '../app/surveys/staffSurveyDesk.ts'
import { makeDoorDesk } from '../app/surveys/doorDesk.ts'
import { makeSurveyDesk } from '../app/surveys/surveyDesk.ts'
import { makeSurveyResults } from '../app/surveys/surveyResults.ts'
import { makeTaskDesk } from '../app/tasks/taskDesk.ts'
import { regionChildren, regionName, regionOwnName, villagesAt, type RegionIndex } from '../domain/region.ts'
import { surveyTopics } from '../domain/survey/topics.ts'
import type { LiveFeed } from '../store/liveFeed.ts'
import { loadCertificateFonts } from '../web/certificateFonts.ts'
import { createWeb } from '../web/createWeb.ts'
import type { RegionBook, RegionEntry, WebConfig, WebDeps } from '../web/deps.ts'
import type { Config } from './config.ts'
import { loadBulkFacts, makeListDesk } from './importBulk.ts'
import type { Log } from './log.ts'
import type { Database } from './openDatabase.ts'
import { makeOfficerLists } from './officerLists.ts'
import { makeOfficerChanges } from '../app/officer/officerChanges.ts'
import { makeOwnAccount } from '../app/officer/ownAccount.ts'
import { accountSecrets, openPasswords } from './password.ts'
import { projectRoot } from './root.ts'
import { miniProgramLogin, miniProgramPhone, platformCallbacks } from './wireWechat.ts'
import { wecomCallbacks, wecomLogins, type Wecom } from './wireWecom.ts'

export interface RunningWeb {
  /** Ends streams, lets answers under way finish, closes the port. */
  stop(): Promise<void>
}

export interface WebParts {
  config: Config
  app: App
  parts: AppParts
  database: Database
  live: LiveFeed
  regions: RegionIndex
  wecom: Wecom | null
  log: Log
  ping(): Promise<Record<string, boolean>>
}

const DAY_MS = 86_400_000
const clientDir = path.join(projectRoot, 'miniprogram/dist/build/h5')
const consoleDir = path.join(projectRoot, 'console/dist')
/** Answers under way get this long when the process is told to stop. */
const DRAIN_MS = 10_000

/** Binds the web edge to its port. */
export async function startWeb(web: WebParts): Promise<RunningWeb> {
  const closing = new AbortController()
  const server = createServer(createWeb(webDeps(web, closing.signal)).callback())
  // A phone on a slow line keeps its connection between two answers; WeChat reuses its connections for a minute.
  server.keepAliveTimeout = 65_000
  server.listen(web.config.port, web.config.host)
  await once(server, 'listening')
  return { stop: () => stopServer(server, closing) }
}

async function stopServer(server: Server, closing: AbortController): Promise<void> {
  closing.abort()
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const drained = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await closed
  clearTimeout(drained)
}

function webDeps(web: WebParts, closing: AbortSignal): WebDeps {
  const { config, app, parts, database, live, regions, log, ping } = web
  const miniLogin = miniProgramLogin(config, log)
  const miniPhone = miniProgramPhone(config, { parts, books: database.kept.account, log })
  return {
    app,
    figures: makeFigures(parts),
    crossRegion: makeCrossRegionDesk(parts),
    complaints: makeComplaintDesk(parts),
    ratings: makeRatingDesk(parts),
    grief: makeGriefDesk(parts),
    campaigns: makeCampaignDesk(parts),
    messages: makeMessageDesk(parts),
    households: makeHouseholdDesk(parts),
    ownHouseholds: makeOwnHouseholds(parts),
    seats: makeSeatDesk(parts, code => villagesAt(regions, code)),
    privacy: makePrivacyDesk(parts),
    tasks: makeTaskDesk(parts),
    surveys: makeSurveyDesk(parts),
    doorSurveys: makeDoorDesk(parts),
    surveyResults: makeSurveyResults(parts, surveyTopics),
    staffSurveys: makeStaffSurveys(parts),
    care: makeCareDesk(parts),
    relatives: makeRelativeDesk(parts),
    lists: listDesk(web),
    officerLists: makeOfficerLists({ masterData: database.kept.masterData, world: parts.world, regions }),
    auth: database.kept.auth,
    officerChanges: makeOfficerChanges(parts, database.kept.masterData, code => regions.names.has(code)),
    account: makeOwnAccount({
      accounts: database.kept.accounts,
      secrets: accountSecrets,
      takeTotpStep: database.kept.auth.takeTotpStep,
      world: parts.world,
    }),
    world: parts.world,
    config: webConfig(config),
    log,
    text: parts.text,
    regions: regionBook(regions, config.settings.homeRegion),
    live,
    passwords: openPasswords(),
    fonts: loadCertificateFonts(config.fontDirs),
    ping,
    closing,
    platforms: [
      ...platformCallbacks(config, app, parts, { books: database.kept.account, log }),
      ...wecomCallbacks(web.wecom, app, parts, database.kept),
    ],
    loginWays: wecomLogins(web.wecom),
    identities: makeIdentities(parts),
    evidence: makeEvidenceDesk(parts),
    ...(miniLogin ? { miniLogin } : {}),
    ...(miniPhone ? { miniPhone } : {}),
  }
}

/** Reads lists against the places of this start; a place imported since counts from the next one, as everywhere. */
function listDesk({ parts, database, regions }: WebParts): ListDesk {
  const { bulk } = database.kept
  const facts = loadBulkFacts(projectRoot, regions, id => parts.text('zh-CN', `import.document.${id}`))
  return makeListDesk({ bulk, world: parts.world, facts })
}

function webConfig(config: Config): WebConfig {
  return {
    publicUrl: config.publicUrl,
    demo: config.demo,
    clientDir: existsSync(clientDir) ? clientDir : null,
    consoleDir: existsSync(consoleDir) ? consoleDir : null,
    clientPaths: ['officer', 'pages'],
    // A public address means that a reverse proxy of the county stands before us.
    trustProxy: config.publicUrl.startsWith('https:'),
    botToken: config.botToken,
    metricsToken: config.metricsToken,
    residentSessionMs: 30 * DAY_MS,
    // ASVS 5.0 V7.3: an absolute end of eight hours for those who see other people's data.
    officerSessionMs: 8 * 3_600_000,
    bindingCodeMs: 10 * 60_000,
    secondFactorRoles: config.secondFactorRoles,
  }
}

function regionBook(regions: RegionIndex, home: string): RegionBook {
  const entry = (code: string): RegionEntry => ({
    code,
    name: regionOwnName(regions, code),
    hasChildren: regionChildren(regions, code).length > 0,
  })
  return {
    children: code => (code !== null && !regions.names.has(code) ? null : regionChildren(regions, code).map(entry)),
    name: code => regionName(regions, code) || null,
    home: LEVEL_DIGITS.filter(digits => digits <= home.length)
      .map(digits => home.slice(0, digits))
      .filter(code => regions.names.has(code))
      .map(entry),
  }
}

/** Length of the code of a province, a city, a county, a town (GB/T 2260, 统计用区划代码). */
const LEVEL_DIGITS = [2, 4, 6, 9]
