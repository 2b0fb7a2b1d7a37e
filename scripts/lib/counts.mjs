/** Adds up what the test runners report. A runner that died and a file that would not load count as failures. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/**
 * What vitest's JSON report of a run begun at `start` says; `code` is how vitest ended. `broken`: the files that failed and no
 * test of theirs did, since their process died or they would not load. Each is one failure.
 */
export function readVitest(file, start, code) {
  const report = readReport(file, start)
  if (!report) return { passed: 0, failed: 1, skipped: 0, broken: [] }
  const broken = report.testResults
    .filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.every(one => one.status !== 'failed'),
    )
    .map(({ name }) => name)
  const passed = report.numPassedTests
  const skipped = report.numPendingTests + report.numTodoTests
  return { ...checkedBy(code, { passed, failed: report.numFailedTests + broken.length, skipped }), broken }
}

/** The sums where broken files were run once more: where all passed then they are named in `flaky`. */
export function withSecondTry(first, second) {
  const passed = second.failed === 0 ? first.broken : []
  const flaky = passed.map(name => ({
    name: relative(process.cwd(), name),
    error: 'broken at the first try: its process died',
  }))
  return {
    passed: first.passed + second.passed,
    failed: first.failed - first.broken.length + second.failed,
    skipped: first.skipped + second.skipped,
    flaky,
  }
}

/** The same for Playwright. A test that passed only on a second try has passed, and is named in `flaky`. */
export function readPlaywright(file, start, code) {
  const report = readReport(file, start)
  if (!report) return { passed: 0, failed: 1, skipped: 0, flaky: [] }
  const { expected, unexpected, flaky, skipped } = report.stats
  const failed = unexpected + (unexpected === 0 ? report.errors.length : 0)
  const counts = checkedBy(code, { passed: expected + flaky, failed, skipped })
  return { ...counts, flaky: report.suites.flatMap(flakyTests) }
}

/** Name and first error of each test in a suite, and the suites in it, that failed before it passed. */
function flakyTests(suite) {
  const inside = (suite.suites ?? []).flatMap(flakyTests)
  const here = suite.specs.flatMap(spec =>
    spec.tests
      .filter(({ status }) => status === 'flaky')
      .map(({ results }) => ({ name: `${spec.file}:${spec.line} ${spec.title}`, error: firstError(results) })),
  )
  return [...here, ...inside]
}

function firstError(results) {
  const message = results.find(({ error }) => error)?.error.message ?? 'no error was noted'
  return stripVTControlCharacters(message).trim().split('\n')[0]
}

export function addUp(results, otherFailures) {
  return results.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: otherFailures, skipped: 0 },
  )
}

function checkedBy(code, counts) {
  if (counts.failed > 0 || (code === 0 && counts.passed > 0)) return counts
  // It reports no failure and yet exited with an error, or ran no test.
  return { ...counts, failed: 1 }
}

/** Null when this run has not written it: a report of an earlier run may lie there. */
function readReport(file, start) {
  if (!existsSync(file) || statSync(file).mtimeMs < start) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
