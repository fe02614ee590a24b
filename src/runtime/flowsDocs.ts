import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { drawFlow } from '../conversation/diagram.ts'
import type { Library } from '../conversation/machine.ts'
import { exampleSchema, flowJsonSchema, migrationJsonSchema, stepManual, type Example } from '../conversation/manual.ts'
import { stepKindNames, type StepKind } from '../conversation/steps/schema.ts'
import { libraryTools } from './knowledge.ts'
import { loadLibrarySources } from './loadLibrary.ts'

/** A page that is written from the code; a test keeps it true. */
export interface Page {
  file: string
  content: string
}

export function drawings(_root: string, library: Library): Page[] {
  return library.flows.map(flow => ({ file: `docs/flows/${flow.name}.md`, content: drawFlow(library, flow) }))
}

export function schemas(): Page[] {
  return [
    { file: 'flows/flow.schema.json', content: flowJsonSchema() },
    { file: 'flows/migration.schema.json', content: migrationJsonSchema() },
  ]
}

/** @throws Error when an example is missing or cannot be played. */
export function manual(root: string): Page[] {
  const { flows, locales } = loadLibrarySources(root)
  const tools = libraryTools(root, flows)
  return [{ file: 'docs/steps.md', content: stepManual(readExamples(root), { locales, tools }) }]
}

function readExamples(root: string): Record<StepKind, Example> {
  const folder = path.join(root, 'src', 'conversation', 'steps', 'testdata', 'examples')
  const read = (kind: StepKind) => exampleSchema.parse(parse(readFileSync(path.join(folder, `${kind}.yaml`), 'utf8')))
  return Object.fromEntries(stepKindNames.map(kind => [kind, read(kind)] as const)) as Record<StepKind, Example>
}
