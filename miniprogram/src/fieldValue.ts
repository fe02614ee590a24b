import { isFields } from './api/decode.ts'

/**
 * All that stands in a field, from the event of leaving it or of Enter; null when the event does not say. uni-app tells
 * of single letters up to 100 ms late, so a quick writer's last letters are in here and not yet in the model.
 */
export function fieldValue(event: unknown): string | null {
  const detail = isFields(event) ? event['detail'] : null
  const value = isFields(detail) ? detail['value'] : null
  return typeof value === 'string' ? value : null
}
