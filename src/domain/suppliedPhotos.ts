import type { ApplicationAction } from './application.ts'

/** Ids of uploads as they stand among what was supplied: alone, or behind the name of a paper in square brackets. */
const UPLOAD = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g

/** Ids of the photos that were supplied to a case, oldest first, each once. */
export function suppliedPhotos(actions: readonly ApplicationAction[]): string[] {
  const materials = actions.flatMap(({ event }) => (event.type === 'supplemented' ? event.materials : []))
  return [...new Set(materials.flatMap(material => material.match(UPLOAD) ?? []))]
}

/** What was supplied, in words: `photo` stands in the place of each id. */
export function suppliedInWords(materials: readonly string[], photo: string): string {
  return materials.map(material => material.replace(UPLOAD, photo)).join('、')
}
