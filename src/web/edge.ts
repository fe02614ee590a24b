import type { WebDeps } from './deps.ts'
import type { Metrics } from './metrics.ts'
import type { Doors, RateLimits } from './rateLimits.ts'

/** What routes may use: the dependencies, and what lives as long as the application does. */
export interface Edge extends WebDeps {
  limits: RateLimits
  doors: Doors
  metrics: Metrics
  /** The OpenAPI document. */
  description(): Record<string, unknown>
  /** Open event streams per resident. */
  streams: Map<string, number>
}
