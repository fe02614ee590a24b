import type { WebDeps } from './deps.ts'
import type { Metrics } from './metrics.ts'
import type { RateLimits } from './rateLimits.ts'

/** What routes may use: the dependencies, and what lives as long as the application does. */
export interface Edge extends WebDeps {
  limits: RateLimits
  metrics: Metrics
  /** The OpenAPI document. */
  description(): Record<string, unknown>
  /** TOTP steps already used, so that a code seen over a shoulder opens nothing. */
  usedSteps: Map<string, number>
  /** Open event streams per resident. */
  streams: Map<string, number>
}
