import { plainCount, type Count, type Measure } from '../figures/counts.ts'
import { shanghaiDate } from '../world.ts'
import type { Complaint, ComplaintEvent } from './complaint.ts'
import { isSuggestion, type ComplaintState } from './complaintState.ts'

/**
 * What an event adds to the figures, all on the day and place of the receipt. 初信初访结案率: the first answer closes a first
 * letter, and taking it up again takes that back. 按期结案率: due with the first answer or with the day that passed without.
 * Suggestions are not counted. `before`: the state without the event; null for the receipt.
 */
export function complaintCounts(
  { topic, placeCode, receivedAt }: Pick<Complaint, 'topic' | 'placeCode' | 'receivedAt'>,
  before: ComplaintState | null,
  { event, at }: { event: ComplaintEvent; at: number },
): Count[] {
  if (isSuggestion(topic)) return []
  const received = { regionCode: placeCode, day: shanghaiDate(receivedAt) }
  const count = (measure: Measure, n = 1) => plainCount(received, measure, { n })
  if (event.type === 'received') return [count('complaintFirst')]
  if (!before) throw new Error('only a receipt has nothing before it')
  const isFirst = before.answers.length === 0 && !before.reopened
  if (event.type === 'lapsed') return isFirst ? [count('complaintDue')] : []
  if (event.type === 'reopened') return [count('complaintFirstClosed', -1)]
  const settles = event.type === 'answered' || (event.type === 'closed' && event.why === 'outside')
  if (!settles || !isFirst) return []
  const due = before.lapsed ? [] : [count('complaintDue')]
  const onTime = !before.lapsed && shanghaiDate(at) <= before.due ? [count('complaintOnTime')] : []
  return [count('complaintFirstClosed'), ...due, ...onTime]
}
