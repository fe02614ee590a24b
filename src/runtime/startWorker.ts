import path from 'node:path'
import type { App } from '../app/app.ts'
import { sendCalendars } from '../app/calendar/sendCalendars.ts'
import { makeCampaignWork } from '../app/campaigns/campaignWork.ts'
import { makeCareDesk } from '../app/care/careDesk.ts'
import { makeFigures } from '../app/figures/makeFigures.ts'
import type { AppParts } from '../app/parts.ts'
import { makeRetentionNight } from '../app/privacy/retentionNight.ts'
import { makeTaskDesk } from '../app/tasks/taskDesk.ts'
import { quietHoursOf } from '../app/messages/rulesHere.ts'
import { stillWanted } from '../app/messages/stillWanted.ts'
import { openBureauFiles } from '../channels/bureau-files/desk.ts'
import { fetchPhotos } from '../channels/wechat-official/photos.ts'
import { answerOnlySender, historySender } from '../channels/web/sender.ts'
import { openLanes } from '../jobs/lanes.ts'
import { startWorkers } from '../jobs/startWorkers.ts'
import type { LiveFeed } from '../store/liveFeed.ts'
import type { Config } from './config.ts'
import type { Knowledge } from './knowledge.ts'
import type { EventLog, Log } from './log.ts'
import type { Database } from './openDatabase.ts'
import type { Queueing } from './openQueueing.ts'
import {
  miniProgramApi,
  miniProgramSender,
  officialAccountApi,
  officialAccountPhotos,
  officialAccountSender,
} from './wireWechat.ts'
import { wecomCards, wecomPhotos, wecomSender, type Wecom } from './wireWecom.ts'

export interface WorkerParts {
  config: Config
  app: App
  parts: AppParts
  knowledge: Pick<Knowledge, 'calendars'>
  database: Database
  queueing: Queueing
  live: LiveFeed
  wecom: Wecom | null
  log: Log
  events: EventLog
}

/** Starts the workers with the senders of all channels that are configured. */
export async function startWorker(worker: WorkerParts): Promise<{ stop(): Promise<void> }> {
  const { config, app, parts, database, queueing, live, log, events } = worker
  const announce = (message: Parameters<LiveFeed['announce']>[0]) => live.announce(message)
  const around = { parts, books: database.kept.account, log }
  const official = officialAccountApi(config, around)
  const wechat = officialAccountSender(config, official, around)
  const wecom = wecomSender(worker.wecom, parts)
  const cards = wecomCards(worker.wecom, parts, database.kept.cards)
  const { evidencePhotos } = database.kept
  const photos = [
    officialAccountPhotos(official, evidencePhotos, around),
    wecomPhotos(worker.wecom, parts, evidencePhotos),
  ].filter(way => way !== null)
  await database.kept.lookAfterCalendars(worker.knowledge.calendars, parts.world.now())
  const workers = startWorkers(queueing.factory, {
    outbox: database.kept.outbox,
    lanes: openLanes(),
    quietHours: parts.messageRules.quietHours,
    quietHoursOf: message => quietHoursOf(parts, message),
    timers: database.kept.timers,
    senders: {
      web: historySender('web', announce),
      miniprogram: miniProgramSender(announce, miniProgramApi(config, around), around),
      bot: answerOnlySender('bot'),
      ...(wechat ? { 'wechat-official': wechat } : {}),
      ...(wecom ? { wecom } : {}),
    },
    ...(cards ? { cards } : {}),
    photos: { fetch: async () => void (await Promise.all(photos.map(photo => fetchPhotos(photo)))) },
    app,
    wake: parts.wake,
    world: parts.world,
    crash: parts.crash,
    text: key => parts.text('zh-CN', key),
    audit: database.kept.audit,
    cases: { work: app.caseWork, bureaus: openBureauFiles(path.join(config.dataDir, 'bureau'), events) },
    tasks: makeTaskDesk(parts).work,
    care: makeCareDesk(parts),
    calendars: { send: limit => sendCalendars(parts, limit) },
    stillWanted: message => stillWanted(parts, message),
    campaigns: makeCampaignWork(parts),
    // Two workers that take turns at the steps of one night would each leave it to the other.
    figures: { night: () => database.kept.exclusively('night of the figures', () => makeFigures(parts).night()) },
    retention: { night: makeRetentionNight(parts) },
    log: events,
  })
  return { stop: () => workers.close() }
}
