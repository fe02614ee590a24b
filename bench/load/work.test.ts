import { expect, test } from 'vitest'
import { dialogues } from './work.ts'

test('every resident says everything once, in order, and never before the former answer', () => {
  const turns = 5
  const work = dialogues({ residents: 23, turns, active: 7, bytes: () => Buffer.alloc(0) })
  const said = new Map<number, number[]>()
  const waiting: number[] = []
  for (let step = 0; !work.isDone(); step++) {
    const request = work.next()
    if (request !== null) {
      const resident = Math.floor(request / turns)
      expect(waiting.map(other => Math.floor(other / turns))).not.toContain(resident)
      waiting.push(request)
      said.set(resident, [...(said.get(resident) ?? []), request % turns])
    }
    const answered = request === null || step % 3 === 0 ? waiting.shift() : undefined
    if (answered !== undefined) work.answered(answered)
  }
  expect(said.size).toBe(23)
  for (const order of said.values()) expect(order).toEqual([0, 1, 2, 3, 4])
  expect(work.next()).toBeNull()
})
