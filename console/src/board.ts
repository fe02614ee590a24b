import { nearName } from './figures.ts'
import { readingOf } from './reading.ts'
import { session } from './session.ts'
import { readBoard, type Board } from './tasks.ts'

/** The board of the officer's place, read now and again when asked. */
export function useBoard() {
  const { value: board, failure, again } = readingOf(async () => seenFromHere(await readBoard()))
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
