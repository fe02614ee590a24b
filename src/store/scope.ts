import type pg from 'pg'
import type { Scope } from '../app/ports.ts'

/**
 * The settings that row-level security reads, all of them every time, so that a change of eyes leaves nothing of the former
 * ones. Local to the transaction: after it the connection sees no rows again.
 */
export function scopeSettings(scope: Scope): {
  region: string
  resident: string
  system: string
  officer: string
} {
  return {
    region: scope.kind === 'officer' ? scope.regionCode : '',
    resident: scope.kind === 'resident' ? scope.residentId : '',
    system: scope.kind === 'system' ? 'on' : '',
    // Whom rows may be hidden from: a complaint from the officer complained of.
    officer: scope.kind === 'officer' ? scope.officerId : '',
  }
}

/** `begin` and the scope in one round trip. The values are escaped by the driver. */
export function beginStatement(client: Pick<pg.ClientBase, 'escapeLiteral'>, scope: Scope): string {
  const { region, resident, system, officer } = scopeSettings(scope)
  const local = (name: string, value: string) => `set local app.${name} = ${client.escapeLiteral(value)}`
  const settings = [local('region', region), local('resident', resident), local('system', system)]
  return ['begin', ...settings, local('officer', officer)].join(';')
}

/**
 * The same limit once more in the query itself: the second layer, and what lets the planner use an index, which the
 * alternatives of the policy do not. Answers a condition on `alias` and its parameters, numbered from `$first`.
 */
export function withinScope(scope: Scope, alias: string, first: number): { condition: string; values: string[] } {
  if (scope.kind === 'system') return { condition: 'true', values: [] }
  if (scope.kind === 'resident') return { condition: `${alias}.resident_id = $${first}`, values: [scope.residentId] }
  const code = `${alias}.region_code`
  return {
    condition: `${code} >= nullif($${first}, '') and ${code} < nullif($${first}, '') || '~'`,
    values: [scope.regionCode],
  }
}
