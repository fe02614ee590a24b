import type { CompiledFlow, Library } from '../conversation/machine.ts'
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { stringify } from 'yaml'
import { valuesSchema, type Entry, type InputEntry } from '../conversation/transcript/format.ts'
import { openPlay, playInput, type Play } from '../conversation/transcript/play.ts'
import type { Json, Language } from '../conversation/types.ts'

const HOW = `Type what the resident says. Also:
  /press LABEL   a button     /wait HOURS   time passes     /voice   a voice message
  /invite        a rating     /outcome NAME {json}   what the office answers
  /return NOTE   an officer hands the case back      /finish NOTE   or has done it
  save FILE      writes the play as a transcript     quit
`

const START = '2026-11-23T09:00:00+08:00'

/** A demo answer of the office for each outcome a flow knows; used by --auto, and as a start when one is chosen by hand. */
const demoValues: Record<string, Record<string, Json>> = {
  submitted: {
    applicationNumber: 'SY261123-048213',
    promiseDue: '2026-11-30',
    legalDue: '2026-12-21',
    provisional: false,
    officeName: '沼山镇',
    officePhone: null,
  },
  duplicate: { applicationNumber: 'SY261101-000123' },
}

/** The console: plays the engine against a frozen world, stored through JSON between turns. */
export async function playFlows(library: Library, args: string[]): Promise<number> {
  const language: Language = args.includes('en') ? 'en' : 'zh-CN'
  const play = openPlay(library, { start: START, officer: args.includes('--officer'), language })
  const auto = args.includes('--auto')
  process.stdout.write(HOW)
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' })
  step(play, { opens: 'chat' }, auto)
  lines.prompt()
  for await (const line of lines) {
    const said = line.trim()
    if (said === 'quit') break
    if (said.startsWith('save ')) save(play, said.slice('save '.length).trim())
    else if (said !== '') tryStep(play, said, auto)
    lines.prompt()
  }
  lines.close()
  return 0
}

function tryStep(play: Play, said: string, auto: boolean): void {
  try {
    step(play, entryOf(said), auto)
  } catch (error) {
    process.stdout.write(`! ${error instanceof Error ? error.message : String(error)}\n`)
  }
}

function entryOf(said: string): InputEntry {
  const [word = '', ...rest] = said.split(' ')
  const argument = rest.join(' ')
  switch (word) {
    case '/press':
      return { presses: argument }
    case '/wait':
      return { waitsHours: Number(argument) }
    case '/voice':
      return { sends: 'voice' }
    case '/invite':
      return { invited: 'service-rating', with: { applicationId: 'app-1', applicationNumber: 'SY261123-048213' } }
    case '/return':
    case '/finish':
      return { handsBack: word === '/return' ? 'return' : 'finish', ...(argument ? { note: argument } : {}) }
    case '/outcome':
      return outcomeOf(rest[0] ?? '', rest.slice(1).join(' '))
    default:
      return { says: said }
  }
}

function outcomeOf(name: string, json: string): InputEntry {
  return { outcome: name, values: json ? valuesSchema.parse(JSON.parse(json)) : (demoValues[name] ?? {}) }
}

function step(play: Play, entry: InputEntry, auto: boolean): void {
  const before = play.entries.length + 1
  playInput(play, entry)
  for (const told of play.entries.slice(before)) show(told)
  if (!play.command) return
  const outcomes = outcomesOf(play, play.command.name)
  const [first] = outcomes
  if (auto && first) return step(play, outcomeOf(first, ''), auto)
  process.stdout.write(
    `  the office may answer: ${outcomes.map(name => `/outcome ${name}`).join('  ') || '/outcome NAME'}\n`,
  )
}

function outcomesOf(play: Play, command: string): string[] {
  const commits = play.library.flows.flatMap((flow: CompiledFlow) => flow.steps.map(({ source }) => source))
  const commit = commits.find(source => source.kind === 'commit' && source.command === command)
  if (commit?.kind === 'commit') return Object.keys(commit.outcomes)
  const prefix = `desk.outcome.${command}.`
  return play.library.texts
    .keys('zh-CN')
    .filter(key => key.startsWith(prefix))
    .map(key => key.slice(prefix.length))
}

function show(entry: Entry): void {
  if ('answers' in entry) process.stdout.write(`${entry.answers}\n`)
  if ('runs' in entry) process.stdout.write(`  [runs ${entry.runs}]\n`)
  if ('causes' in entry) process.stdout.write(`  [${entry.causes}]\n`)
}

function save(play: Play, file: string): void {
  const transcript = {
    title: 'saved from flows:play',
    language: play.language,
    ...(play.officer ? { officer: true } : {}),
    start: START,
    turns: play.entries,
  }
  writeFileSync(file, stringify(transcript, { lineWidth: 0 }))
  process.stdout.write(`  saved ${file}\n`)
}
