/**
 * Of a row of the outbox: not sent yet. Said so that it is looked for by its resident. For `status = 'created'` the server may take
 * an index over all that wait, and keeps to it: a plan made while the table was empty read through a whole campaign for each turn.
 */
export const isWaiting = (row: string): string =>
  `${row}.status in ('created', 'sending') and ${row}.status <> 'sending'`
