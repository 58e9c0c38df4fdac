import { countTests, type ReportedTest } from './test-report.js'

/**
 * Tests as JUnit XML, as build servers read it: a suite per file, a case per scenario; what could not be run is an `error`.
 */
export function junitReport(tests: readonly ReportedTest[]): string {
  const files = [...new Set(tests.map(({ file }) => file))]
  const suites = files.flatMap(file =>
    suiteLines(
      file,
      tests.filter(test => test.file === file),
    ),
  )
  const attributes = attributesOf({ name: 'podwright', ...totalsOf(tests) })
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${attributes}>`, ...suites, '</testsuites>', ''].join(
    '\n',
  )
}

function suiteLines(file: string, tests: readonly ReportedTest[]): string[] {
  return [
    `  <testsuite${attributesOf({ name: file, ...totalsOf(tests) })}>`,
    ...tests.flatMap(caseLines),
    '  </testsuite>',
  ]
}

function caseLines({ title, file, line, outcome, message, summary, wallMs }: ReportedTest): string[] {
  const open = `    <testcase${attributesOf({ name: title, classname: file, file, line, time: seconds(wallMs) })}`
  if (outcome === 'passed') return [`${open}/>`]
  const tag = outcome === 'failed' ? 'failure' : 'error'
  return [
    `${open}>`,
    `      <${tag}${attributesOf({ message: summary })}>${escapeXml(message)}</${tag}>`,
    '    </testcase>',
  ]
}

function totalsOf(tests: readonly ReportedTest[]) {
  const { failed, broken } = countTests(tests)
  const time = seconds(tests.reduce((sum, { wallMs }) => sum + wallMs, 0))
  return { tests: tests.length, failures: failed, errors: broken, time }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3)

const attributesOf = (attributes: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeAttribute(String(value))}"`))
    .join('')

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** What XML 1.0 cannot say, not even as a reference, and control characters that a terminal would obey. */
const FORBIDDEN = /[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const escapeXml = (text: string): string =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"]/g, character => ENTITIES[character])

const escapeAttribute = (text: string): string =>
  escapeXml(text).replace(/[\n\r\t]/g, character => `&#${character.charCodeAt(0)};`)
