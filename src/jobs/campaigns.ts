import type { Job, JobParts } from './parts.ts'

/** A job ends after this long, so that a worker that stops does not wait for a million households. The clock asks again. */
const LONGEST_MS = 20_000

/**
 * Draws samples, asks households and ends campaigns, as far as the tables say that it is time. Any number of workers may be
 * asked; each campaign is in the hands of one. Losing every job of this queue loses nothing.
 */
export const campaignsJob: Job = {
  concurrency: 1,
  run: parts => workOnCampaigns(parts),
}

/** `longestMs`: with the queue away, messages and timers wait behind this. */
export async function workOnCampaigns({ campaigns, world, log }: JobParts, longestMs = LONGEST_MS): Promise<void> {
  if (!campaigns) return
  const end = world.now() + longestMs
  try {
    while (await campaigns.round()) if (world.now() >= end) return
  } catch (error) {
    log('campaign.failed', { reason: error instanceof Error ? error.name : 'unknown' })
  }
}
