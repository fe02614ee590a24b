import { shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { createWriting } from './writing.ts'

export interface LookFirst<T> {
  busy: Ref<boolean>
  failure: Ref<string>
  /** What would follow, as it was looked at; null: not looked at yet, or no more what would be done. */
  seen: ShallowRef<T | null>
  /** The first press looks, the second does what was seen. */
  confirm(): Promise<void>
}

export interface LookedAt<T> {
  /** All that the answer hangs on, reactive, or a list of such: with each change of it one looks again. */
  asked: object
  address: string
  body(): object
  /** The count that the service holds against its own before it writes; null: there is nothing to do, one looks again. */
  expected(seen: T): number | null
  done(answer: T): void
}

/** A step with consequences: the same address tells what would follow, and does it when it is told what was seen. */
export function createLookFirst<T>({ asked, address, body, expected, done }: LookedAt<T>): LookFirst<T> {
  const seen: ShallowRef<T | null> = shallowRef(null)
  const { busy, failure, write } = createWriting()
  watch(asked, () => (seen.value = null))
  return {
    ...{ busy, failure, seen },
    async confirm() {
      const count = seen.value === null ? null : expected(seen.value)
      if (count === null) {
        seen.value = await write<T>(address, body())
        return
      }
      const answer = await write<T>(address, { ...body(), expected: count })
      if (answer) done(answer)
      else seen.value = null
    },
  }
}
