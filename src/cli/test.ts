import { performance } from 'node:perf_hooks'
import type { Command } from 'commander'
import { nearestWord, PodwrightError } from '../errors/index.js'
import { watchFiles } from '../files/index.js'
import { visible } from '../kubectl/index.js'
import { countsLine, countTests, githubReport, jsonReport, junitReport, type ReportedTest } from '../report/index.js'
import { lawNames } from '../spec/index.js'
import { collect } from './option-values.js'
import { safeJson } from './outputs.js'
import { addInputOptions, type PlanFlags, type PlanSettings, readPlanSettings } from './plan-settings.js'
import { Progress } from './progress.js'
import { EXIT, reportError } from './report-error.js'
import { note, print, printLines } from './standard-streams.js'
import { terminalPalette } from './terminal-palette.js'
import { loadTestInputs, type TestInput } from './test-inputs.js'
import { type RanTest, runTest, titleOf } from './test-scenario.js'

interface TestFlags extends PlanFlags {
  readonly reporter?: string
  readonly filter?: string
  readonly off?: readonly string[]
  readonly watch?: boolean
  readonly strict?: boolean
  readonly color?: boolean
}

const REPORTERS = ['pretty', 'junit', 'json', 'github'] as const
type Reporter = (typeof REPORTERS)[number]

const DESCRIPTION = `Run Scenario files and check what they expect.

Arguments are files, directories (their .yaml, .yml and .json files) or - for standard input. Every
Scenario is a test: it runs once, its expectations are judged, and the laws are checked: what must hold
in every run of any cluster. A Scenario without expect, or a file of manifests without a Scenario, is
checked against the laws.`

const EXAMPLES = `
Examples:
  podwright test drain.yaml                          one file
  podwright test scenarios/ -R                       every Scenario of a folder and those within
  podwright test scenarios/ --filter drain           those whose name or file has "drain" in it
  podwright test scenarios/ --seed 7                 under another order of events
  podwright test scenarios/ --reporter junit > report.xml
  podwright test scenarios/ --watch                  again whenever a file changes

Some of what expect understands, a line each; podwright record shows those that a run satisfied:
  pod web goes through Pending, Running
  Ready of pod web goes through False, True, False
  container web/app is killed with SIGKILL at 1m30s
  whenever pod web is deleted, container web/app exits within 30s

Exit codes: 0 all passed · 1 an expectation or law is broken · 2 misuse or bad input`

/** Defines `podwright test`. */
export function defineTest(command: Command, exit: (code: number) => void): void {
  command
    .description(DESCRIPTION)
    .usage('FILE|DIR|-... [options]')
    .argument('<file...>', 'Scenario files, directories, or - for standard input')
  addInputOptions(command)
  command
    .optionsGroup('What is left to chance:')
    .option('--seed <number>', 'draw every choice of the cluster from this seed (default: the typical values)')
    .optionsGroup('What is checked:')
    .option('--filter <text>', 'only Scenarios whose name or file has this in it')
    .option('--off <law>', 'do not check this law, or all; repeatable', collect)
    .option('--strict', 'a field that podwright does not model is an error')
    .option('--watch', 'run again whenever a manifest changes, until Ctrl-C')
    .optionsGroup('What is shown:')
    .option('--reporter <form>', `${REPORTERS.join(', ')} (default: pretty)`)
    .option('--no-color', 'no colours, even on a terminal')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], flags: TestFlags) => {
      const reporter = readReporter(flags.reporter)
      const settings = readPlanSettings(paths, flags)
      if (flags.watch === true) await watchTests(settings, flags, reporter)
      else exit(testOnce(settings, flags, reporter))
    })
}

