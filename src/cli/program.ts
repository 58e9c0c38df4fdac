import { createRequire } from 'node:module'
import { Command, CommanderError } from 'commander'
import { PodwrightError } from '../errors/index.js'
import { EXIT, reportError } from './report-error.js'
import { print } from './standard-streams.js'

/** Adds arguments, options, help and action to a command; the action answers by setting the exit code. */
export type DefineCommand = (command: Command, exit: (code: number) => void) => void

interface CommandEntry {
  readonly name: string
  readonly summary: string
  /** Only the command that is called is loaded: `--version` and `--help` cost nothing more than this file. */
  readonly load: () => Promise<DefineCommand>
}

/** The commands, in the order of the help. A new command is a file in this folder and a row here. */
const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'run',
    summary: 'simulate manifests and show what happens to their pods over time',
    load: async () => (await import('./run.js')).defineRun,
  },
  {
    name: 'get',
    summary: 'show what kubectl get would have printed at an instant',
    load: async () => (await import('./get.js')).defineGet,
  },
  {
    name: 'describe',
    summary: 'show what kubectl describe would have printed',
    load: async () => (await import('./describe.js')).defineDescribe,
  },
  {
    name: 'events',
    summary: 'show what kubectl events would have printed',
    load: async () => (await import('./events.js')).defineEvents,
  },
  {
    name: 'rollout',
    summary: 'show the status and history of rollouts',
    load: async () => (await import('./rollout.js')).defineRollout,
  },
  {
    name: 'wait',
    summary: 'show when kubectl wait would have returned',
    load: async () => (await import('./wait.js')).defineWait,
  },
  {
    name: 'test',
    summary: 'run Scenario files and check what they expect',
    load: async () => (await import('./test.js')).defineTest,
  },
  {
    name: 'record',
    summary: 'write down what one run satisfied, as expectations',
    load: async () => (await import('./record.js')).defineRecord,
  },
  {
    name: 'replay',
    summary: 'run again what a failure told of',
    load: async () => (await import('./replay.js')).defineReplay,
  },
  {
    name: 'diff',
    summary: 'compare two runs and show where they first part, with causes',
    load: async () => (await import('./diff.js')).defineDiff,
  },
  {
    name: 'conform',
    summary: 'replay recordings of the real Kubernetes through the engine',
    load: async () => (await import('./conform.js')).defineConform,
  },
]

const DESCRIPTION = `Test what your Pods do over time, without a cluster.

podwright takes ordinary Kubernetes manifests and runs them through a deterministic model of the control plane
and the kubelet in virtual time: ten minutes of cluster take milliseconds, and the same input gives the
same answer everywhere. What a container's process does (when it is ready, how it exits, what it does on
SIGTERM) you say with --behave or in a Scenario file; what you do not say is assumed, and told.`

const EXAMPLES = `
Examples:
  podwright run web.yaml                                        a timeline, then what kubectl get pods prints
  podwright run k8s/ --behave 'web/app: exits 1 after 5s'       every manifest of a folder; app crashes
  kustomize build . | podwright run - --why 'web Ready=False'   why a pod was not ready
  podwright get web.yaml deploy,pods --at 12.5s                 what kubectl would have shown after 12.5 s
  podwright test scenarios/ -R                                  what your Scenario files expect
  podwright diff web.yaml --against 'seed=7'                    what another order of events changes

Exit codes: 0 fine · 1 a finding (broken expectation or law, difference) · 2 misuse or bad input · 3 a defect

podwright help COMMAND explains a command.`

/** Runs the command line and answers its exit code; errors are printed, never thrown. */
export async function runProgram(args: readonly string[]): Promise<number> {
  let code: number = EXIT.fine
  try {
    const program = await createProgram(args, answer => {
      code = answer
    })
    if (args.length === 0) print(program.helpInformation() + EXAMPLES.concat('\n'))
    else await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportError(error)
    return error.exitCode === 0 ? EXIT.fine : reportError(misuseOf(error, args))
  }
}

async function createProgram(args: readonly string[], exit: (code: number) => void): Promise<Command> {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string }
  const program = new Command('podwright')
    .description(DESCRIPTION)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .usage('COMMAND [arguments]')
    .addHelpText('after', EXAMPLES)
  configure(program)
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).summary(summary).helpOption('-h, --help', 'print this help')
    configure(command)
    if (args.includes(name)) (await load())(command, exit)
  }
  return program
}

function configure(command: Command): void {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ outputError: () => {}, getOutHelpWidth: () => 110, getErrHelpWidth: () => 110 })
    .configureHelp({ showGlobalOptions: false })
}

/** What commander found, as misuse in podwright's shape: `error: x\n(Did you mean y?)` becomes a problem and a hint. */
function misuseOf(error: CommanderError, args: readonly string[]): PodwrightError {
  const [first, ...rest] = error.message.replace(/^error: /, '').split('\n')
  const advice = rest
    .join(' ')
    .trim()
    .replace(/^\((.*)\)$/, '$1')
  return new PodwrightError({
    code: 'USAGE',
    problem: first,
    hint: hintFor(first, args) ?? (advice || `see ${helpOf(args)}`),
  })
}

function hintFor(problem: string, args: readonly string[]): string | undefined {
  if (/unknown option '(-f|--filename)/.test(problem)) return 'files are given without a flag: podwright run web.yaml'
  const [first = ''] = args
  const isFile = /^unknown command/.test(problem) && /[./]|^-$/.test(first)
  return isFile ? `did you mean podwright run ${first}?` : undefined
}

const helpOf = (args: readonly string[]): string => {
  const command = COMMANDS.find(({ name }) => args.includes(name))
  return command === undefined ? 'podwright --help' : `podwright ${command.name} --help`
}
