import { shallowRef } from 'vue'

export interface Days {
  from: string
  to: string
}

/** Place and days that the officer chose, for all pages. What is empty the service fills in: his place, the year so far. */
export const chosen = shallowRef<Days & { region: string }>({ region: '', from: '', to: '' })

/** The days that the last answer is about. */
export const answered = shallowRef<Days>({ from: '', to: '' })

export function frameQuery(more: Record<string, string> = {}): string {
  const said = Object.entries({ ...chosen.value, ...more }).filter(([, value]) => value !== '')
  return new URLSearchParams(said).toString()
}
