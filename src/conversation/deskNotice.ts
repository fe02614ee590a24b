import type { Turn } from './machine.ts'
import { plainValue } from './plainText.ts'
import { numberedLines } from './steps/notice.ts'
import type { Json } from './types.ts'
import { named, reply, text } from './walk.ts'

/** The answer to a notice that was asked for outside its own flow. */
export function tellNoticeAside(turn: Turn, outcome: string, values: Record<string, Json>): void {
  const key = outcome === 'issued' ? 'desk.outcome.issueNotice.issued' : 'desk.outcome.issueNotice.unknown'
  const told = text(turn, key, named({ ...values, items: numberedLines(values['items']) }))
  const { url } = values
  reply(turn, typeof url === 'string' ? { kind: 'card', text: told, url } : { kind: 'text', text: told })
}

/** Values of the officer's notice as the desk tells them. */
export function officerNoticeValues(values: Record<string, Json>): Record<string, Json> {
  return { ...values, papers: Array.isArray(values['papers']) ? values['papers'].map(plainValue).join('、') : null }
}
