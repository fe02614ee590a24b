import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { ask } from './api.ts'
import { sayFailure } from './failure.ts'

export interface Listing<T> {
  rows: ShallowRef<T[]>
  /** Where the next page begins; null at the end. */
  next: Ref<string | null>
  busy: Ref<boolean>
  failure: Ref<string>
  /** The first page of an address (with its `?`), or the one after `cursor`. The last question wins. */
  read(address: string, cursor?: string | null): Promise<void>
}

/** Reads a list page by page. */
export function createListing<T>(): Listing<T> {
  const rows: ShallowRef<T[]> = shallowRef([])
  const next = ref<string | null>(null)
  const busy = ref(false)
  const failure = ref('')
  let asked = 0
  const read = async (address: string, cursor: string | null = null) => {
    const mine = ++asked
    busy.value = true
    try {
      const more = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const page = await ask<{ items: T[]; next: string | null }>(`${address}${more}`)
      if (mine !== asked) return
      rows.value = cursor === null ? page.items : [...rows.value, ...page.items]
      next.value = page.next
      failure.value = ''
    } catch (error) {
      const words = sayFailure(error)
      if (mine === asked) failure.value = words
    } finally {
      if (mine === asked) busy.value = false
    }
  }
  return { rows, next, busy, failure, read }
}
