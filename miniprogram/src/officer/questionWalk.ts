import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { DoorQuestion } from '../api/doorApi.ts'
import { askedOf, nextOf, type DoorVisit } from './doorVisit.ts'

export interface QuestionWalk {
  /** The question where it stands; empty before the first. */
  slot: Ref<string>
  /** Those that are asked after the answers of now, and the place of this one among them. */
  asked: ComputedRef<DoorQuestion[]>
  place: ComputedRef<number>
  question: ComputedRef<DoorQuestion | null>
  /** To the first without an answer; behind the last to the sum. */
  goOn(): void
  /** This one is answered: to the next, which its answer may have brought. */
  onward(): void
  back(): void
  fromTheStart(): void
}

/** A survey one question at a time, at a door and for an officer himself. `enter`: what the page is to show. */
export function createQuestionWalk(
  given: Readonly<Ref<Pick<DoorVisit, 'survey' | 'answers'> | null>>,
  enter: (stage: 'questions' | 'sum') => void,
): QuestionWalk {
  const slot = ref('')
  const asked = computed(() => (given.value ? askedOf(given.value) : []))
  const place = computed(() => asked.value.findIndex(one => one.slot === slot.value))
  const question = computed(() => asked.value[place.value] ?? null)
  const goOn = () => {
    slot.value = (given.value && nextOf(given.value)?.slot) ?? ''
    enter(slot.value === '' ? 'sum' : 'questions')
  }
  return {
    ...{ slot, asked, place, question, goOn },
    onward() {
      slot.value = asked.value[place.value + 1]?.slot ?? ''
      if (slot.value === '') goOn()
    },
    back() {
      slot.value = asked.value[place.value - 1]?.slot ?? slot.value
    },
    fromTheStart() {
      slot.value = asked.value[0]?.slot ?? ''
      enter('questions')
    },
  }
}
