import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import type { AskSource } from '../../src/conversation/steps/schema.ts'
import type { CompiledFlow } from '../../src/conversation/machine.ts'
import { isInput, transcriptSchema, type Transcript } from '../../src/conversation/transcript/format.ts'
import { showBothCalendars } from '../../src/conversation/understanding/showDay.ts'
import { showDay, showMonth } from '../../src/conversation/showValue.ts'
import { readIdentityNumber } from '../../src/domain/identityNumber.ts'
import { maskIdentityNumber } from '../../src/domain/mask.ts'
import { regionName } from '../../src/domain/region.ts'
import { loadKnowledge } from '../../src/runtime/knowledge.ts'

/*
 * What was understood is shown before it counts: a day in both calendars with its weekday, an identity number masked with
 * birth and sex, a place with its whole path. First by the flows as they are written, then by what is really said in every
 * golden transcript, and those reach every step and every exit.
 */

const { library, regions } = loadKnowledge('.')
const KINDS: readonly string[] = ['date', 'idNumber', 'region']

const asksOf = (flow: CompiledFlow): AskSource[] =>
  flow.steps.flatMap(({ source }) => (source.kind === 'ask' && KINDS.includes(source.type) ? [source] : []))

const callersOf = (name: string): CompiledFlow[] =>
  library.flows.filter(({ steps }) => steps.some(({ source }) => source.kind === 'subflow' && source.flow === name))

/** In the flow itself or in whichever calls it. */
function isReviewed(flow: CompiledFlow): boolean {
  const callers = callersOf(flow.name)
  return flow.reviews || (callers.length > 0 && callers.every(caller => caller.reviews))
}

/** The list for review masks a number and does not tell birth and sex: only the echo does. */
function isShown(flow: CompiledFlow, ask: AskSource): boolean {
  return ask.echo || (ask.type !== 'idNumber' && ask.review && isReviewed(flow))
}

describe('a day, an identity number and a place', () => {
  const all = library.flows.flatMap(flow => asksOf(flow).map(ask => ({ flow, ask, name: `${flow.name}.${ask.id}` })))

  test.each(all)('asked in $name are shown back, by an echo or in the review', ({ flow, ask }) => {
    expect(isShown(flow, ask)).toBe(true)
  })

  test('with neither would be found', () => {
    const silent = all.find(({ flow }) => !flow.reviews && callersOf(flow.name).length === 0)
    expect(silent).toBeDefined()
    if (silent) expect(isShown(silent.flow, { ...silent.ask, echo: false })).toBe(false)
  })
})

/** Every slot of these kinds in any flow, by its name. */
const asked = new Map(library.flows.flatMap(flow => asksOf(flow)).map(ask => [ask.slot, ask]))

/** Pieces of text of which all must have been said. */
function piecesOf(ask: AskSource, value: string, { language, start }: Transcript): string[] {
  if (ask.type === 'date')
    return /^\d{4}-\d{2}$/.test(value)
      ? [showMonth(language, value)]
      : // 腊月初八，就是… names them the other way round.
        showBothCalendars(language, value).split(/，农历|, Chinese calendar /u)
  if (ask.type === 'region') return [regionName(regions, value)]
  const id = readIdentityNumber(value, start.slice(0, 10))
  if (!id.ok) return [value]
  const sex = { 'zh-CN': { F: '女', M: '男' }, en: { F: 'female', M: 'male' } }[language][id.sex]
  return [maskIdentityNumber(value), showDay(language, id.birth), sex]
}

/** What a command was given without the person having seen it. Values from the service itself were not said by anybody. */
function unseen(transcript: Transcript): string[] {
  const said: string[] = []
  const given = new Set<string>()
  return transcript.turns.flatMap(entry => {
    if ('answers' in entry) said.push(entry.answers)
    const values = 'outcome' in entry ? entry.values : 'invited' in entry ? entry.with : undefined
    for (const value of Object.values(values ?? {})) given.add(String(value))
    if (isInput(entry) || !('runs' in entry)) return []
    const { with: args = {} } = entry
    return Object.entries(args).flatMap(([slot, value]) => {
      const ask = asked.get(slot)
      if (!ask || typeof value !== 'string' || given.has(value)) return []
      const missing = piecesOf(ask, value, transcript).filter(piece => !said.some(text => text.includes(piece)))
      return missing.map(piece => `${entry.runs} ${slot} ${piece}`)
    })
  })
}

const transcripts = library.flows.flatMap(({ name }) => {
  const folder = path.join('flows', name, 'transcripts')
  return readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .map(file => ({
      file: `${name}/${file}`,
      transcript: transcriptSchema.parse(parse(readFileSync(path.join(folder, file), 'utf8'))),
    }))
})

describe('what a command is given', () => {
  test('was seen by whoever said it, in every golden transcript', () => {
    const found = transcripts.flatMap(({ file, transcript }) => unseen(transcript).map(miss => `${file}: ${miss}`))
    expect(found).toEqual([])
  })

  test('is found where it was not', () => {
    const shown = transcripts.filter(({ transcript }) =>
      transcript.turns.some(entry => 'runs' in entry && Object.keys(entry.with ?? {}).some(slot => asked.has(slot))),
    )
    expect(shown.length).toBeGreaterThan(20)
    const silent = shown.filter(({ transcript }) => {
      const turns = transcript.turns.filter(entry => !('answers' in entry))
      return unseen({ ...transcript, turns }).length > 0
    })
    expect(silent.length).toBeGreaterThan(20)
  })
})
