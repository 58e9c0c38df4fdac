import { countsLine, countTests, type ReportedTest } from './test-report.js'

/** Tests as workflow commands of GitHub Actions: an annotation at the line of each scenario or expectation that failed. */
export function githubReport(tests: readonly ReportedTest[]): string[] {
  const lines = tests.flatMap(({ outcome, file, line, at, title, message }) => {
    if (outcome === 'passed') return []
    const place = at ?? { file, line: line ?? 1, column: 1 }
    const properties = [
      `file=${escapeProperty(place.file)}`,
      `line=${place.line}`,
      `col=${place.column}`,
      `title=${escapeProperty(title)}`,
    ]
    return [`::error ${properties.join(',')}::${escapeData(message)}`]
  })
  return [...lines, countsLine(countTests(tests))]
}

/** What the runner would take for the end of a command, or for another one. */
const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
