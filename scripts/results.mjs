import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'

// Counts what vitest wrote as JSON. A file that could not run at all counts as one failure, or it would count as nothing.
export function count(report) {
  const total = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }
  for (const file of report.testResults) {
    if (file.status === 'failed' && !file.assertionResults.some(one => one.status === 'failed')) total.failed += 1
  }
  return total
}

/** A line for each test that failed and each file that could not run: where, which, and the first lines of why. */
export function failures(report, folder) {
  return report.testResults.flatMap(file => {
    const failed = file.assertionResults.filter(one => one.status === 'failed')
    const place = path.relative(folder, file.name ?? folder)
    if (failed.length === 0) return file.status === 'failed' ? [`FAILED ${place}: ${start(file.message)}`] : []
    return failed.map(one => `FAILED ${place} > ${one.fullName}: ${start(one.failureMessages?.[0])}`)
  })
}

/** What says why stands first; colours and the rest of a long difference would hide it. */
function start(message = '') {
  return stripVTControlCharacters(message).split('\n').slice(0, 8).join(' ⏎ ').slice(0, 800)
}

export function sum(totals) {
  const zero = { passed: 0, failed: 0, skipped: 0 }
  return totals.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    zero,
  )
}

/** The last line of a run, and whether it may count as passed. */
export function verdict(total, requireAll) {
  const line = `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`
  const good = total.failed === 0 && total.passed > 0 && (!requireAll || total.skipped === 0)
  return { line, good }
}
