import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import config from '../../.dependency-cruiser.mjs'

/** file → what it imports; every file that is imported exists. */
const IMPORTS: Readonly<Record<string, string>> = {
  // what the table forbids
  'src/errors/a.ts': '../hash/index.js',
  'src/time/a.ts': '../model/index.js',
  'src/model/a.ts': '../hash/index.js',
  'src/api/a.ts': '../manifest/index.js',
  'src/kernel/a.ts': '../model/index.js',
  'src/trace/a.ts': '../kernel/index.js',
  'src/manifest/a.ts': '../scenario/index.js',
  'src/kubectl/a.ts': '../cluster/index.js',
  'src/expect/a.ts': '../kubectl/index.js',
  'src/scenario/a.ts': '../trace/index.js',
  'src/cluster/a.ts': '../expect/index.js',
  'src/report/a.ts': '../cluster/index.js',
  'src/files/a.ts': '../cluster/index.js',
  'src/spec/a.ts': '../fuzz/index.js',
  'src/conformance/a.ts': '../check/index.js',
  'src/viewer/a.ts': '../report/index.js',
  'src/vitest/a.ts': '../conformance/index.js',
  'src/cli/a.ts': '../kernel/index.js',
  'src/fuzz/a.ts': '../cli/index.js',
  'src/index.ts': './kernel/index.js',
  'src/cluster/kubelet/a.ts': '../runtime/index.js',
  'src/cluster/scheduler/a.ts': '../cluster.js',
  'src/cluster/client/a.ts': '../predicates/index.js',
  'src/cluster/contract/a.ts': '../client/index.js',
  // what it allows
  'src/time/b.ts': '../errors/index.js',
  'src/cluster/b.ts': '../kernel/index.js',
  'src/cluster/run.ts': './kubelet/index.js',
  'src/cluster/kubelet/b.ts': '../contract/index.js',
  'src/cluster/kubelet/c.ts': '../../trace/index.js',
  'src/conformance/b.ts': '../cluster/index.js',
  'src/vitest/b.ts': '../fuzz/index.js',
  'src/cli/b.ts': '../docgen/index.js',
  'specs/b.spec.ts': '../src/index.js',
  'test/b.test.ts': '../src/kernel/queue.js',
  // doors, cycles, packages, Node
  'src/trace/door.ts': '../model/quantity.js',
  'src/cluster/kubelet/door.ts': '../contract/cri.js',
  'specs/door.spec.ts': '../src/cluster/index.js',
  'specs/fuzz.spec.ts': '../src/fuzz/index.js',
  'specs/node.spec.ts': 'node:fs',
  'src/hash/circle-one.ts': './circle-two.js',
  'src/hash/circle-two.ts': './circle-one.js',
  'src/kernel/node.ts': 'node:events',
  'src/cli/node.ts': 'node:fs',
  'src/files/node.ts': 'node:fs',
  'src/attic/a.ts': '../errors/index.js',
  'src/model/product.ts': '../../test/b.test.js',
}

const TARGETS = [
  'src/cluster/cluster.ts',
  'src/kernel/queue.ts',
  'src/model/quantity.ts',
  'src/cluster/contract/cri.ts',
]

const root = mkdtempSync(join(tmpdir(), 'podwright-layers-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const violations = new Map<string, string[]>()

beforeAll(async () => {
  for (const [file, name] of Object.entries(IMPORTS)) {
    put(file, `import type * as what from '${name}'\nexport type What = typeof what\n`)
    if (name.endsWith('index.js')) put(join(dirname(file), name.replace(/\.js$/, '.ts')), '')
  }
  for (const file of TARGETS) put(file, '')
  const { tsConfig: _, ...options } = config.options
  const ruleSet = { forbidden: config.forbidden } as ICruiseOptions['ruleSet']
  const { output } = await cruise(['src', 'specs', 'test'], { ...options, ruleSet, validate: true, baseDir: root })
  for (const { from, rule } of (output as ICruiseResult).summary.violations)
    violations.set(from, [...(violations.get(from) ?? []), rule.name])
})

function put(file: string, code: string): void {
  if (code === '' && file in IMPORTS) return
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), code)
}

describe('the table of who may import whom', () => {
  test.each(Object.entries(IMPORTS).filter(([file]) => /^src\/\w+\/a\.ts$/.test(file)))(
    '%s must not import %s',
    file => {
      const [, room] = file.split('/')
      expect(violations.get(file)).toContain(room === 'attic' ? 'known-rooms' : `src/${room}`)
    },
  )

  test.each(Object.entries(IMPORTS).filter(([file]) => /\/[bc](\.\w+)?\.ts$|run\.ts$/.test(file)))(
    '%s may import %s',
    file => {
      expect(violations.get(file)).toBeUndefined()
    },
  )

  test('the public door imports no kernel, and nothing in src imports tests', () => {
    expect(violations.get('src/index.ts')).toContain('src/index.ts')
    expect(violations.get('src/model/product.ts')).toContain('not-upwards')
  })

  test('components of the cluster never import one another, nor what wires them', () => {
    expect(violations.get('src/cluster/kubelet/a.ts')).toEqual(['src/cluster/kubelet'])
    expect(violations.get('src/cluster/scheduler/a.ts')).toEqual(['src/cluster/scheduler'])
    expect(violations.get('src/cluster/client/a.ts')).toEqual(['src/cluster/client'])
    expect(violations.get('src/cluster/contract/a.ts')).toEqual(['src/cluster/contract'])
  })

  test('a room and a component are entered through index.ts, the product through its public door', () => {
    expect(violations.get('src/trace/door.ts')).toEqual(['room-door'])
    expect(violations.get('src/cluster/kubelet/door.ts')).toEqual(['component-door'])
    expect(violations.get('specs/door.spec.ts')).toEqual(['public-door'])
    expect(violations.get('specs/fuzz.spec.ts')).toEqual(['only-words'])
    expect(violations.get('specs/node.spec.ts')).toEqual(['only-words'])
  })

  test('a cycle is one even when only types go round', () => {
    expect(violations.get('src/hash/circle-one.ts')).toEqual(['no-cycles'])
  })

  test('the core uses no Node, and only files/ touches files', () => {
    expect(violations.get('src/kernel/node.ts')).toContain('closed-core')
    expect(violations.get('src/cli/node.ts')).toEqual(['files-only'])
    expect(violations.get('src/files/node.ts')).toBeUndefined()
  })
})
