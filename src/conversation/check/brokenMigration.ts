import { movedStep, type FlowMigration } from '../flowMigration.ts'
import type { CompiledFlow } from '../machine.ts'
import type { CheckInput, Finding, Rule } from './finding.ts'

/** A declared move leads to a newer revision that is loaded, from every step at which people can stand, into slots it has. */
export const brokenMigration: Rule = {
  name: 'brokenMigration',
  check: input =>
    input.library.migrations.flatMap(migration =>
      problemsOf(input, migration).map(({ step, message }) => findingAt(migration, step, message)),
    ),
}

interface Problem {
  step: string | null
  message: string
}

function problemsOf({ flows, library }: CheckInput, migration: FlowMigration): Problem[] {
  const { flow, from, to } = migration
  if (to <= from) return [{ step: null, message: `leads from revision ${from} back to ${to}` }]
  if (library.migrations.some(other => other !== migration && other.flow === flow && other.from === from))
    return [{ step: null, message: `revision ${from} of ${flow} has another move` }]
  const loaded = (revision: number) => flows.find(one => one.name === flow && one.revision === revision)
  const target = loaded(to)
  if (!target) return [{ step: null, message: `revision ${to} of ${flow} is not loaded` }]
  return [...lostSteps(migration, loaded(from), target), ...lostSlots(migration, target)]
}

function lostSteps(migration: FlowMigration, from: CompiledFlow | undefined, to: CompiledFlow): Problem[] {
  const standing = from?.steps.filter(({ waits }) => waits).map(({ id }) => id) ?? []
  return [...new Set([...standing, ...Object.keys(migration.steps)])]
    .filter(step => !to.byId.has(movedStep(migration, step)))
    .map(step => ({
      step,
      message: `people at ${step} would stand at ${movedStep(migration, step)}, which is not there`,
    }))
}

function lostSlots({ slots }: FlowMigration, to: CompiledFlow): Problem[] {
  return [...Object.values(slots.rename), ...Object.keys(slots.set)]
    .filter(slot => !(slot in to.emptySlots))
    .map(slot => ({ step: null, message: `no step of revision ${to.revision} fills ${slot}` }))
}

function findingAt({ file }: FlowMigration, step: string | null, message: string): Finding {
  return { rule: 'brokenMigration', level: 'error', file, step, message }
}
