import { campaignsJob } from './campaigns.ts'
import { figuresJob } from './figures.ts'
import { outboxJob } from './outbox.ts'
import type { Job } from './parts.ts'
import { sweepJob } from './sweep.ts'
import { timersJob } from './timers.ts'

export const queueNames = ['outbox', 'timers', 'sweep', 'figures', 'campaigns'] as const
export type QueueName = (typeof queueNames)[number]

/** Every queue and its work, by hand: one file each. */
export const jobs: Record<QueueName, Job> = {
  outbox: outboxJob,
  timers: timersJob,
  sweep: sweepJob,
  figures: figuresJob,
  campaigns: campaignsJob,
}
