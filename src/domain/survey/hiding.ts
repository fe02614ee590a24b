import { isSmall, SMALLEST_SHOWN } from '../figures/hiding.ts'

/** Answers of one place: how many households, and how many of them said yes. Null where nothing is counted so. */
export interface PlaceCell {
  code: string
  answers: number
  hits: number | null
}

const TOWN_DIGITS = 9

/**
 * Places below one whose sum is shown that must not be: those with one to four answers, and as many others as it takes so that
 * what subtraction gives (the sum of all hidden ones) holds two places, five answers, and not the same answer of everybody.
 * Those that come along are the smallest, so that little is lost. All of them where the
 * rest is too little for that. `along`: places that are hidden in another table of the same answers, and so must be in this one.
 */
export function hiddenPlaces(cells: readonly PlaceCell[], along: ReadonlySet<string> = new Set()): Set<string> {
  const asked = cells.filter(({ answers }) => answers > 0)
  const hidden = asked.filter(({ answers, code }) => isSmall(answers) || along.has(code))
  const others = asked
    .filter(cell => !hidden.includes(cell))
    .toSorted((a, b) => a.answers - b.answers || (a.code < b.code ? -1 : 1))
  while (hidden.length > 0 && (isFew(hidden) || isAlike(hidden))) {
    const next = isFew(hidden) ? others[0] : others.find(other => !isAlike([...hidden, other]))
    if (!next) break
    hidden.push(next)
    others.splice(others.indexOf(next), 1)
  }
  return new Set(hidden.map(({ code }) => code))
}

function isFew(hidden: readonly PlaceCell[]): boolean {
  return hidden.length < 2 || sumOf(hidden, ({ answers }) => answers) < SMALLEST_SHOWN
}

/** Everybody in them said yes, or everybody no: then each of them is known. */
function isAlike(hidden: readonly PlaceCell[]): boolean {
  if (hidden.some(({ hits }) => hits === null)) return false
  const hits = sumOf(hidden, cell => cell.hits ?? 0)
  return hits === 0 || hits === sumOf(hidden, ({ answers }) => answers)
}

function sumOf(cells: readonly PlaceCell[], value: (cell: PlaceCell) => number): number {
  return cells.reduce((sum, cell) => sum + value(cell), 0)
}

/**
 * The same for a whole campaign: towns against the sum of the campaign's place, villages against that of their town; of a
 * hidden town no village is shown, or its sum could be had from them. Codes of towns and villages. Worked out from the
 * campaign's own place down, whoever looks: two views of one campaign never give away together what each of them hides.
 */
export function hiddenInCampaign(regionCode: string, villages: readonly PlaceCell[]): Set<string> {
  const towns = townsOf(villages)
  const hiddenTowns = regionCode.length >= TOWN_DIGITS ? new Set<string>() : hiddenPlaces(towns)
  const below = towns.flatMap(({ code }) => {
    const own = villages.filter(village => village.code.startsWith(code))
    return hiddenTowns.has(code)
      ? own.filter(({ answers }) => answers > 0).map(one => one.code)
      : [...hiddenPlaces(own)]
  })
  return new Set([...hiddenTowns, ...below])
}

/** Villages added up to towns. */
export function townsOf(villages: readonly PlaceCell[]): PlaceCell[] {
  const towns = new Map<string, PlaceCell>()
  for (const { code, answers, hits } of villages) {
    const town = code.slice(0, TOWN_DIGITS)
    const known = towns.get(town)
    const both = known?.hits === null || hits === null ? null : (known?.hits ?? 0) + hits
    towns.set(town, { code: town, answers: (known?.answers ?? 0) + answers, hits: both })
  }
  return [...towns.values()]
}

/**
 * Parts of a sum that is shown, small ones as null. A single hidden one could be had by subtraction: the smallest of the others
 * goes with it, be it zero, so that nobody can tell which of the two it was.
 */
export function hideParts(counts: readonly number[]): (number | null)[] {
  const hidden = new Set(counts.flatMap((count, n) => (isSmall(count) ? [n] : [])))
  if (hidden.size === 1) {
    const [next] = counts
      .map((count, n) => ({ count, n }))
      .filter(({ n }) => !hidden.has(n))
      .toSorted((a, b) => a.count - b.count)
    if (next) hidden.add(next.n)
  }
  return counts.map((count, n) => (hidden.has(n) ? null : count))
}
