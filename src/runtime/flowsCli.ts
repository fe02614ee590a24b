/** `npm run flows:check | flows:play | flows:diagram`. */
import type { Library } from '../conversation/machine.ts'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { checkFlows } from '../conversation/check/registry.ts'
import { drawFlow } from '../conversation/diagram.ts'
import { assembleLibrary, compileRevisions } from '../conversation/library.ts'
import { libraryTools } from './knowledge.ts'
import { loadLibrarySources } from './loadLibrary.ts'
import { playFlows } from './flowsPlay.ts'

const root = process.cwd()
const positionsSchema = z.array(
  z.strictObject({ flow: z.string(), revision: z.int(), step: z.string(), count: z.int() }),
)

const [command = '', ...rest] = process.argv.slice(2)
process.exitCode = await run(command, rest)

async function run(name: string, args: string[]): Promise<number> {
  if (name === 'check') return check(args)
  if (name === 'diagram') return diagram()
  if (name === 'play') return playFlows(library(), args)
  say('check [positions.json] | play [--auto] [--language en] [--officer] | diagram')
  return 2
}

/** Prints every finding; 1 when one of them keeps a flow out of service. */
function check([positionsFile]: string[]): number {
  const sources = loadLibrarySources(root)
  const positions = positionsFile ? positionsSchema.parse(JSON.parse(readFileSync(positionsFile, 'utf8'))) : []
  const findings = checkFlows(library(), compileRevisions(sources.flows), positions)
  for (const { level, file, step, rule, message } of findings)
    say(`${level} ${file}${step ? ` ${step}` : ''} [${rule}]: ${message}`)
  const errors = findings.filter(({ level }) => level === 'error').length
  say(`${sources.flows.length} flows, ${errors} errors, ${findings.length - errors} warnings`)
  return errors > 0 ? 1 : 0
}

function diagram(): number {
  const built = library()
  const folder = path.join(root, 'docs', 'flows')
  mkdirSync(folder, { recursive: true })
  for (const flow of built.flows) {
    writeFileSync(path.join(folder, `${flow.name}.md`), drawFlow(built, flow))
    say(`docs/flows/${flow.name}.md`)
  }
  return 0
}

/** Unchecked, so that a broken flow can be looked at. */
function library(): Library {
  const sources = loadLibrarySources(root)
  return assembleLibrary(sources, libraryTools(root, sources.flows))
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
