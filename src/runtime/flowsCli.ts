/** `npm run flows:check | flows:coverage | flows:publish | flows:play | flows:diagram | flows:schema | flows:manual`. */
import type { Library } from '../conversation/machine.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { checkFlows } from '../conversation/check/registry.ts'
import { assembleLibrary, compileRevisions } from '../conversation/library.ts'
import { tellCoverage } from './flowsCoverage.ts'
import { drawings, manual, schemas } from './flowsDocs.ts'
import { lineOf, publishFlows, readPositionsFile } from './flowsPublish.ts'
import { playFlows } from './flowsPlay.ts'
import { libraryTools } from './knowledge.ts'
import { loadLibrarySources } from './loadLibrary.ts'

const root = process.cwd()

const [command = '', ...rest] = process.argv.slice(2)
process.exitCode = await run(command, rest)

async function run(name: string, args: string[]): Promise<number> {
  switch (name) {
    case 'check':
      return check(args)
    case 'coverage':
      return tellCoverage(root, library(), args, say)
    case 'publish':
      return publishFlows({ root, library: library(), args, say })
    case 'diagram':
    case 'schema':
    case 'manual':
      return write(name)
    case 'play':
      return playFlows(library(), args)
    default:
      say('check [positions.json] | publish [positions.json | --nobody] | play [--auto] [--language en] [--officer]')
      say('coverage [flow …] | diagram | schema | manual')
      return 2
  }
}

/** Prints every finding; 1 when one of them keeps a flow out of service. */
function check([positionsFile]: string[]): number {
  const sources = loadLibrarySources(root)
  const positions = positionsFile ? readPositionsFile(positionsFile) : []
  const findings = checkFlows(library(), compileRevisions(sources.flows), positions)
  for (const finding of findings) say(lineOf(finding))
  const errors = findings.filter(({ level }) => level === 'error').length
  say(`${sources.flows.length} flows, ${errors} errors, ${findings.length - errors} warnings`)
  return errors > 0 ? 1 : 0
}

function write(name: 'diagram' | 'schema' | 'manual'): number {
  const pages = { diagram: drawings, schema: schemas, manual }[name](root, library())
  for (const { file, content } of pages) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), content)
    say(file)
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
