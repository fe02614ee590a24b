import { z } from 'zod'

/** Where something holds that is laid over others: `CN`, or a region code of 2, 4 or 6 digits. */
export const layerCode = z.string().regex(/^(?:CN|\d{2}|\d{4}|\d{6})$/)

interface Layer {
  code: string
}

/** Whether a layer holds at a place of any length of code; null knows only the nation. */
export function holdsAt({ code }: Layer, regionCode: string | null): boolean {
  return code === 'CN' || (regionCode?.startsWith(code) ?? false)
}

/** The order in which layers are laid over each other: the nation first, the narrowest last. */
export function widestFirst<T extends Layer>(layers: readonly T[]): T[] {
  return layers.toSorted((a, b) => depth(a) - depth(b))
}

function depth({ code }: Layer): number {
  return code === 'CN' ? 0 : code.length
}
