import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { commandsOf, fencedBlocks, podwrightCommands, tsdocExamples } from './extract.js'

test('a fenced block is found with its line, language and info', () => {
  const text = [
    '# Title',
    '',
    '```ts no-run',
    'const a = 1',
    '```',
    '- item',
    '  ```yaml file=web.yaml',
    '  kind: Pod',
    '  ```',
  ].join('\n')
  expect(fencedBlocks('README.md', text)).toEqual([
    { file: 'README.md', line: 4, language: 'ts', info: 'no-run', code: 'const a = 1\n' },
    { file: 'README.md', line: 8, language: 'yaml', info: 'file=web.yaml', code: 'kind: Pod\n' },
  ])
})

test('commands of a console block are found with their exit codes; output and other programs are not', () => {
  const code = [
    '$ podwright run web.yaml \\',
    '    --seed 3',
    'web Running',
    '$ npm test',
    '$ npx podwright run bad.yaml # exit 2',
  ].join('\n')
  const block = { file: 'README.md', line: 10, language: 'console', info: '', code }
  expect(podwrightCommands(block)).toEqual([
    { file: 'README.md', line: 10, command: 'podwright run web.yaml --seed 3', exitCode: 0 },
    { file: 'README.md', line: 14, command: 'podwright run bad.yaml # exit 2', exitCode: 2 },
  ])
})

test('the output after a console block is that of its last command, without the lines that are left out', () => {
  const block = (language: string, info: string, code: string) => ({ file: 'a.md', line: 1, language, info, code })
  const console = block('console', '', '$ podwright run a.yaml\n$ podwright run b.yaml\n')
  const command = { file: 'a.md', line: 1, command: 'podwright run a.yaml', exitCode: 0 }
  const second = { ...command, line: 2, command: 'podwright run b.yaml' }
  expect(
    commandsOf([console, block('text', 'output', 'one\n  …\n\n  two\n'), block('text', 'output', 'three\n')]),
  ).toEqual([command, { ...second, output: ['one', '  two'] }])
  expect(commandsOf([console, block('text', '', 'one\n')])).toEqual([command, second])
})

test('@example blocks are found on what the entry point exports and on its members, and nowhere else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'podwright-tsdoc-'))
  const example = (name: string, indent = '') =>
    `${indent}/**\n${indent} * Says.\n${indent} *\n${indent} * @example\n${indent} * \`\`\`ts\n${indent} * ${name}()\n${indent} * \`\`\`\n${indent} */\n`
  writeFileSync(join(folder, 'index.ts'), "export { one, three, Two } from './room.js'\n")
  writeFileSync(
    join(folder, 'room.ts'),
    `${example('one')}export const one = 1\n${example('hidden')}export const hidden = 1\nexport class Two {\n${example('two', '  ')}  two() {}\n}\n${example('three')}export function three() {}\n`,
  )
  const found = tsdocExamples(join(folder, 'index.ts'), { module: ts.ModuleKind.NodeNext })
  rmSync(folder, { recursive: true })
  expect(found.map(({ line, code }) => `${line} ${code}`).sort()).toEqual(['25 two()\n', '35 three()\n', '6 one()\n'])
})
