import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { sayFailure } from './failure.ts'
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
      board.value = await readBoard()
      failure.value = ''
    } catch (error) {
      failure.value = sayFailure(error)
    }
  }
  void again()
  return { board, failure, again }
}
