import type { App } from '../app/app.ts'
import type { CampaignWork } from '../app/campaigns/campaignWork.ts'
import type { FigureDesk } from '../app/figures/figureDesk.ts'
import type {
  ChannelName,
  CrashPoint,
  MessageSender,
  OutboxStore,
  TakenMessage,
  TimerStore,
  Wake,
} from '../app/ports.ts'
import type { TaskDesk } from '../app/tasks/taskDesk.ts'
import type { QuietHours } from '../domain/message/messageRules.ts'
import type { Instant, World } from '../domain/world.ts'
import type { CaseParts } from './cases.ts'
import type { Lanes } from './lanes.ts'
import type { JobData, Log } from './queues.ts'

/** What the workers work with. */
export interface JobParts {
  outbox: OutboxStore
  /** How many messages of each dependency are under way in this process; without it each call counts for itself. */
  lanes?: Lanes
  /** When the service does not write of its own accord. */
  quietHours?: QuietHours
  /** Those that this message keeps now, where its resident lives; null: none, or nobody has any at this hour. */
  quietHoursOf?(message: TakenMessage): Promise<QuietHours | null>
  /** Whether a message may still leave, asked at the last moment. */
  stillWanted?(message: TakenMessage): Promise<boolean>
  timers: TimerStore
  /** One sender for each channel that is configured. */
  senders: Partial<Record<ChannelName, MessageSender>>
  app: Pick<App, 'fireTimer' | 'outbox'>
  wake: Wake
  /** Seals the audit trail as far as it is complete. */
  audit?: { seal(at: Instant): Promise<number> }
  /** What the service does of itself in cases. */
  cases?: CaseParts
  /** Clock and mornings of tasks. */
  tasks?: TaskDesk['work']
  /** Does the night's work on the figures when it is time; null when there was nothing to do. */
  figures?: Pick<FigureDesk, 'night'>
  /** Deletes what is old enough, when it is time; null when there was nothing to do. */
  retention?: { night(): Promise<Record<string, number> | null> }
  /** Asks the households of campaigns. */
  campaigns?: CampaignWork
  /** Shows new tasks to their officers in chat, where a channel has cards. */
  cards?: { send(): Promise<void> }
  /** Sends what is due by the calendars that people agreed to; how many calendars were looked at. */
  calendars?: { send(limit: number): Promise<number> }
  /** Opens visits of care families that may be paid by now: how many families were looked at. Reminds of tomorrow's activities. */
  care?: { plan(limit: number): Promise<number>; remind(): Promise<number> }
  /** Fetches photos that officers sent, from the channels where they still lie. */
  photos?: { fetch(): Promise<void> }
  world: World
  crash: CrashPoint
  /** A Chinese sentence for the officer, by its key in `locales`. */
  text(key: string): string
  log: Log
}

export interface Job {
  /** Jobs of this queue under way at once in one process. */
  concurrency: number
  run(parts: JobParts, data: JobData): Promise<void>
}

/** Runs `work` over `items`, a few at a time. */
export async function aFewAtATime<T>(items: T[], few: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(few, items.length) }, worker))
}
