import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { ask, type Region } from './api.ts'
import { sayFailure } from './failure.ts'
import { answered, chosen, frameQuery, type Days } from './frame.ts'

export interface Reading<T> {
  /** Null until the first answer. It stays in sight while the next is read. */
  value: ShallowRef<T | null>
  failure: Ref<string>
  busy: Ref<boolean>
  again(): Promise<void>
}

/** Asks at once, and `again` when told. The last question wins. */
export function readingOf<T>(question: () => Promise<T>): Reading<T> {
  const value: ShallowRef<T | null> = shallowRef(null)
  const failure = ref('')
  const busy = ref(false)
  let asked = 0
  const again = async () => {
    const mine = ++asked
    busy.value = true
    try {
      const found = await question()
      if (mine !== asked) return
      value.value = found
      failure.value = ''
    } catch (error) {
      const words = sayFailure(error)
      if (mine === asked) failure.value = words
    } finally {
      if (mine === asked) busy.value = false
    }
  }
  void again()
  return { value, failure, busy, again }
}

/** The same for the `items` of an address that gives them all at once. */
export function readingItems<T>(address: string): Reading<T[]> {
  return readingOf(async () => (await ask<{ items: T[] }>(address)).items)
}

/** Places directly below one, anew with each choice and unknown until then. None below the empty code: nothing is chosen. */
export function readingPlaces(parent: () => string): Reading<Region[]> {
  const read = readingOf(async () => {
    const code = parent()
    return code === '' ? [] : (await ask<{ items: Region[] }>(`/api/regions?parent=${code}`)).items
  })
  watch(parent, () => {
    read.value.value = null
    void read.again()
  })
  return read
}

/** Reads an address for the place and days that are chosen, and again with each choice. */
export function reading<T extends Days>(path: string, more: Record<string, string> = {}): Reading<T> {
  const read = readingOf(() => ask<T>(`${path}?${frameQuery(more)}`))
  watch(chosen, () => void read.again())
  watch(
    read.value,
    found => {
      if (found) answered.value = { from: found.from, to: found.to }
    },
    { flush: 'sync' },
  )
  return read
}
