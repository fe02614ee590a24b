import type { Answer } from '../api/answer.ts'
import type { KeyValue, Photo } from '../platform/platform.ts'

export interface StackedPhoto {
  key: string
  /** Name of the paper that it shows. */
  material: string
  state: 'sending' | 'sent' | 'waiting' | 'refused'
  uploadId: string | null
  /** Sentence of the service about a refused photo. */
  why: string
}

export interface PhotoStack {
  photos: StackedPhoto[]
  add(material: string, photo: Photo): Promise<void>
  /** Sends again what did not arrive. */
  retry(): Promise<void>
  remove(key: string): void
  /** After all of it was handed in. */
  clear(): void
}

export interface PhotoStackParts {
  /** Where arrived photos are remembered, so that a closed page loses none; one name for each case. */
  name: string
  store: KeyValue
  upload(photo: Photo): Promise<Answer<string>>
  newId(): string
  /** The list as the page shows it; reactive there. */
  photos: StackedPhoto[]
}

/** Photos of papers on their way: what arrived is kept on the device by its id, what did not waits in the page. */
export function createPhotoStack({ name, store, upload, newId, photos }: PhotoStackParts): PhotoStack {
  const key = `nuanxin.photos.${name}`
  const waiting = new Map<string, Photo>()
  photos.push(...kept(store.read(key)))

  const keep = () => {
    const sent = photos.filter(({ state }) => state === 'sent')
    if (sent.length === 0) return store.remove(key)
    store.write(key, JSON.stringify(sent.map(({ material, uploadId }) => [material, uploadId])))
  }

  async function send(id: string): Promise<void> {
    const photo = waiting.get(id)
    const shown = photos.find(one => one.key === id)
    if (!photo || !shown || shown.state === 'sending') return
    shown.state = 'sending'
    const answer = await upload(photo)
    if (answer.ok) {
      shown.uploadId = answer.value
      shown.state = 'sent'
      waiting.delete(id)
      return keep()
    }
    shown.why = answer.problem.title
    shown.state = answer.problem.kind === 'refused' ? 'refused' : 'waiting'
  }

  return {
    photos,
    async add(material, photo) {
      const id = newId()
      waiting.set(id, photo)
      photos.push({ key: id, material, state: 'waiting', uploadId: null, why: '' })
      await send(id)
    },
    async retry() {
      for (const one of photos.filter(({ state }) => state === 'waiting')) await send(one.key)
    },
    remove(id) {
      waiting.delete(id)
      const at = photos.findIndex(one => one.key === id)
      if (at >= 0) photos.splice(at, 1)
      keep()
    },
    clear() {
      waiting.clear()
      photos.splice(0)
      keep()
    },
  }
}

function kept(stored: string | null): StackedPhoto[] {
  const pairs = parsed(stored)
  return pairs.map(([material, uploadId]) => ({ key: uploadId, material, state: 'sent' as const, uploadId, why: '' }))
}

function parsed(stored: string | null): [string, string][] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(value) ? value.filter(isPair) : []
  } catch {
    return []
  }
}

const isPair = (value: unknown): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every(one => typeof one === 'string')
