/** Colour of a status; the words beside it say the same. */
export function statusTone(status: string): 'plain' | 'good' | 'care' | 'alarm' {
  if (status === 'granted' || status === 'delivered') return 'good'
  if (status === 'refused') return 'alarm'
  return status === 'withdrawn' || status === 'archived' ? 'plain' : 'care'
}
