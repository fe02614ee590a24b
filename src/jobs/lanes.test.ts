import { expect, test } from 'vitest'
import { channelNames } from '../app/ports.ts'
import { laneOf, lanes, openLanes } from './lanes.ts'

test('every channel has its lane', () => {
  expect(channelNames.map(laneOf)).toHaveLength(channelNames.length)
})

test('a full lane takes nobody more, and another is not the fuller for it', () => {
  const here = openLanes()
  const entered = Array.from({ length: lanes.official.atOnce + 3 }, () => here.enter('official'))
  expect(entered.filter(Boolean)).toHaveLength(lanes.official.atOnce)
  expect(here.enter('history')).toBe(true)
})

test('who leaves hears that somebody was turned away, until nothing waits', () => {
  const here = openLanes()
  for (let n = 0; n <= lanes.mini.atOnce; n++) here.enter('mini')
  expect(here.leave('mini')).toBe(true)
  expect(here.leave('mini')).toBe(true)
  here.calm('mini')
  expect(here.leave('mini')).toBe(false)
})
