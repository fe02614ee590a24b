/**
 * Fills outlines into a picture, smooth at the edges. Of our own, so that a picture needs no library of native code: the
 * outlines come from the fonts of the PDF, and rare characters are found the same way.
 */

/** Outlines as fontkit gives them: y upwards from the baseline, in units of the font. */
export interface PathCommand {
  command: string
  args: number[]
}

/** How outlines come onto the picture: picture = origin + scale × font, y turned over. */
export interface Placed {
  x: number
  y: number
  scale: number
}

/** A picture in a few tones: each pixel holds tone × LEVELS + darkness. 0 is paper. */
export interface Picture {
  width: number
  height: number
  pixels: Uint8Array
}

/** Steps from paper to full tone: more than an eye tells apart at an edge. */
export const LEVELS = 16

export function blankPicture(width: number, height: number): Picture {
  return { width, height, pixels: new Uint8Array(width * height) }
}

export function fillRectangle(
  { width, height, pixels }: Picture,
  tone: number,
  area: { x: number; y: number; width: number; height: number },
): void {
  const left = Math.max(0, Math.round(area.x))
  const right = Math.min(width, Math.round(area.x + area.width))
  const bottom = Math.min(height, Math.round(area.y + area.height))
  for (let row = Math.max(0, Math.round(area.y)); row < bottom; row++) {
    pixels.fill(tone * LEVELS + LEVELS - 1, row * width + left, row * width + Math.max(left, right))
  }
}

type Point = readonly [x: number, y: number]

/** Fills the outlines of one sign. What lies outside the picture is cut. */
export function fillPath(picture: Picture, tone: number, commands: readonly PathCommand[], placed: Placed): void {
  const segments = flatten(commands, placed)
  if (segments.length === 0) return
  const xs = segments.flatMap(([a, b]) => [a[0], b[0]])
  const ys = segments.flatMap(([a, b]) => [a[1], b[1]])
  const left = Math.floor(Math.min(...xs))
  const top = Math.floor(Math.min(...ys))
  const width = Math.ceil(Math.max(...xs)) - left + 2
  const height = Math.ceil(Math.max(...ys)) - top + 1
  const cover = new Float32Array(width * height + 2)
  for (const [[ax, ay], [bx, by]] of segments) {
    addEdge(cover, width, [ax - left, ay - top], [bx - left, by - top])
  }
  blend(picture, tone, { cover, left, top, width, height })
}

/** Curves as short straight lines: of a sign of 50 pixels none is off by more than a tenth of a pixel. */
const CURVE_STEPS = 8

function flatten(commands: readonly PathCommand[], { x, y, scale }: Placed): (readonly [Point, Point])[] {
  const segments: (readonly [Point, Point])[] = []
  let start: Point = [0, 0]
  let at: Point = [0, 0]
  const to = (next: Point): void => {
    segments.push([at, next])
    at = next
  }
  for (const { command, args } of commands) {
    const points: Point[] = []
    for (let n = 0; n + 1 < args.length; n += 2) {
      points.push([x + (args[n] ?? 0) * scale, y - (args[n + 1] ?? 0) * scale])
    }
    const end = points.at(-1)
    if (command === 'closePath') to(start)
    else if (!end) continue
    else if (command === 'moveTo') at = start = end
    else {
      const curve = [at, ...points]
      const steps = points.length === 1 ? 1 : CURVE_STEPS
      for (let n = 1; n <= steps; n++) to(n === steps ? end : onCurve(curve, n / steps))
    }
  }
  return segments
}

/** De Casteljau: the point at `t` on a curve of any degree. */
function onCurve(points: readonly Point[], t: number): Point {
  if (points.length === 1) return points[0] ?? [0, 0]
  const inner = points.slice(1).map((point, n): Point => {
    const [px, py] = points[n] ?? point
    return [px + (point[0] - px) * t, py + (point[1] - py) * t]
  })
  return onCurve(inner, t)
}

/**
 * Adds what one edge changes: summed from the left, the row gives how much of each pixel lies inside (signed area, so that holes
 * come out by their direction).
 */
function addEdge(cover: Float32Array, width: number, from: Point, to: Point): void {
  if (from[1] === to[1]) return
  const down = from[1] < to[1]
  const [ax, ay] = down ? from : to
  const [bx, by] = down ? to : from
  const slope = (bx - ax) / (by - ay)
  let x = ax
  for (let row = Math.floor(ay); row < by; row++) {
    const part = Math.min(row + 1, by) - Math.max(row, ay)
    const next = x + slope * part
    addSpan(cover, row * width, Math.min(x, next), Math.max(x, next), down ? part : -part)
    x = next
  }
}

/** Spreads an edge that crosses a row between two columns over the pixels it touches. */
function addSpan(cover: Float32Array, row: number, left: number, right: number, height: number): void {
  const first = Math.floor(left)
  const last = Math.floor(right)
  let before = 0
  for (let column = first; column <= last; column++) {
    const inside = last === first ? 1 - ((left + right) / 2 - first) : areaLeftOf(column + 1, left, right)
    const total = last === first ? height * inside : (height * inside) / (right - left)
    add(cover, row + column, total - before)
    before = total
  }
  add(cover, row + last + 1, height - before)
}

/** ∫ of how far the edge lies to the left of `edge`, within the pixel column that ends there. */
function areaLeftOf(edge: number, left: number, right: number): number {
  const from = Math.max(left, edge - 1)
  const to = Math.min(right, edge)
  const passed = Math.max(0, edge - 1 - left)
  return passed + (to - from) * (edge - (from + to) / 2)
}

function add(cover: Float32Array, at: number, amount: number): void {
  cover[at] = (cover[at] ?? 0) + amount
}

function blend(
  { width, height, pixels }: Picture,
  tone: number,
  area: { cover: Float32Array; left: number; top: number; width: number; height: number },
): void {
  for (let row = 0; row < area.height; row++) {
    const y = area.top + row
    let sum = 0
    for (let column = 0; column < area.width; column++) {
      sum += area.cover[row * area.width + column] ?? 0
      const x = area.left + column
      if (y < 0 || y >= height || x < 0 || x >= width) continue
      const level = Math.round(Math.min(1, Math.abs(sum)) * (LEVELS - 1))
      const at = y * width + x
      if (level > (pixels[at] ?? 0) % LEVELS) pixels[at] = tone * LEVELS + level
    }
  }
}
