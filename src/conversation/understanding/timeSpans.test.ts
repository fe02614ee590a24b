import { expect, it } from 'vitest'
import { readTimeSpan } from './timeSpans.ts'

/** A Sunday. */
const context = { today: '2026-11-22' }

it.each([
  ['明天下午两点到四点', '2026-11-23T14:00+08:00', '2026-11-23T16:00+08:00'],
  ['后天上午9:00-11:30', '2026-11-24T09:00+08:00', '2026-11-24T11:30+08:00'],
  ['明早八点到明晚六点', '2026-11-23T08:00+08:00', '2026-11-23T18:00+08:00'],
  ['明天上午八到十点', '2026-11-23T08:00+08:00', '2026-11-23T10:00+08:00'],
  ['12月5日晚上十点到凌晨两点', '2026-12-05T22:00+08:00', '2026-12-06T02:00+08:00'],
])('%s begins and ends at an hour', (text, from, to) => {
  expect(readTimeSpan(text, context)).toEqual({ kind: 'one', value: { from, to } })
})

it.each(['3月1号到3月15号', '明天', '十点', '2026-10-01到2026-10-07', '10月1日-10月8日'])(
  '%s is no span of hours',
  text => {
    expect(readTimeSpan(text, context)).toBeNull()
  },
)
