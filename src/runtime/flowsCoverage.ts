import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import type { CompiledFlow, Library } from '../conversation/machine.ts'
import { coverageOf, type Coverage } from '../conversation/transcript/coverage.ts'
import { transcriptSchema } from '../conversation/transcript/format.ts'
import { playTranscript } from '../conversation/transcript/play.ts'
import { languages, type Language, type Trace } from '../conversation/types.ts'

/**
 * Plays the transcripts of the named flows, of all when none is named, and says what they do not reach: the gate that the tests
 * hold, for who writes a flow. 1 when something is missing, 2 when there is no such flow.
 */
export function tellCoverage(root: string, library: Library, named: string[], say: (line: string) => void): number {
  const strangers = named.filter(name => !library.flow(name, null))
  for (const name of strangers) say(`${name}: no such flow`)
  if (strangers.length > 0) return 2
  const flows = library.flows.filter(({ name }) => named.length === 0 || named.includes(name))
  const gaps = flows.flatMap(flow => {
    const coverage = coverageOf(flow, playAll(root, library, flow))
    say(summary(flow, coverage))
    return gapsOf(coverage).map(gap => `${flow.name}: ${gap}`)
  })
  for (const gap of gaps) say(gap)
  return gaps.length > 0 ? 1 : 0
}

function playAll(root: string, library: Library, flow: CompiledFlow): { language: Language; trace: Trace[] }[] {
  const folder = path.join(root, 'flows', flow.name, 'transcripts')
  const files = readdirSync(folder).filter(file => file.endsWith('.yaml'))
  return files.map(file => {
    const transcript = transcriptSchema.parse(parse(readFileSync(path.join(folder, file), 'utf8')))
    return { language: transcript.language, trace: playTranscript(library, transcript).trace }
  })
}

/** One line: how much of it is reached. */
export function summary({ name }: CompiledFlow, { steps, exits, retries, languages: spoken }: Coverage): string {
  const all = (part: { reached: string[]; missed: string[] }) =>
    `${part.reached.length}/${part.reached.length + part.missed.length}`
  const counts = `steps ${all(steps)}, exits ${all(exits)}, questions with a bad answer ${all(retries)}`
  return `${name}: ${counts}, languages ${spoken.join(' ')}`
}

/** What no transcript reaches, one line each. */
export function gapsOf({ steps, exits, retries, languages: spoken }: Coverage): string[] {
  return [
    ...steps.missed.map(step => `nobody comes to step ${step}`),
    ...exits.missed.map(exit => `nobody leaves by ${exit}`),
    ...retries.missed.map(step => `nobody answers ${step} badly`),
    ...languages.filter(one => !spoken.includes(one)).map(one => `nothing is played in ${one}`),
  ]
}
