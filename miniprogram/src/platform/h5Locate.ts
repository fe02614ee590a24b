import type { Located } from './platform.ts'

/** A phone that was asleep takes its time to find the satellites. */
const PATIENCE_MS = 20_000

/** Browsers answer in WGS-84 (W3C Geolocation, 4.1). Null where they may not, cannot, or are not asked over https. */
export function locate(): Promise<Located | null> {
  return new Promise(resolve => {
    if (!('geolocation' in navigator)) return resolve(null)
    navigator.geolocation.getCurrentPosition(
      ({ coords: { longitude, latitude, accuracy } }) => resolve({ longitude, latitude, accuracy, system: 'wgs84' }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
    )
  })
}
