import { SolarDay } from 'tyme4ts'
import { describe, expect, it } from 'vitest'
import { dogDaysOf, nineDaysOf } from './seasonDays.ts'
import { addDays } from './world.ts'

const YEARS = Array.from({ length: 200 }, (_, i) => 1900 + i)

/** The reckoning of another author: which of the dog days or nine days a day is, as `初伏第1天`. */
function almanac(date: string): { dog: string | undefined; nine: string | undefined } {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const solar = SolarDay.fromYmd(year, month, day)
  return { dog: solar.getDogDay()?.toString(), nine: solar.getNineDay()?.toString() }
}

describe('the dog days', () => {
  it('begin and end as another almanac has it, in two centuries', () => {
    for (const year of YEARS) {
      const { first, middle, last, over } = dogDaysOf(year)
      expect([first, middle, last].map(date => almanac(date).dog)).toEqual(['初伏第1天', '中伏第1天', '末伏第1天'])
      expect([addDays(first, -1), over].map(date => almanac(date).dog)).toEqual([undefined, undefined])
      expect(almanac(addDays(over, -1)).dog).toBe('末伏第10天')
    }
  })

  it.each([
    [2024, '2024-07-15', '2024-07-25', '2024-08-14'],
    [2025, '2025-07-20', '2025-07-30', '2025-08-09'],
    [2026, '2026-07-15', '2026-07-25', '2026-08-14'],
  ])('of %i are those of the printed calendars', (year, first, middle, last) => {
    expect(dogDaysOf(year)).toMatchObject({ first, middle, last })
  })
})

describe('the nine times nine days', () => {
  it('are counted from 冬至 as another almanac has it', () => {
    for (const winter of YEARS.slice(0, -1))
      for (const count of [1, 2, 3, 4, 5, 6, 7, 8, 9])
        expect(almanac(nineDaysOf(winter, count)).nine).toBe(`${'一二三四五六七八九'.charAt(count - 1)}九第1天`)
  })

  it('are over on the day after the eighty-first', () => {
    expect(nineDaysOf(2025, 10)).toBe('2026-03-12')
    expect(almanac('2026-03-11').nine).toBe('九九第9天')
  })
})
