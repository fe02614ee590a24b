import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { ask } from './api.ts'
import { sayFailure } from './failure.ts'
import { answered, chosen, frameQuery, type Days } from './frame.ts'

export interface Reading<T> {
  value: ShallowRef<T | null>
  failure: Ref<string>
  busy: Ref<boolean>
}

/** Reads an address for the place and days that are chosen, and again with each choice. The last question wins. */
export function reading<T extends Days>(path: string, more: Record<string, string> = {}): Reading<T> {
  const value: ShallowRef<T | null> = shallowRef(null)
  const failure = ref('')
  const busy = ref(false)
  let asked = 0
  const read = async () => {
    const mine = ++asked
    busy.value = true
    try {
      const found = await ask<T>(`${path}?${frameQuery(more)}`)
      if (mine !== asked) return
      value.value = found
      failure.value = ''
      answered.value = { from: found.from, to: found.to }
    } catch (error) {
      const words = sayFailure(error)
      if (mine === asked) failure.value = words
    } finally {
      if (mine === asked) busy.value = false
    }
  }
  watch(chosen, () => void read(), { immediate: true })
  return { value, failure, busy }
}
