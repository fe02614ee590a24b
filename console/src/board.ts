import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { sayFailure } from './failure.ts'
import { nearName } from './figures.ts'
import { session } from './session.ts'
import { readBoard, type Board } from './tasks.ts'

/** The board of the officer's place, read now and again when asked. */
export function useBoard(): {
  board: ShallowRef<Board | null>
  failure: Ref<string>
  again: () => Promise<void>
} {
  const board: ShallowRef<Board | null> = shallowRef(null)
  const failure = ref('')
  const again = async () => {
    try {
      board.value = seenFromHere(await readBoard())
      failure.value = ''
    } catch (error) {
      failure.value = sayFailure(error)
    }
  }
  void again()
  return { board, failure, again }
}

/** 下柯村 for the town, 沼山镇下柯村 for the county: without the name of the officer's own place. */
function seenFromHere({ places, officers }: Board): Board {
  const own = session.officer?.regionCode
  const around = [...officers, ...places].find(({ regionCode }) => regionCode === own)?.place ?? ''
  return {
    places: places.map(one => ({ ...one, place: nearName(one.place, around) })),
    officers: officers.map(one => ({ ...one, place: nearName(one.place, around) })),
  }
}
