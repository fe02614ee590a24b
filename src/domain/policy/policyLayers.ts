import { holdsAt, widestFirst } from '../packs/layers.ts'
import type { PolicyEntry, PolicyLayer } from './policyEntry.ts'

/** What may be answered at a place. */
export interface PoliciesHere {
  /** Of the layers of this place, the narrowest answer of each question. */
  own: PolicyEntry[]
  /** Of other places, what no layer of this one speaks of: told with the name of the place it holds for. */
  elsewhere: PolicyEntry[]
}

/** Lays the answers over each other, widest first: for each question the narrowest layer of the place wins. */
export function policiesAt(layers: readonly PolicyLayer[], regionCode: string | null): PoliciesHere {
  const own = new Map<string, PolicyEntry>()
  for (const layer of widestFirst(layers)) {
    if (!holdsAt(layer, regionCode)) continue
    for (const entry of layer.entries) own.set(entry.id, entry)
  }
  const elsewhere = layers
    .filter(layer => !holdsAt(layer, regionCode))
    .flatMap(({ entries }) => entries.filter(({ id }) => !own.has(id)))
  return { own: [...own.values()], elsewhere }
}

/** The place whose name is said in a question, the narrowest of several; null when none is. 广东 names 广东省. */
export function placeNamed(layers: readonly PolicyLayer[], text: string): string | null {
  const named = layers.filter(({ code, name }) => code !== 'CN' && text.includes(shortName(name)))
  return widestFirst(named).at(-1)?.code ?? null
}

/** The name as people say it, without 省 or 市. */
function shortName(name: string): string {
  return name.replace(/[省市]$/u, '')
}
