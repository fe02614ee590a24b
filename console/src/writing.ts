import { ref, type Ref } from 'vue'
import { send } from './api.ts'
import { sayFailure } from './failure.ts'
import { session } from './session.ts'

export interface Writing {
  busy: Ref<boolean>
  failure: Ref<string>
  /** Sends one write with the session's token. Null: it was not done, and `failure` says why. */
  write<T>(path: string, body: object, headers?: Record<string, string>): Promise<T | null>
}

export function createWriting(): Writing {
  const busy = ref(false)
  const failure = ref('')
  return {
    busy,
    failure,
    async write<T>(path: string, body: object, headers: Record<string, string> = {}) {
      busy.value = true
      failure.value = ''
      try {
        return await send<T>(path, body, { 'x-csrf-token': session.csrfToken, ...headers })
      } catch (error) {
        failure.value = sayFailure(error)
        return null
      } finally {
        busy.value = false
      }
    },
  }
}
