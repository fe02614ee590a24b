import { ref, watch, type Ref } from 'vue'
import { ask, Refused } from './api.ts'
import { frame, frameQuery } from './frame.ts'
import { noteEnd } from './session.ts'
import { t } from './words.ts'

export interface Reading<T> {
  value: Ref<T | null>
  failure: Ref<string>
  busy: Ref<boolean>
}

/** Reads an address for the place and days that are set, and again when they change. The last question wins. */
export function reading<T>(path: string, more: Record<string, string> = {}): Reading<T> {
  const value = ref<T | null>(null) as Ref<T | null>
  const failure = ref('')
  const busy = ref(false)
  let asked = 0
  const read = async () => {
    const mine = ++asked
    busy.value = true
    try {
      const found = await ask<T>(`${path}?${frameQuery(more)}`)
      if (mine === asked) [value.value, failure.value] = [found, '']
    } catch (error) {
      noteEnd(error)
      if (mine === asked) failure.value = (error instanceof Refused && error.message) || t('failed')
    }
    if (mine === asked) busy.value = false
  }
  watch(frame, () => void read(), { immediate: true, deep: true })
  return { value, failure, busy }
}
