import ts from 'typescript'

/** A piece of the documentation that the test run executes. */
export interface Example {
  /** Where the block's first line of code stands. */
  readonly file: string
  readonly line: number
  readonly language: string
  /** What follows the language on the fence's line: `no-run`, `file=web.yaml`. */
  readonly info: string
  readonly code: string
}

/** A command of a console block. */
export interface Command {
  readonly file: string
  readonly line: number
  readonly command: string
  readonly exitCode: number
  /** Lines that it prints, in this order, with others between them where there was an ellipsis. */
  readonly output?: readonly string[]
}

/** Finds the fenced blocks of a Markdown text; a block inside a list or a quotation loses its margin. */
export function fencedBlocks(file: string, text: string, firstLine = 1): Example[] {
  const blocks: Example[] = []
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at++) {
    const fence = /^([ >]*)(`{3,})(\w*)[ \t]*(.*)$/.exec(lines[at])
    if (fence === null) continue
    const [, margin, ticks, language, info] = fence
    const start = at + 1
    do at++
    while (at < lines.length && lines[at].trim() !== `${margin}${ticks}`.trim())
    const code = lines.slice(start, at).map(line => (line.startsWith(margin) ? line.slice(margin.length) : line.trim()))
    blocks.push({ file, line: firstLine + start, language, info: info.trim(), code: `${code.join('\n')}\n` })
  }
  return blocks
}

/** Finds the `@example` blocks of everything that the entry point exports, members included. */
export function tsdocExamples(entryPoint: string, options: ts.CompilerOptions): Example[] {
  const program = ts.createProgram([entryPoint], options)
  const checker = program.getTypeChecker()
  const entry = program.getSourceFile(entryPoint)
  const door = entry && checker.getSymbolAtLocation(entry)
  if (door === undefined) throw new Error(`${entryPoint}: not a module`)
  const examples = new Map<string, Example>()
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.tagName.text !== 'example') continue
      for (const example of examplesOf(tag)) examples.set(`${example.file}:${example.line}`, example)
    }
    ts.forEachChild(node, visit)
  }
  for (const name of checker.getExportsOfModule(door)) {
    const symbol = name.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(name) : name
    // A constant's comment belongs to its statement, so the walk begins there.
    for (const declaration of symbol.declarations ?? [])
      visit(ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration)
  }
  return [...examples.values()]
}

function examplesOf(tag: ts.JSDocTag): Example[] {
  const source = tag.getSourceFile()
  const { line } = source.getLineAndCharacterOfPosition(tag.getStart())
  const text = source.text.slice(tag.getStart(), tag.getEnd()).replace(/^[ \t]*\* ?/gm, '')
  const blocks = fencedBlocks(source.fileName, text, line + 1)
  if (blocks.length === 0) throw new Error(`${source.fileName}:${line + 1}: an @example holds a \`\`\`ts block`)
  return blocks
}

/**
 * Finds the commands of all console blocks. A block ```text output after one of them is what its last command prints; `…` stands for lines
 * that are left out.
 */
export function commandsOf(blocks: readonly Example[]): Command[] {
  return blocks.flatMap((block, index) => {
    if (!/^(console|sh|shell|bash)$/.test(block.language)) return []
    const commands = podwrightCommands(block)
    const next = blocks[index + 1]
    const last = commands.at(-1)
    if (last === undefined || next?.file !== block.file || next.language !== 'text' || next.info !== 'output')
      return commands
    const output = next.code.split('\n').filter(line => line.trim() !== '' && line.trim() !== '…')
    return [...commands.slice(0, -1), { ...last, output }]
  })
}

/** Finds the commands of a console block: lines `$ podwright …`, continued by a backslash, ending in `# exit 2` if they fail. */
export function podwrightCommands(block: Example): Command[] {
  const commands: Command[] = []
  const lines = block.code.split('\n')
  for (let at = 0; at < lines.length; at++) {
    if (!/^\$ (npx )?podwright( |$)/.test(lines[at])) continue
    const line = block.line + at
    let command = lines[at].replace(/^\$ (npx )?/, '')
    while (command.endsWith('\\')) command = `${command.slice(0, -1)}${lines[++at]?.trim() ?? ''}`
    const expected = /\s# exit (\d+)\s*$/.exec(command)
    commands.push({ file: block.file, line, command, exitCode: Number(expected?.[1] ?? 0) })
  }
  return commands
}
