import type { CompiledFlow, CompiledStep, Library } from '../machine.ts'
import { optionsOf } from '../packLists.ts'
import { stepText } from '../stepText.ts'
import { errorAt, type Rule } from './finding.ts'

/**
 * What is taken from the first words can be seen and corrected, is nothing sensitive (nobody has agreed to anything yet),
 * and has words to be known by; a flow is begun only by what it takes from them, and is mistaken only for one that is there.
 */
export const unsoundOpening: Rule = {
  name: 'unsoundOpening',
  check: ({ flows, library }) =>
    flows.flatMap(flow => [
      ...flow.opening.flatMap(step => wrongWith(library, flow, step).map(why => finding(flow, step, why))),
      ...flow.opensOn.slots
        .filter(slot => !flow.opening.some(step => step.slot === slot))
        .map(slot => finding(flow, null, `opens on ${slot}, which is not taken from the first words`)),
      ...(flow.alike && !library.flowByIntent(flow.alike.intent)
        ? [finding(flow, null, `is alike to ${flow.alike.intent}, which begins no flow`)]
        : []),
      ...(flow.notDone && library.policies?.entries.every(({ id }) => id !== flow.notDone?.policy)
        ? [finding(flow, null, `tells ${flow.notDone.policy}, which is no answer`)]
        : []),
      ...(flow.notDone?.instead ?? [])
        .filter(name => !library.flow(name, null))
        .map(name => finding(flow, null, `offers ${name} instead, which is no flow`)),
    ]),
}

const finding = (flow: CompiledFlow, step: CompiledStep | null, why: string) =>
  errorAt('unsoundOpening', flow, step, why)

/** Readers that find their value in a whole sentence. */
const readable = new Set(['choice', 'date', 'region'])

function wrongWith(library: Library, flow: CompiledFlow, { id, source }: CompiledStep): string[] {
  if (source.kind !== 'ask') return []
  const key = stepText(flow.name, id, 'opening')
  const said = library.texts.wordLists().filter(list => list === key || list.startsWith(`${key}.`))
  const known = new Set(optionsOf(source, library.packFor(null)).map(value => `${key}.${value}`))
  return [
    ...(source.review ? [] : ['is taken from the first words and not shown in the review']),
    ...(source.sensitive ? ['is sensitive and taken from the first words'] : []),
    ...(readable.has(source.type) ? [] : [`a ${source.type} is not read out of a sentence`]),
    ...(source.type === 'region' || said.length > 0 ? [] : ['has no words under opening']),
    ...(source.type === 'choice' ? said.filter(list => !known.has(list)).map(list => `${list} is no option`) : []),
  ]
}
