/** A place on the earth, in degrees. Without a word beside it: in WGS-84, the system of the satellites. */
export interface GeoPoint {
  longitude: number
  latitude: number
}

/**
 * Systems in which places of China are given. `wgs84`: satellites and browsers. `cgcs2000`: national surveys; less than a
 * metre from WGS-84. `gcj02`: WeChat and the maps of Tencent and Amap; some hundred metres away, differently in each place.
 */
export const coordinateSystems = ['wgs84', 'cgcs2000', 'gcj02'] as const
export type CoordinateSystem = (typeof coordinateSystems)[number]

/** China with its islands and some room: about 73°33′E to 135°05′E, 4°N to 53°33′N. */
const CHINA = { west: 73, east: 136, south: 3, north: 54 }

export const isLongitudeOfChina = (longitude: number): boolean => longitude >= CHINA.west && longitude <= CHINA.east
export const isLatitudeOfChina = (latitude: number): boolean => latitude >= CHINA.south && latitude <= CHINA.north

/** Half-axis and flattening of the ellipsoid (Krasovsky 1940) on which GCJ-02 moves what satellites measure. */
const HALF_AXIS_M = 6_378_245
const ECCENTRICITY = 0.006_693_421_622_965_943
const RADIANS = Math.PI / 180

/** The waves that both directions have in common, in metres. `east`, `north`: degrees from 105°E 35°N. */
function waves(along: number, pairs: readonly (readonly [height: number, degrees: number])[]): number {
  return pairs.reduce((sum, [height, degrees]) => sum + height * Math.sin((along / degrees) * Math.PI), 0)
}

const SHORT = [
  [20, 1 / 6],
  [20, 1 / 2],
] as const
const OF_LATITUDE = [
  [20, 1],
  [40, 3],
  [160, 12],
  [320, 30],
] as const
const OF_LONGITUDE = [
  [20, 1],
  [40, 3],
  [150, 12],
  [300, 30],
] as const

/** By how many degrees GCJ-02 moves a place, as independent libraries (gcoord, eviltransform) have it; never published officially. */
function shift({ longitude, latitude }: GeoPoint): GeoPoint {
  const [east, north] = [longitude - 105, latitude - 35]
  const far = Math.sqrt(Math.abs(east))
  const metresNorth =
    -100 + 2 * east + 3 * north + 0.2 * north ** 2 + 0.1 * east * north + 0.2 * far + waved(east, north, OF_LATITUDE)
  const metresEast =
    300 + east + 2 * north + 0.1 * east ** 2 + 0.1 * east * north + 0.1 * far + waved(east, east, OF_LONGITUDE)
  const sine = Math.sin(latitude * RADIANS)
  const bent = 1 - ECCENTRICITY * sine ** 2
  return {
    longitude: metresEast / ((HALF_AXIS_M / Math.sqrt(bent)) * Math.cos(latitude * RADIANS) * RADIANS),
    latitude: metresNorth / (((HALF_AXIS_M * (1 - ECCENTRICITY)) / (bent * Math.sqrt(bent))) * RADIANS),
  }
}

const waved = (east: number, along: number, long: Parameters<typeof waves>[1]): number =>
  (2 / 3) * (waves(east, SHORT) + waves(along, long))

/** Rounds after which what is left is less than a millimetre: the shift itself changes by a thousandth of the way. */
const ROUNDS = 5

/** The same place in WGS-84. From GCJ-02 by what is known of it: right to about a metre. */
export function toWgs84(point: GeoPoint, system: CoordinateSystem): GeoPoint {
  if (system !== 'gcj02') return point
  let found = point
  for (let round = 0; round < ROUNDS; round++) {
    const moved = shift(found)
    found = { longitude: point.longitude - moved.longitude, latitude: point.latitude - moved.latitude }
  }
  return found
}

/** Mean radius of the earth (IUGG). */
const EARTH_KM = 6371.0088

/** Kilometres in a straight line over the ground. */
export function kilometresBetween(one: GeoPoint, other: GeoPoint): number {
  const halfSine = (degrees: number) => Math.sin((degrees * RADIANS) / 2) ** 2
  const across = Math.cos(one.latitude * RADIANS) * Math.cos(other.latitude * RADIANS)
  const chord = halfSine(other.latitude - one.latitude) + across * halfSine(other.longitude - one.longitude)
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)))
}
