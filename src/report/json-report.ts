import { countTests, type ReportedTest } from './test-report.js'

/** Tests as one JSON object, for programs: counts, then every scenario with its expectations and verdicts. */
export function jsonReport(tests: readonly ReportedTest[]): string {
  return `${JSON.stringify({ ...countTests(tests), tests }, null, 2)}\n`
}
