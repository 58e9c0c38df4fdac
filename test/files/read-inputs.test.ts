import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readInputs, readScenarioManifests, readText } from '../../src/files/index.js'

const root = mkdtempSync(join(tmpdir(), 'podwright-files-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

function put(path: string, content: string | Uint8Array = ''): string {
  const file = join(root, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, content)
  return file
}

/** The message of the error that `act` throws, without the folder of this test. */
function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return (error as Error).message.replaceAll(root, 'ROOT')
  }
  throw new Error('expected an error, got none')
}

describe('directories', () => {
  put('tree/b.yml', 'b')
  put('tree/B.yaml', 'B')
  put('tree/a.json', 'a')
  put('tree/notes.txt', 'no')
  put('tree/é.yaml', 'e')
  put('tree/deep/c.yaml', 'c')
  mkdirSync(join(root, 'tree/folder.yaml'))
  symlinkSync(join(root, 'tree'), join(root, 'tree/deep/loop'))
  symlinkSync(join(root, 'tree/b.yml'), join(root, 'tree/link.yaml'))

  test('give their manifests in the order of the bytes of their names', () => {
    const inputs = readInputs([join(root, 'tree')])
    expect(inputs.map(({ label, text }) => [label, text])).toEqual([
      ['B.yaml', 'B'],
      ['a.json', 'a'],
      ['b.yml', 'b'],
      ['link.yaml', 'b'],
      ['é.yaml', 'e'],
    ])
    expect(inputs[0].name).toBe(join(root, 'tree/B.yaml'))
  })

  test('give what stands in directories within only when asked, and never follow a loop', () => {
    const labels = readInputs([join(root, 'tree')], { isRecursive: true }).map(({ label }) => label)
    expect(labels).toEqual(['B.yaml', 'a.json', 'b.yml', 'deep/c.yaml', 'link.yaml', 'é.yaml'])
  })

  test('without manifests are refused', () => {
    put('empty/deep/a.yaml')
    expect(refusal(() => readInputs([join(root, 'empty')]))).toBe(
      'ROOT/empty: expected a directory with .json, .yaml or .yml files, got one without\n  hint: add -R to read the directories within',
    )
  })
})

describe('files', () => {
  test('are read whatever their names end in, in the order given', () => {
    const [second, first] = [put('two.txt', '2'), put('one', '1')]
    expect(readInputs([second, first]).map(({ text, label }) => [text, label])).toEqual([
      ['2', 'two.txt'],
      ['1', 'one'],
    ])
  })

  test('lose their byte-order mark, and may be UTF-16 with one', () => {
    const marked = put('marked.yaml', '\ufeffa: 1')
    const wide = put('wide.yaml', Buffer.from('\ufeffa: ü', 'utf16le'))
    expect(readInputs([marked, wide]).map(({ text }) => text)).toEqual(['a: 1', 'a: ü'])
  })

  test('that are not text are refused at the line and column of the first wrong byte', () => {
    const file = put('binary.yaml', Buffer.concat([Buffer.from('a: 1\nbü: '), Buffer.from([0xc3, 0x28])]))
    expect(refusal(() => readInputs([file]))).toBe(
      'ROOT/binary.yaml:2:5: expected text in UTF-8, got bytes that are not',
    )
  })

  test('that are larger than the limit are refused before they are read', () => {
    const file = put('large.yaml')
    truncateSync(file, 100 * 1024 * 1024)
    expect(refusal(() => readInputs([file]))).toBe('ROOT/large.yaml: expected at most 32 MiB, got more')
  })

  test('that never end meet the limit', () => {
    expect(refusal(() => readInputs(['/dev/zero']))).toBe('/dev/zero: expected at most 32 MiB, got more')
  })

  test.each([
    ['that do not exist', 'nowhere.yaml', 'ROOT/nowhere.yaml: no such file or directory'],
    ['below a file', 'one/x.yaml', 'ROOT/one/x.yaml: a part of the path is no directory'],
    ['with a zero byte in their path', 'a\0b', 'ROOT/a\0b: expected a path, got a text with a zero byte'],
  ])('%s are refused', (_, path, message) => {
    put('one')
    expect(refusal(() => readInputs([`${root}/${path}`]))).toBe(message)
  })

  test('are not fetched from the web', () => {
    expect(refusal(() => readInputs(['https://example.org/web.yaml']))).toBe(
      'https://example.org/web.yaml: no such file or directory\n  hint: podwright fetches nothing: pipe it in, curl … | podwright run -',
    )
  })

  test('cannot be standard input twice', () => {
    expect(refusal(() => readInputs(['-', '-']))).toBe('expected standard input (-) once, got it twice')
  })
})

describe('traces and recipes', () => {
  test('are read as one text', () => {
    expect(readText(put('trace.jsonl', '{}\n'))).toBe('{}\n')
    expect(refusal(() => readText(root))).toBe('ROOT: expected a file, got a directory')
  })
})

describe('the manifests of a Scenario', () => {
  const scenario = put('scenarios/s.yaml')
  put('scenarios/web.yaml', 'w')
  put('scenarios/more/db.yaml', 'd')
  put('outside.yaml', 'o')
  symlinkSync(join(root, 'outside.yaml'), join(root, 'scenarios/link.yaml'))
  const read = (...paths: string[]) =>
    readScenarioManifests(
      scenario,
      paths.map(path => ({ path, where: { file: 's.yaml', line: 4, column: 3 } })),
    )

  test('are read beside its file, whatever the working directory', () => {
    expect(read('web.yaml', './more').map(({ label, text }) => [label, text])).toEqual([
      ['web.yaml', 'w'],
      ['./more/db.yaml', 'd'],
    ])
  })

  test.each(['../outside.yaml', 'more/../../outside.yaml', 'link.yaml', '/etc/passwd', '-'])(
    'cannot leave its folder: %s',
    path => {
      expect(refusal(() => read(path))).toBe(
        `s.yaml:4:3: expected a file in the Scenario's folder, got ${JSON.stringify(path)}\n  hint: give it on the command line instead: podwright run scenario.yaml ../web.yaml`,
      )
    },
  )

  test('that do not exist are told at the line that names them', () => {
    expect(refusal(() => read('nowhere.yaml'))).toBe(
      's.yaml:4:3: ROOT/scenarios/nowhere.yaml: no such file or directory',
    )
  })
})
