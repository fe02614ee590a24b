import type { CompiledFlow, CompiledStep, Library } from './machine.ts'

/** A flow as Mermaid text with a heading, ready for `docs/flows/`. */
export function drawFlow(library: Library, flow: CompiledFlow): string {
  const title = library.text('zh-CN', `${flow.name}.title`)
  const lines = [
    ...flow.steps.map(step => `  ${nodeOf(library, flow, step)}`),
    ...flow.steps.flatMap(step => edgesOf(flow, step)),
  ]
  return [
    `# ${title} (${flow.name}, revision ${flow.revision})`,
    '',
    'Drawn by `npm run flows:diagram`; do not edit.',
    '',
    '```mermaid',
    'flowchart TD',
    ...lines,
    '```',
    '',
  ].join('\n')
}

function nodeOf(library: Library, flow: CompiledFlow, step: CompiledStep): string {
  const text = library.texts.source('zh-CN', `${flow.name}.steps.${step.id}.label`) ?? step.id
  const label = quoted(`${step.source.kind}: ${text}${step.when ? `\n${step.when.source}` : ''}`)
  if (step.source.kind === 'branch') return `${step.id}{${label}}`
  if (step.source.kind === 'end') return `${step.id}([${label}])`
  return step.waits ? `${step.id}[/${label}/]` : `${step.id}[${label}]`
}

/** Exits with the same target share one arrow. */
function edgesOf(flow: CompiledFlow, step: CompiledStep): string[] {
  const byTarget = new Map<string, string[]>()
  for (const { via, to } of step.exits) {
    const target = to ?? flow.following.get(step.id)?.id
    if (target) byTarget.set(target, [...(byTarget.get(target) ?? []), via])
  }
  return [...byTarget].map(([target, vias]) => {
    const named = vias.length > 1 || !['next', 'answered'].includes(vias[0] ?? '')
    return named ? `  ${step.id} -->|${quoted(vias.join(', '))}| ${target}` : `  ${step.id} --> ${target}`
  })
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '#quot;').replaceAll('\n', '<br/>').replaceAll('<=', '#lt;=')}"`
}
