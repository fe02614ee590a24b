import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import { describe, expect, test } from 'vitest'
import { coverageOf } from '../../src/conversation/transcript/coverage.ts'
import { transcriptSchema, type Transcript } from '../../src/conversation/transcript/format.ts'
import { playTranscript } from '../../src/conversation/transcript/play.ts'
import { gapsOf, summary } from '../../src/runtime/flowsCoverage.ts'
import type { Language, Trace } from '../../src/conversation/types.ts'
import { realLibrary } from './library.ts'

const library = realLibrary()

describe.each(library.flows.map(flow => ({ flow, name: flow.name })))('$name', ({ flow }) => {
  const folder = path.join('flows', flow.name, 'transcripts')
  const files = readdirSync(folder).filter(file => file.endsWith('.yaml'))
  const plays: { language: Language; trace: Trace[] }[] = []

  test.each(files)('%s', async file => {
    const written = path.join(folder, file)
    const source = readFileSync(written, 'utf8')
    const transcript = transcriptSchema.parse(parse(source))
    const played = playTranscript(library, transcript)
    plays.push({ language: transcript.language, trace: played.trace })
    await expect(render(source, played.transcript)).toMatchFileSnapshot(path.resolve(written))
  })

  test('its transcripts reach every step, every exit and a bad answer at every question, in every language', () => {
    const coverage = coverageOf(flow, plays)
    process.stdout.write(`${summary(flow, coverage)}\n`)
    expect(gapsOf(coverage)).toEqual([])
  })
})

/** The file as it should be: comments at its head are kept. */
function render(source: string, transcript: Transcript): string {
  const head = /^(?:#.*\n)*/.exec(source)?.[0] ?? ''
  const { language, officer, start, ...rest } = transcript
  return (
    head +
    stringify(
      { title: rest.title, language, ...(officer ? { officer } : {}), start, turns: rest.turns },
      { lineWidth: 0 },
    )
  )
}
