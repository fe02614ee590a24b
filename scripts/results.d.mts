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
  testResults: {
    name?: string
    status: string
    message?: string
    assertionResults: { status: string; fullName?: string; failureMessages?: string[] }[]
  }[]
}
export function count(report: Report): Total
export function failures(report: Report, folder: string): string[]
export function sum(totals: Total[]): Total
export function verdict(total: Total, requireAll: boolean): { line: string; good: boolean }
