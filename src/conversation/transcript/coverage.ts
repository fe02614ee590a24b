import type { CompiledFlow } from '../machine.ts'
import type { Language, Trace } from '../types.ts'

/** What a flow's transcripts reach. */
export interface Coverage {
  steps: { reached: string[]; missed: string[] }
  exits: { reached: string[]; missed: string[] }
  /** Questions at which a bad answer was shown at least once, of all that count them. */
  retries: { reached: string[]; missed: string[] }
  languages: Language[]
}

/** Steps and exits of one revision that the traces of plays went through. */
export function coverageOf(flow: CompiledFlow, plays: { language: Language; trace: Trace[] }[]): Coverage {
  const traces = plays
    .flatMap(({ trace }) => trace)
    .filter(one => one.flow === flow.name && one.revision === flow.revision)
  const entered = new Set(traces.filter(({ event }) => event === 'entered').map(({ step }) => step))
  const taken = new Set(traces.filter(({ event }) => event === 'answered').map(({ step, via }) => `${step}.${via}`))
  const exits = flow.steps.flatMap(step => step.exits.map(({ via }) => `${step.id}.${via}`))
  // A step that only speaks has one way out; who was there took it.
  const wasTaken = (exit: string) =>
    taken.has(exit) || (exit.endsWith('.next') && entered.has(exit.slice(0, -'.next'.length)))
  const ids = flow.steps.map(({ id }) => id)
  const counting = flow.steps.filter(({ source }) => 'tries' in source && source.tries).map(({ id }) => id)
  const refused = new Set(traces.filter(({ event }) => event === 'invalid').map(({ step }) => step))
  return {
    steps: { reached: ids.filter(id => entered.has(id)), missed: ids.filter(id => !entered.has(id)) },
    exits: { reached: exits.filter(wasTaken), missed: exits.filter(exit => !wasTaken(exit)) },
    retries: { reached: counting.filter(id => refused.has(id)), missed: counting.filter(id => !refused.has(id)) },
    languages: [...new Set(plays.map(({ language }) => language))],
  }
}