function readReporter(text: string | undefined): Reporter {
  if (text === undefined) return 'pretty'
  const found = REPORTERS.find(each => each === text)
  if (found !== undefined) return found
  const nearest = nearestWord(text, REPORTERS)
  throw new PodwrightError({
    code: 'USAGE',
    where: '--reporter',
    problem: `expected one of ${REPORTERS.join(', ')}, got ${JSON.stringify(text.slice(0, 80))}`,
    hint: nearest === undefined ? undefined : `did you mean ${nearest}?`,
  })
}

/** Runs every test, prints the report and answers the exit code. */
function testOnce(settings: PlanSettings, flags: TestFlags, reporter: Reporter): number {
  const began = performance.now()
  // A law that there is not is a mistake of the command line, not of each file.
  lawNames((flags.off ?? []).map(name => ({ name, where: '--off' })))
  const { tests, skipped } = loadTestInputs(settings)
  const chosen = filtered(tests, flags.filter)
  const palette = terminalPalette(flags.color)
  const progress = new Progress(chosen.length, 'scenarios')
  const ran: RanTest[] = []
  const printer = new Printer()
  for (const input of chosen) {
    const one = runTest(input, settings, flags, palette)
    ran.push(one)
    if (reporter === 'pretty') {
      progress.end()
      printer.print(one)
    }
    progress.step()
  }
  progress.end()
  const reported = ran.map(({ test }) => test)
  if (reporter === 'pretty') printer.end(countsLine(countTests(reported)))
  else printReport(reported, reporter)
  if (skipped > 0) note(`${skipped} ${skipped === 1 ? 'file' : 'files'} without a Scenario: taken as manifests`)
  note(`took ${Math.round(performance.now() - began)} ms`)
  return codeOf(ran)
}

function filtered(tests: readonly TestInput[], filter: string | undefined): readonly TestInput[] {
  const wanted = filter?.toLowerCase()
  const chosen =
    wanted === undefined ? tests : tests.filter(test => `${titleOf(test)} ${test.file}`.toLowerCase().includes(wanted))
  if (chosen.length > 0) return chosen
  throw new PodwrightError({
    code: 'USAGE',
    where: filter === undefined ? undefined : '--filter',
    problem:
      filter === undefined
        ? 'expected files with a Scenario, got none'
        : `expected Scenarios whose name or file has ${JSON.stringify(filter.slice(0, 80))} in it, got none of ${tests.length}`,
  })
}

/** Prints tests for people: what passed on a line, what failed as a paragraph. */
class Printer {
  #isParagraphOpen = false
  #count = 0

  print({ test, lines }: RanTest): void {
    const isParagraph = test.outcome !== 'passed'
    if (this.#count > 0 && (isParagraph || this.#isParagraphOpen)) printLines([''])
    printLines(lines)
    this.#isParagraphOpen = isParagraph
    this.#count++
  }

  end(line: string): void {
    printLines(this.#isParagraphOpen || this.#count > 1 ? ['', line] : [line])
  }
}

function printReport(tests: readonly ReportedTest[], reporter: Exclude<Reporter, 'pretty'>): void {
  switch (reporter) {
    case 'junit':
      print(junitReport(tests))
      break
    case 'json':
      print(safeJson(jsonReport(tests)))
      break
    case 'github':
      printLines(githubReport(tests))
  }
}

const codeOf = (ran: readonly RanTest[]): number =>
  ran.reduce<number>((worst, { code }) => Math.max(worst, code), EXIT.fine)

/** Tests now and after every change; ends with the process. */
async function watchTests(settings: PlanSettings, flags: TestFlags, reporter: Reporter): Promise<never> {
  const again = (): void => {
    try {
      testOnce(settings, flags, reporter)
    } catch (error) {
      reportError(error)
    }
    note('watching for changes, Ctrl-C ends it')
  }
  watchFiles(
    settings.paths.filter(path => path !== '-'),
    settings.isRecursive,
    name => {
      if (process.stdout.isTTY === true) print('\u001b[2J\u001b[H')
      note(`${visible(name)} changed`)
      again()
    },
  )
  again()
  return new Promise(() => {})
}
