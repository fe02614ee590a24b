import path from 'node:path'
import { commandNames } from '../app/commands/registry.ts'
import { compileLibrary, compileRevisions, newestOf } from '../conversation/library.ts'
import type { FlowSource } from '../conversation/flowFile.ts'
import type { Library, LibraryTools } from '../conversation/machine.ts'
import { makeReadIntents } from '../conversation/understanding/intents.ts'
import { makeReadValue } from '../conversation/understanding/readValue.ts'
import { withImportedCalendars } from '../domain/import/calendar.ts'
import type { RegionIndex } from '../domain/region.ts'
import {
  messageRules,
  quietHoursAnywhere,
  type MessageRuleFile,
  type QuietHours,
} from '../domain/message/messageRules.ts'
import type { RetentionRules } from '../domain/privacy/retention.ts'
import { packFor, type RegionPackLayer } from '../domain/regionPacks.ts'
import type { WorkCalendar } from '../domain/workingDays.ts'
import type { ImportedData } from '../store/masterData.ts'
import { loadLibrarySources } from './loadLibrary.ts'
import type { PolicyKnowledge } from '../app/parts.ts'
import { loadPolicies } from './loadPolicies.ts'
import { makePolicySearch } from '../conversation/policy/policySearch.ts'
import { loadCalendars, loadMessageRules, loadPlaces, loadRegionPacks, loadRetention } from './loadRegions.ts'

/** All that is data: flows, texts, places, policy, calendars; read once and compiled. */
export interface Knowledge {
  library: Library
  regions: RegionIndex
  calendars: WorkCalendar[]
  policies: PolicyKnowledge
  /** For how long what may be deleted is kept. */
  retention: RetentionRules
  /** When the service may write of its own accord. */
  messages: MessageRuleFile
  /** The quiet hours of all places. */
  quietHours: QuietHours[]
}

const nothingImported: ImportedData = { calendars: [], counties: [] }

/**
 * `imported` is what the county brought itself: its list of places and a year's calendar win over those of the files.
 * @throws BrokenLibrary or an error naming the file when anything in the data is wrong: then nothing starts.
 */
export function loadKnowledge(root: string, imported: ImportedData = nothingImported): Knowledge {
  const regions = loadPlaces(path.join(root, 'regions'), imported.counties)
  const sources = loadLibrarySources(root)
  const policies = knownPolicies(root)
  const packs = loadRegionPacks(path.join(root, 'regions'))
  const library = compileLibrary(
    sources,
    libraryTools(root, sources.flows, { regions, packs, search: policies.search }),
  )
  const calendars = withImportedCalendars(loadCalendars(path.join(root, 'regions')), imported.calendars)
  const retention = loadRetention(path.join(root, 'regions'))
  const messages = loadMessageRules(path.join(root, 'regions'))
  const layers = packs.map(pack => pack.messages)
  const quietHours = quietHoursAnywhere(messageRules(messages), layers)
  return { library, regions, calendars, policies, retention, messages, quietHours }
}

/** Data that flows need beside themselves. */
interface Read {
  regions: RegionIndex
  packs: readonly RegionPackLayer[]
  search: PolicyKnowledge['search']
}

/** What flows are compiled with: readers of values and intents, policy, and the commands that exist. `read`: not read again. */
export function libraryTools(root: string, flows: FlowSource[], read?: Read): LibraryTools {
  const folder = path.join(root, 'regions')
  const readAnew = () => ({
    regions: loadPlaces(folder),
    packs: loadRegionPacks(folder),
    search: knownPolicies(root).search,
  })
  const { regions, packs, search } = read ?? readAnew()
  return {
    readValue: makeReadValue({ regions }),
    readIntents: makeReadIntents(examplesOf(flows)),
    packFor: code => packFor(packs, code),
    policies: search,
    commandNames,
  }
}

function knownPolicies(root: string): PolicyKnowledge {
  const { layers, wordbook, ...rest } = loadPolicies(root)
  return { ...rest, search: makePolicySearch(layers, wordbook) }
}

/** What the flows teach about when they are wanted. Older revisions teach nothing: nobody begins with them. */
export function examplesOf(flows: FlowSource[]): { intent: string; text: string }[] {
  return newestOf(compileRevisions(flows)).flatMap(({ intent, examples }) =>
    intent ? examples.map(text => ({ intent, text })) : [],
  )
}
