import type { Seat } from '../api/rounds.ts'

/** A pin as it is drawn, in pixels from the upper left corner of the map. */
export interface Pin {
  left: number
  top: number
  width: number
  height: number
}

export interface VillageMap {
  /** In the order in which the villages were given. */
  pins: Pin[]
  width: number
  height: number
  /** Kilometres from the left edge to the right one; null where all lie in one spot. */
  kilometres: number | null
  /** Pins that lay on one another were moved apart. */
  moved: boolean
}

/** Sizes of pins, in pixels: all equally wide, each as high as its words. */
export interface PinSizes {
  width: number
  heights: readonly number[]
}

interface Centre {
  x: number
  y: number
}

/** Between two pins, so that a thumb finds one of them. */
const GAP_PX = 4
/** A map of places one below the other is at most so many times as high as wide. */
const MOST_HEIGHTS = 1.25
/** When pins pile up higher than this, they are set in columns instead. */
const CROWDED_HEIGHTS = 1.6
/** Moved less than this nobody sees. */
const SEEN_PX = 2

const KM_PER_DEGREE = 111.2
const RADIANS = Math.PI / 180

/**
 * A map as a person would sketch it: north is up, a kilometre is as long to the east as to the south, every pin is in sight
 * and none covers another. Pins that would are moved up and down, in a crowd also into columns; who lies further north or
 * west never comes to stand further south or east.
 */
export function mapOf(seats: readonly Seat[], { width: pin, heights }: PinSizes, width: number): VillageMap {
  const flat = onPaper(seats)
  const [across, down] = [extent(flat.map(({ x }) => x)), extent(flat.map(({ y }) => y))]
  const room = Math.max(width - pin, 0)
  const scales = [across > 0 ? room / across : Infinity, down > 0 ? (width * MOST_HEIGHTS) / down : Infinity]
  const scale = Math.min(...scales)
  const [pixels, edge] = Number.isFinite(scale) ? [scale, (room - across * scale) / 2] : [0, room / 2]
  const exact = flat.map(({ x, y }) => ({ x: pin / 2 + edge + x * pixels, y: y * pixels }))
  const apart = spread(exact, pin, heights)
  const crowded = heightOf(apart, heights) > CROWDED_HEIGHTS * width
  const columns = crowded ? spread(inColumns(exact, pin, width), pin, heights) : apart
  const centres = heightOf(columns, heights) < heightOf(apart, heights) ? columns : apart
  return {
    pins: drawn(centres, pin, heights),
    ...{ width, height: heightOf(centres, heights) },
    kilometres: pixels > 0 ? width / pixels : null,
    moved: isMoved(exact, centres),
  }
}

const extent = (values: readonly number[]): number =>
  values.length === 0 ? 0 : Math.max(...values) - Math.min(...values)

/** Kilometres to the east and south of the north-western corner. Over a town the earth is flat. */
function onPaper(seats: readonly Seat[]): Centre[] {
  const west = Math.min(...seats.map(({ longitude }) => longitude))
  const [north, south] = [Math.max(...seats.map(at => at.latitude)), Math.min(...seats.map(at => at.latitude))]
  const narrow = Math.cos(((north + south) / 2) * RADIANS)
  return seats.map(({ longitude, latitude }) => ({
    x: (longitude - west) * narrow * KM_PER_DEGREE,
    y: (north - latitude) * KM_PER_DEGREE,
  }))
}

/** As many columns as fit side by side; each pin goes to the nearest. */
function inColumns(centres: readonly Centre[], pin: number, width: number): Centre[] {
  const count = Math.max(1, Math.floor((width + GAP_PX) / (pin + GAP_PX)))
  const first = pin / 2
  const step = count > 1 ? (width - pin) / (count - 1) : 0
  const nearest = (x: number) => (step > 0 ? first + Math.round((x - first) / step) * step : width / 2)
  return centres.map(({ x, y }) => ({ x: nearest(x), y }))
}

/**
 * Moves pins up and down until none covers another; from north to south their order stays. Pushed down from the north and
 * pushed up from the south both keep every distance that is needed, and so does the middle between the two, which moves least.
 */
function spread(centres: readonly Centre[], pin: number, heights: readonly number[]): Centre[] {
  const order = centres
    .map((_, i) => i)
    .sort((a, b) => (centres[a]?.y ?? 0) - (centres[b]?.y ?? 0) || (centres[a]?.x ?? 0) - (centres[b]?.x ?? 0) || a - b)
  const down = pushed(order, centres, { pin, heights, sign: 1 })
  const up = pushed([...order].reverse(), centres, { pin, heights, sign: -1 })
  return centres.map(({ x }, i) => ({ x, y: ((down[i] ?? 0) + (up[i] ?? 0)) / 2 }))
}

interface Push {
  pin: number
  heights: readonly number[]
  /** 1: from the north down; -1: from the south up. */
  sign: 1 | -1
}

function pushed(order: readonly number[], centres: readonly Centre[], { pin, heights, sign }: Push): number[] {
  const found: number[] = []
  order.forEach((i, place) => {
    const { x, y } = centres[i] ?? { x: 0, y: 0 }
    const least = order.slice(0, place).map(j => {
      const beside = Math.abs((centres[j]?.x ?? 0) - x) >= pin + GAP_PX
      return sign * (found[j] ?? 0) + (beside ? 0 : ((heights[i] ?? 0) + (heights[j] ?? 0)) / 2 + GAP_PX)
    })
    found[i] = sign * Math.max(sign * y, ...least)
  })
  return found
}

const topOf = ({ y }: Centre, height: number | undefined): number => y - (height ?? 0) / 2

function heightOf(centres: readonly Centre[], heights: readonly number[]): number {
  const tops = centres.map((centre, i) => topOf(centre, heights[i]))
  return Math.max(0, ...tops.map((top, i) => top + (heights[i] ?? 0))) - Math.min(0, ...tops)
}

function drawn(centres: readonly Centre[], pin: number, heights: readonly number[]): Pin[] {
  const upper = Math.min(...centres.map((centre, i) => topOf(centre, heights[i])))
  return centres.map((centre, i) => ({
    ...{ left: centre.x - pin / 2, top: topOf(centre, heights[i]) - upper },
    ...{ width: pin, height: heights[i] ?? 0 },
  }))
}

/** Compared as they lie to each other: all of them moved down together is no move. */
function isMoved(exact: readonly Centre[], centres: readonly Centre[]): boolean {
  const sideways = centres.some(({ x }, i) => Math.abs(x - (exact[i]?.x ?? 0)) > SEEN_PX)
  return sideways || extent(centres.map(({ y }, i) => y - (exact[i]?.y ?? 0))) > SEEN_PX
}
