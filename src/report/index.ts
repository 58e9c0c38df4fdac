export { type DivergenceNames, divergenceReport } from './divergence-report.js'
export { endDifferences } from './end-differences.js'
export { findingReport, type ReportedFinding } from './finding-report.js'
export { formatInstant } from './format-instant.js'
export { githubReport } from './github-report.js'
export { jsonReport } from './json-report.js'
export { junitReport } from './junit-report.js'
export { type Paint, type Palette, PLAIN_PALETTE, type Tone } from './palette.js'
export { rowSentence } from './row-sentence.js'
export { countRun, type RunCounts, summary } from './summary.js'
export {
  countsLine,
  countTests,
  type ReportedExpectation,
  type ReportedTest,
  type TestCounts,
} from './test-report.js'
export { type TimelineOptions, timeline } from './timeline.js'
export { whyReport } from './why-report.js'
export { workloadLines } from './workload-lines.js'
