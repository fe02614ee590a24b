import { holdsOneOf, UNITS, unitsThat } from './codeUnits.ts'

/**
 * Says in one look over a text which of many rules may have to do with it: those of whose characters it holds what they
 * need. What is left has to be tried; of the others it is certain that they say nothing. Takes nanoseconds where nothing is left.
 */
export interface Sieve {
  /** Numbers of the rules that are left, each once, rising. */
  left(text: string): readonly number[]
}

/** Lists of characters: of each a text must hold one for its rule to speak. None where that cannot be told: always left. */
export type Needed = readonly ReadonlySet<string>[]

const NONE: readonly number[] = []

/**
 * `needed` of each rule, in the order of their numbers. Texts are looked through for the first list of every rule, and for
 * the others of those that it left. The first unit of a character of two stands for it.
 */
export function makeSieve(needed: readonly Needed[]): Sieve {
  const units = needed.map(lists => lists.map(firstUnits))
  const always = units.flatMap(([first], rule) => (first ? [] : [rule]))
  const further = units.map(lists => lists.slice(1))
  const listOf = new Uint16Array(UNITS)
  const lists: number[][] = [[]]
  for (const [rule, [first = []]] of units.entries()) {
    for (const unit of first) {
      if (listOf[unit] === 0) listOf[unit] = lists.push([]) - 1
      lists[listOf[unit] ?? 0]?.push(rule)
    }
  }

  /** The look that found a rule last. Counted on, so that nothing has to be wiped between two. */
  const foundBy = new Float64Array(needed.length)
  let look = 0

  function gathered(text: string): readonly number[] {
    let found: number[] | null = null
    look += 1
    for (let at = 0; at < text.length; at++) {
      for (const rule of lists[listOf[text.charCodeAt(at)] ?? 0] ?? NONE) {
        if (foundBy[rule] === look) continue
        foundBy[rule] = look
        if (holdsAll(text, further[rule] ?? [])) insert((found ??= [...always]), rule)
      }
    }
    return found ?? always
  }

  const holdsNeeded = holdsOneOf(unitsThat(unit => listOf[unit] !== 0))
  return { left: text => (holdsNeeded(text) ? gathered(text) : always) }
}

function firstUnits(characters: ReadonlySet<string>): ReadonlySet<number> {
  return new Set(Array.from(characters, character => character.charCodeAt(0)))
}

function holdsAll(text: string, lists: readonly ReadonlySet<number>[]): boolean {
  for (const units of lists) if (!holdsUnit(text, units)) return false
  return true
}

function holdsUnit(text: string, units: ReadonlySet<number>): boolean {
  for (let at = 0; at < text.length; at++) if (units.has(text.charCodeAt(at))) return true
  return false
}

/** Where it belongs in a rising list, which is short as a rule. */
function insert(rising: number[], number: number): void {
  let at = rising.length
  // Never below the first: looking for what stands at -1 costs as much as all the rest of a look.
  for (; at > 0; at--) {
    const before = rising[at - 1] ?? 0
    if (before <= number) break
    rising[at] = before
  }
  rising[at] = number
}
