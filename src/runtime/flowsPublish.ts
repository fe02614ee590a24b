import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { Finding, StoredPosition } from '../conversation/check/finding.ts'
import { checkFlows } from '../conversation/check/registry.ts'
import { fateOf } from '../conversation/check/removedStep.ts'
import { compileRevisions } from '../conversation/library.ts'
import type { CompiledFlow, Library } from '../conversation/machine.ts'
import { loadLibrarySources } from './loadLibrary.ts'

const positionsSchema = z.array(
  z.strictObject({ flow: z.string(), revision: z.int(), step: z.string(), count: z.int() }),
)

export function readPositionsFile(file: string): StoredPosition[] {
  return positionsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

export function lineOf({ level, file, step, rule, message }: Finding): string {
  return `${level} ${file}${step ? ` ${step}` : ''} [${rule}]: ${message}`
}

interface Publishing {
  root: string
  library: Library
  args: string[]
  say(line: string): void
}

const HOW = `Whom would this meet? Give the file that \`npm run -s flows:positions\` prints, or --nobody for a first one.`

/**
 * Shows who stands where and what becomes of them; then keeps every new revision under `revisions/`, so that those who
 * begin on it can finish on it. Refuses (1) when anything is wrong or somebody would stand nowhere; 2: called wrongly.
 */
export function publishFlows({ root, library, args, say }: Publishing): number {
  const [given] = args
  if (given === undefined) {
    say(HOW)
    return 2
  }
  const positions = given === '--nobody' ? [] : readPositionsFile(given)
  const flows = compileRevisions(loadLibrarySources(root).flows)
  for (const position of positions) say(fateLine(position, flows, library))
  const errors = checkFlows(library, flows, positions).filter(({ level }) => level === 'error')
  for (const error of errors) say(lineOf(error))
  if (errors.length > 0) {
    say('nothing was published')
    return 1
  }
  for (const flow of library.flows) say(`${flow.name} revision ${flow.revision}: ${keep(root, flow)}`)
  return 0
}

function fateLine(position: StoredPosition, flows: CompiledFlow[], library: Library): string {
  const { flow, revision, step, count } = position
  const fate = fateOf({ flows, library }, position)
  const newest = library.flow(flow, null)?.revision
  const becomes = {
    stays: () => (revision === newest ? 'go on' : 'finish on this revision'),
    moves: () => (fate.kind === 'moves' ? `move to revision ${fate.revision}, ${fate.step}` : ''),
    lost: () => (fate.kind === 'lost' ? `WOULD BE LOST: ${fate.why}` : ''),
  }[fate.kind]()
  return `${String(count).padStart(6)} at ${flow} revision ${revision} ${step}: ${becomes}`
}

/** The published copy, without which nobody could finish on this revision once the file has changed. */
function keep(root: string, flow: CompiledFlow): string {
  const folder = path.join(root, 'flows', flow.name, 'revisions')
  const copy = path.join(folder, `${flow.revision}.yaml`)
  if (existsSync(copy)) return 'published before'
  mkdirSync(folder, { recursive: true })
  const source = readFileSync(path.join(root, flow.file), 'utf8').replace(/^# yaml-language-server.*\n/, '')
  writeFileSync(
    copy,
    `# Published. People stand in it: do not edit; raise the revision in flow.yaml instead.\n${source}`,
  )
  return `published, kept as revisions/${flow.revision}.yaml`
}
