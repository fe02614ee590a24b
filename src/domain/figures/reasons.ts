import { hideSmallCells } from './hiding.ts'
import type { Sum } from './measured.ts'

/** Why cases came to the window, most frequent first. */
export interface RankedReason {
  /** Id of the reason; `unsaid` where the officer gave none. */
  reason: string
  /** Null: hidden. */
  n: number | null
  /** Share of all window cases; null where the count is hidden. */
  share: number | null
  /** Per month of the period; null: one to four, and what would give them away. */
  months: { month: string; n: number | null }[]
}

export interface Reasons {
  /** Window cases in all; null: one to four. */
  n: number | null
  ranked: RankedReason[]
}

/** Ranks the reasons of window cases, or what else is counted by kind (`measure`). Small cells are hidden by reason and by month, the rank stays. */
export function rankReasons(
  sums: readonly Sum[],
  months: readonly string[],
  measure: 'notOnline' | 'need' | 'badReason' = 'notOnline',
): Reasons {
  const reasons = sums.filter(one => one.measure === measure)
  const byReason = new Map<string, number>()
  for (const { detail, n } of reasons) byReason.set(detail, (byReason.get(detail) ?? 0) + n)
  const ranked = [...byReason].filter(([, n]) => n > 0).toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const all = ranked.reduce((sum, [, n]) => sum + n, 0)
  const [shownAll = null] = hideSmallCells([all])
  const shown = shownAll === null ? ranked.map(() => null) : hideSmallCells(ranked.map(([, n]) => n))
  return {
    n: shownAll,
    ranked: ranked.map(([reason], i) => {
      const n = shown[i] ?? null
      return { reason, n, share: n === null ? null : n / all, months: monthsOf(reasons, reason, months, n) }
    }),
  }
}

function monthsOf(sums: readonly Sum[], reason: string, months: readonly string[], n: number | null) {
  const counts = months.map(month =>
    sums.reduce((sum, one) => (one.detail === reason && one.month === month ? sum + one.n : sum), 0),
  )
  const shown = n === null ? counts.map(count => (count === 0 ? 0 : null)) : hideSmallCells(counts)
  return months.map((month, i) => ({ month, n: shown[i] ?? null }))
}
