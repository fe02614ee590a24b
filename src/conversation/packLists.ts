import type { Fact } from '../domain/packs/fact.ts'
import type { DocumentRule } from '../domain/packs/documents.ts'
import type { RegionPack } from '../domain/regionPack.ts'
import type { Walk } from './machine.ts'
import { toBring } from './packFacts.ts'
import type { OptionList } from './steps/optionLists.ts'
import { regionOf, text } from './walk.ts'

/** A thing that a pack lists; its name is a key of the catalogue. */
interface Listed {
  id: string
  name: string
}

const lists: Record<OptionList, (pack: RegionPack) => Listed[]> = {
  documents: pack => pack.documents,
  permitGrounds: pack => pack.additionalBirthPermit.grounds.value ?? [],
}

interface Offer {
  options?: (string | number)[] | undefined
  optionsFrom?: OptionList | undefined
}

/** A question with the choices that it has here, and the keys of their names: of those of the pack, what the pack says. */
export function offered<Q extends Offer>(
  walk: Walk,
  question: Q,
  key: (part: string) => string,
): [question: Q, key: (part: string) => string] {
  if (!question.optionsFrom) return [question, key]
  const listed = lists[question.optionsFrom](packOf(walk))
  const names = new Map(listed.map(({ id, name }) => [`options.${id}`, name]))
  return [{ ...question, options: optionsOf(question, packOf(walk)) }, part => names.get(part) ?? key(part)]
}

/** The values that may be chosen at a place: those of its pack, then those of the flow. */
export function optionsOf({ options = [], optionsFrom }: Offer, pack: RegionPack): (string | number)[] {
  return optionsFrom ? [...lists[optionsFrom](pack).map(({ id }) => id), ...options] : options
}

const packOf = (walk: Walk): RegionPack => walk.turn.library.packFor(regionOf(walk))

/** What texts may name of lists in the pack, by name. Null: nobody has verified it. */
export const packTexts: Record<string, (walk: Walk) => string | null> = {
  permitGrounds: walk => names(walk, packOf(walk).additionalBirthPermit.grounds),
  permitMaterials: walk => names(walk, packOf(walk).additionalBirthPermit.materials),
  documentName: walk => {
    const rule = documentOf(walk)
    return rule ? text(walk.turn, rule.name) : null
  },
  /** Whether it is still issued for the first time. */
  documentFirst: walk => {
    const first = documentOf(walk)?.firstIssue.value ?? null
    return first === null ? null : first ? 'yes' : 'no'
  },
  documentMaterials: walk => {
    const rule = documentOf(walk)
    return rule ? names(walk, rule.materials) : null
  },
}

function documentOf(walk: Walk): DocumentRule | null {
  const { document } = walk.session.slots
  return packOf(walk).documents.find(({ id }) => id === document) ?? null
}

function names({ turn, session }: Walk, { value }: Fact<Listed[]>): string | null {
  const due = toBring(value ?? [], session.slots)
  if (due.length === 0) return null
  return due.map(({ name }) => text(turn, name)).join(text(turn, 'common.listSeparator'))
}
