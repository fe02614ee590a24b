import type { EvidencePhotos, PhotoToFetch } from '../../app/evidence/evidencePort.ts'
import type { ChannelName } from '../../app/ports.ts'
import type { World } from '../../domain/world.ts'
import type { ChannelLog } from './account.ts'
import type { ApiCall } from './http.ts'

export interface PhotoDeps {
  channel: ChannelName
  photos: EvidencePhotos
  /** Both platforms are called alike: `errcode` decides. */
  client(
    call: ApiCall,
  ): Promise<{ status: 'ok'; bytes?: Uint8Array } | { status: 'failed'; errcode: number | null; detail: string }>
  /** The picture without what tells where and when it was taken; null when it is none. */
  clean(bytes: Uint8Array): { mimeType: string; bytes: Uint8Array } | null
  /** The officer is to send it again. */
  lost(photo: PhotoToFetch): Promise<void>
  world: Pick<World, 'now'>
  log: ChannelLog
}

const BATCH = 10
/** 不合法的媒体文件 id: it has expired or never was. */
const NO_SUCH_MEDIA = 40007
const FIRST_PAUSE_MS = 20_000
const LONGEST_PAUSE_MS = 6 * 3_600_000
/** Spread over nearly a day; the platform keeps a photo for three (临时素材). */
const MOST_ATTEMPTS = 12

/** Fetches photos that officers sent as evidence, one batch. Driven by the table, so any number of workers may do it at once. */
export async function fetchPhotos(deps: PhotoDeps): Promise<void> {
  const { channel, photos, world } = deps
  for (const photo of await photos.take(channel, world.now(), BATCH)) await fetchPhoto(deps, photo)
}

async function fetchPhoto(deps: PhotoDeps, photo: PhotoToFetch): Promise<void> {
  const { client, photos, world, clean, log } = deps
  const outcome = await client({
    method: 'GET',
    path: '/cgi-bin/media/get',
    query: { media_id: photo.mediaId },
    file: true,
  })
  const picture = outcome.status === 'ok' && outcome.bytes ? clean(outcome.bytes) : null
  if (picture) return photos.fetched(photo, picture, world.now())
  const isFinal = outcome.status === 'ok' || outcome.errcode === NO_SUCH_MEDIA || photo.attempts >= MOST_ATTEMPTS
  if (!isFinal) return photos.later(photo, world.now() + pauseAfter(photo.attempts))
  log.warn({ channel: deps.channel, detail: outcome.status === 'ok' ? 'no picture' : outcome.detail }, 'photo lost')
  await photos.lost(photo, world.now())
  await deps.lost(photo)
}

const pauseAfter = (attempts: number): number => Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS)
