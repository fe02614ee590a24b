import { errorAt, type Rule } from './finding.ts'

/** A word starts one flow, and no command word starts any. */
export const keywordTwice: Rule = {
  name: 'keywordTwice',
  check: ({ library }) => {
    const owner = new Map<string, string>()
    return library.flows.flatMap(flow =>
      flow.keywords.flatMap(word => {
        const taken = owner.get(word) ?? (library.commandWord(word) ? 'the universal commands' : undefined)
        owner.set(word, flow.name)
        return taken && taken !== flow.name
          ? [errorAt('keywordTwice', flow, null, `"${word}" belongs to ${taken}`)]
          : []
      }),
    )
  },
}
