import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { parseRegionPackLayer, type RegionPackLayer } from '../domain/regionPacks.ts'

/** Reads every pack of `regions/packs`. A file that breaks the schema stops the start with its name. */
export function loadRegionPacks(root: string): RegionPackLayer[] {
  const folder = join(root, 'packs')
  const packs = filesIn(folder, '.yaml').map(file => decoded(join(folder, file), parse, parseRegionPackLayer))
  const twice = packs.find((pack, i) => packs.findIndex(other => other.code === pack.code) !== i)
  if (twice) throw new Error(`Two region packs carry the code ${twice.code}`)
  return packs
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter(file => file.endsWith(ending))
    .toSorted()
}

function decoded<T>(file: string, parseText: (text: string) => unknown, decode: (data: unknown) => T): T {
  try {
    return decode(parseText(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new Error(`${file} cannot be used`, { cause })
  }
}
