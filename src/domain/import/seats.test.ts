import { describe, expect, test } from 'vitest'
import type { RegionData } from '../region.ts'
import { readCountyList } from './regions.ts'
import { planSeats, readListedSeats } from './seats.ts'
import { textCell, type Row } from './table.ts'

const builtIn: RegionData = {
  rows: [
    ['420702', '梁子湖区'],
    ['420702104', '沼山镇'],
  ],
  aliases: [],
}
const header = ['代码', '名称', '经度', '纬度', '坐标系']
const rows = (...lines: string[][]): Row[] => lines.map((cells, i) => ({ line: i + 1, cells: cells.map(textCell) }))
const good = ['420702104212', '下柯村', '114.8912', '30.3721', 'WGS-84']
const faults = (line: string[]) =>
  readListedSeats(rows(header, good, line)).bad.map(one => `${one.line} ${one.column} ${one.reason}`)

describe('a list of places with where the village offices lie', () => {
  test('is read with its coordinate system; a row without says nothing', () => {
    const list = rows(
      header,
      good,
      ['420702104213', '上柯村', '114.9', '30.4', '高德地图'],
      ['420702104214', '中柯村', '', '', ''],
      ['420702104', '沼山镇', '', '', ''],
    )
    expect(readListedSeats(list)).toEqual({
      value: [
        { regionCode: '420702104212', point: { longitude: 114.8912, latitude: 30.3721 }, system: 'wgs84' },
        { regionCode: '420702104213', point: { longitude: 114.9, latitude: 30.4 }, system: 'gcj02' },
      ],
      bad: [],
    })
    expect(readCountyList(list, builtIn)).toMatchObject({ bad: [], unused: [] })
  })

  test('a list without these columns has none, and nothing is wrong with it', () => {
    expect(readListedSeats(rows(['代码', '名称'], ['420702104212', '下柯村']))).toEqual({ value: [], bad: [] })
  })

  test('a number that a sheet keeps as a number is taken as it stands', () => {
    const number = (text: string) => ({ text, fault: 'rounded' as const, serial: null })
    const [head, row] = rows(header, good)
    const cells = (row?.cells ?? []).map((cell, i) => (i === 2 || i === 3 ? number(cell.text) : cell))
    const list = [head ?? { line: 1, cells: [] }, { line: 2, cells }]
    expect(readListedSeats(list)).toMatchObject({ value: [{ regionCode: '420702104212' }], bad: [] })
    expect(readCountyList(list, builtIn).bad).toEqual([])
  })

  test.each([
    ['longitude and latitude exchanged', ['30.3721', '114.8912', 'WGS-84'], ['3 经度 longitude', '3 纬度 latitude']],
    ['degrees and minutes', ['114°53′28″', '30.3721', 'WGS-84'], ['3 经度 longitude']],
    ['one of the two left out', ['', '30.3721', 'WGS-84'], ['3 经度 longitude']],
    ['no system', ['114.8912', '30.3721', ''], ['3 坐标系 coordinateSystem']],
    ['the system of another map', ['114.8912', '30.3721', 'BD-09'], ['3 坐标系 coordinateSystem']],
  ])('with %s is refused by its row', (_what, place, expected) => {
    expect(faults(['420702104213', '上柯村', ...place])).toEqual(expected)
  })

  test('with the place of a town is refused: only villages have an office on the map', () => {
    expect(faults(['420702104', '沼山镇', '114.8912', '30.3721', 'WGS-84'])).toEqual(['3 代码 seatOfTown'])
  })

  test('a formula is named once, by the reader of the list', () => {
    const list = rows(header, ['420702104213', '上柯村', '=A1', '30.3721', 'WGS-84'])
    expect(readListedSeats(list)).toEqual({ value: [], bad: [] })
    expect(readCountyList(list, builtIn).bad).toMatchObject([{ line: 2, column: '经度', reason: 'formula' }])
  })
})

describe('what a list changes', () => {
  const listed = (regionCode: string, longitude: number) => ({
    ...{ regionCode, point: { longitude, latitude: 30.3 }, system: 'wgs84' as const },
  })
  const kept = (regionCode: string, longitude: number, source: 'onSite' | 'list') => ({
    ...listed(regionCode, longitude),
    ...{ source, accuracy: null, by: source === 'onSite' ? 'ke' : null, at: 0 },
  })
  const now = [kept('1', 114.1, 'list'), kept('2', 114.2, 'list'), kept('3', 114.3, 'onSite'), kept('9', 114.9, 'list')]

  test('is what it adds and moves; what an officer recorded on the spot stays, and so does what the list leaves out', () => {
    const list = [listed('1', 114.1), listed('2', 114.25), listed('3', 114.35), listed('4', 114.4)]
    expect(planSeats(now, list)).toEqual({
      ...{ added: [listed('4', 114.4)], changed: [listed('2', 114.25)], kept: [now[2]], unchanged: 1 },
    })
  })

  test('nothing at all the second time', () => {
    expect(planSeats(now, [listed('1', 114.1), listed('2', 114.2)])).toEqual({
      ...{ added: [], changed: [], kept: [], unchanged: 2 },
    })
  })
})
