import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { drawFlow } from '../../src/conversation/diagram.ts'
import { realLibrary } from './library.ts'

const library = realLibrary()

test.each(library.flows.map(flow => ({ flow, name: flow.name })))(
  'the drawing of $name shows the flow as it is',
  ({ flow, name }) => {
    expect(readFileSync(`docs/flows/${name}.md`, 'utf8')).toBe(drawFlow(library, flow))
  },
)
