import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inflateSync } from 'node:zlib'
import { blankPicture, fillPath, fillRectangle, LEVELS, type PathCommand } from './ink.ts'
import { pngFile } from './pngFile.ts'

const polygon = (...points: [number, number][]): PathCommand[] => [
  ...points.map((args, n) => ({ command: n === 0 ? 'moveTo' : 'lineTo', args })),
  { command: 'closePath', args: [] },
]
const square = (left: number, bottom: number, side: number) =>
  polygon([left, bottom], [left + side, bottom], [left + side, bottom + side], [left, bottom + side])
const darkness = (pixels: Uint8Array) => pixels.reduce((sum, pixel) => sum + (pixel % LEVELS) / (LEVELS - 1), 0)
const onto = { x: 0, y: 20, scale: 1 }

describe('an outline', () => {
  test('that lies on whole pixels is filled to the last one and not beyond', () => {
    const picture = blankPicture(20, 20)
    fillPath(picture, 0, square(5, 5, 4), onto)
    expect(darkness(picture.pixels)).toBe(16)
    expect([picture.pixels[11 * 20 + 5], picture.pixels[11 * 20 + 9], picture.pixels[10 * 20 + 5]]).toEqual([15, 0, 0])
  })

  test('that covers half a pixel makes it half dark', () => {
    const picture = blankPicture(20, 20)
    fillPath(picture, 0, polygon([5, 5], [5.5, 5], [5.5, 6], [5, 6]), onto)
    expect(picture.pixels[14 * 20 + 5]).toBe(8)
  })

  test('with a hole in the other direction leaves the hole white', () => {
    const picture = blankPicture(20, 20)
    const hole = polygon([8, 8], [8, 12], [12, 12], [12, 8])
    fillPath(picture, 0, [...square(5, 5, 10), ...hole], onto)
    expect(darkness(picture.pixels)).toBe(84)
  })

  test('of any triangle is as dark as it is large, wherever it lies', () => {
    const at = fc.double({ min: 1, max: 39, noNaN: true })
    const point = fc.tuple(at, at)
    fc.assert(
      fc.property(point, point, point, (a, b, c) => {
        const picture = blankPicture(40, 40)
        fillPath(picture, 0, polygon(a, b, c), { x: 0, y: 40, scale: 1 })
        const area = Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
        // Each pixel of an edge is rounded to a sixteenth of dark.
        expect(Math.abs(darkness(picture.pixels) - area)).toBeLessThan(5)
      }),
    )
  })

  test('beyond the picture is cut', () => {
    const picture = blankPicture(10, 10)
    fillPath(picture, 0, square(-5, -5, 100), { x: 0, y: 10, scale: 1 })
    expect(darkness(picture.pixels)).toBe(100)
    fillRectangle(picture, 1, { x: -5, y: 8, width: 100, height: 100 })
    expect(picture.pixels.filter(pixel => pixel === LEVELS + LEVELS - 1)).toHaveLength(20)
  })
})

test('a picture is written as PNG, row by row, without loss', async () => {
  const picture = blankPicture(3, 2)
  picture.pixels.set([0, 15, 31, 7, 0, 16])
  const png = Buffer.from(
    await pngFile(picture, [
      [0, 0, 0],
      [255, 0, 0],
    ]),
  )
  const start = png.indexOf('IDAT') + 4
  const rows = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)))
  expect([...rows]).toEqual([0, 0, 15, 31, 0, 7, 0, 16])
  const colours = png.indexOf('PLTE') + 4
  expect([...png.subarray(colours, colours + 3)]).toEqual([255, 255, 255])
  expect([...png.subarray(colours + 31 * 3, colours + 32 * 3)]).toEqual([255, 0, 0])
})
