import { Environment, type ASTNode } from '@marcbachmann/cel-js'
import type { LocalDate } from '../domain/world.ts'
import type { Json } from './types.ts'

/** What a condition may look at. Every slot of the flow is present; unanswered ones are null. */
export interface Scope {
  slots: Record<string, Json>
  pack: Record<string, Json>
  today: LocalDate
}

/** A CEL expression from a flow, parsed once. */
export interface Condition {
  source: string
  /** Slots and pack facts it reads: what it depends on. */
  slots: string[]
  pack: string[]
  /** @throws when a value does not fit the expression (a comparison with null); the engine turns this into a hand-over. */
  holds(scope: Scope): boolean
}

// Limits keep one evaluation far below the cost of a turn: no flow of ours needs more than a third of them.
const environment = new Environment({
  unlistedVariablesAreDyn: false,
  limits: { maxAstNodes: 64, maxDepth: 8, maxListElements: 16, maxMapEntries: 4, maxCallArguments: 4 },
})
  .registerVariable('slots', 'map')
  .registerVariable('pack', 'map')
  .registerVariable('today', 'string')

/** @throws Error saying what is wrong with the expression. */
export function compileCondition(source: string): Condition {
  const expression = environment.parse(source)
  const checked = expression.check()
  if (!checked.valid) throw new Error(`condition "${source}": ${checked.error?.message ?? 'does not type'}`)
  if (checked.type !== 'bool') throw new Error(`condition "${source}" gives ${checked.type}, not true or false`)
  const fields = [...fieldsOf(expression.ast)]
  const named = (of: string) => [...new Set(fields.filter(field => field.of === of).map(field => field.name))]
  return {
    source,
    slots: named('slots'),
    pack: named('pack'),
    holds: scope => expression({ ...scope }) === true,
  }
}

function* fieldsOf(node: unknown): Generator<{ of: string; name: string }> {
  if (Array.isArray(node)) for (const child of node) yield* fieldsOf(child)
  if (!isNode(node)) return
  if (node.op === '.' && node.args[0].op === 'id') yield { of: node.args[0].args, name: node.args[1] }
  yield* fieldsOf(node.args)
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}
