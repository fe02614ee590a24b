import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseEndRules, endRulesOf, type EndRules } from '../domain/import/listedEnds.ts'
import { withCountyLists, type CountyList } from '../domain/import/regions.ts'
import { buildRegionIndex, type RegionData, type RegionIndex } from '../domain/region.ts'
import type { WorkCalendar } from '../domain/workingDays.ts'
import { parseMessageRules, type MessageRuleFile } from '../domain/message/messageRules.ts'
import { parseTemplates, type MessageTemplate } from '../domain/message/template.ts'
import { parseRetention, type RetentionRules } from '../domain/privacy/retention.ts'
import { parseRegionPackLayer, type RegionPackLayer } from '../domain/regionPacks.ts'

/** Reads every pack of `regions/packs`. A file that breaks the schema stops the start with its name. */
export function loadRegionPacks(root: string): RegionPackLayer[] {
  const folder = join(root, 'packs')
  const packs = filesIn(folder, '.yaml').map(file => decoded(join(folder, file), parse, parseRegionPackLayer))
  const twice = packs.find((pack, i) => packs.findIndex(other => other.code === pack.code) !== i)
  if (twice) throw new Error(`Two region packs carry the code ${twice.code}`)
  return packs
}

const pairs = z.array(z.tuple([z.string(), z.string()]))

/** Reads names and codes of `regions/data`: the nation down to counties, pilots down to villages, and old names. */
export function loadRegionData(root: string): RegionData {
  const folder = join(root, 'data')
  const read = (file: string) =>
    decoded(
      join(folder, file),
      text => JSON.parse(text),
      data => pairs.parse(data),
    )
  const pilots = filesIn(folder, '.json').filter(file => /^\d+\.json$/.test(file))
  return { rows: ['counties.json', ...pilots].flatMap(read), aliases: read('aliases.json') }
}

/** All places: those of the files of `regions/data`, with what counties brought themselves in their stead. */
export function loadPlaces(root: string, counties: readonly CountyList[] = []): RegionIndex {
  return buildRegionIndex(withCountyLists(loadRegionData(root), counties))
}

const day = z.iso.date()
const calendar = z.strictObject({
  year: z.int().min(2000).max(2100),
  daysOff: z.array(day).min(1),
  makeUpDays: z.array(day),
  source: z.string().min(1),
})

/** Reads the working-day calendars of `regions/calendar`, one file a year. */
export function loadCalendars(root: string): WorkCalendar[] {
  const folder = join(root, 'calendar')
  const decode = (data: unknown) => calendar.parse(data)
  return filesIn(folder, '.json').map(file => decoded(join(folder, file), text => JSON.parse(text), decode))
}

/** Reads `regions/retention.yaml`: for how long each kind is kept, with its ground. */
export function loadRetention(root: string): RetentionRules {
  return decoded(join(root, 'retention.yaml'), parse, parseRetention)
}

/** Reads `regions/messages.yaml`: when the service may write of its own accord, with its ground. */
export function loadMessageRules(root: string): MessageRuleFile {
  return decoded(join(root, 'messages.yaml'), parse, parseMessageRules)
}

/** Reads `regions/imports.yaml`: when the ends of a list have to be confirmed by their count, with its ground. */
export function loadEndRules(root: string): EndRules {
  return endRulesOf(decoded(join(root, 'imports.yaml'), parse, parseEndRules))
}

/** Reads the operator's forms of the platforms; none without a file. */
export function loadTemplates(file: string | null): MessageTemplate[] {
  return file === null ? [] : decoded(file, parse, parseTemplates)
}

/** Names of the files with this ending, in order. */
export function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter(file => file.endsWith(ending))
    .toSorted()
}

/** Reads a file. One that breaks its form stops the start with its name. */
export function decoded<T>(file: string, parseText: (text: string) => unknown, decode: (data: unknown) => T): T {
  try {
    return decode(parseText(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new Error(`${file} cannot be used`, { cause })
  }
}
