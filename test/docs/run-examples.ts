import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import ts from 'typescript'
import type { Example } from './extract.js'

/** Why an example fails, beginning with `file:line: `; an example that passes has no entry. */
export type Failures = Map<Example, string>

/**
 * Type-checks the examples and runs those that are not marked `no-run`, each as a module of its own, those of one
 * document in one process that works in `cwd`. `folder` lies inside the package, where `podwright` is the built package.
 */
export function runExamples(examples: readonly Example[], folder: string, cwd: string): Failures {
  const modules = new Map(examples.map((example, index) => [example, join(folder, `example-${index}.ts`)]))
  mkdirSync(folder, { recursive: true })
  for (const [example, module] of modules) writeFileSync(module, example.code)
  const failures = compile(modules)
  const runnable = examples.filter(example => !failures.has(example) && !/\bno-run\b/.test(example.info))
  for (const document of new Set(runnable.map(({ file }) => file))) {
    const group = runnable.filter(({ file }) => file === document)
    const answers = execute(
      group.map(example => modules.get(example)!),
      folder,
      cwd,
    )
    for (const example of group) {
      const module = modules.get(example)!
      const answer = answers[module]
      if (answer !== null) failures.set(example, explain(example, module, answer))
    }
  }
  return failures
}

function compile(modules: ReadonlyMap<Example, string>): Failures {
  const program = ts.createProgram([...modules.values()], {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    inlineSourceMap: true,
  })
  program.emit()
  const failures: Failures = new Map()
  for (const [example, module] of modules) {
    const [first] = ts.getPreEmitDiagnostics(program, program.getSourceFile(module))
    if (first === undefined) continue
    const offset = first.file?.getLineAndCharacterOfPosition(first.start ?? 0).line ?? 0
    failures.set(
      example,
      `${example.file}:${example.line + offset}: ${ts.flattenDiagnosticMessageText(first.messageText, '\n')}`,
    )
  }
  return failures
}

/** module → null, or the stack of what it threw; a module without an answer ended the process, or hung. */
type Answers = Readonly<Record<string, string | null>>

function execute(modules: readonly string[], folder: string, cwd: string): Answers {
  const file = join(folder, 'answers.json')
  writeFileSync(file, '{}')
  const code = `
    import { writeFileSync } from 'node:fs'
    const answers = {}
    for (const module of ${JSON.stringify(modules)}) {
      try { await import('file://' + module.replace(/ts$/, 'js')); answers[module] = null }
      catch (error) { answers[module] = String(error?.stack ?? error) }
      writeFileSync(${JSON.stringify(file)}, JSON.stringify(answers))
    }`
  spawnSync(process.execPath, ['--enable-source-maps', '--input-type=module', '--eval', code], { cwd, timeout: 60_000 })
  return JSON.parse(readFileSync(file, 'utf8'))
}

function explain({ file, line }: Example, module: string, stack = 'it ended the process, or hung'): string {
  const at = new RegExp(`${basename(module, '.ts')}\\.ts:(\\d+)`).exec(stack)
  return `${file}:${line + Number(at?.[1] ?? 1) - 1}: ${stack}`
}
