export interface Total {
  passed: number
  failed: number
  skipped: number
}
interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}
export function count(report: Report): Total
export function sum(totals: Total[]): Total
export function verdict(total: Total, requireAll: boolean): { line: string; good: boolean }
