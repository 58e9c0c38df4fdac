import { describe, expect, test } from 'vitest'
import { applyPatch, type Json, serverSideApply, threeWayMerge } from '../../../src/cluster/api-server/index.js'

describe('a JSON patch (RFC 6902)', () => {
  const cases: readonly (readonly [string, unknown, readonly object[], unknown])[] = [
    ['adds a field', { a: 1 }, [{ op: 'add', path: '/b', value: 2 }], { a: 1, b: 2 }],
    [
      'adds into a list, at a place and at the end',
      { l: [1, 3] },
      [
        { op: 'add', path: '/l/1', value: 2 },
        { op: 'add', path: '/l/-', value: 4 },
      ],
      { l: [1, 2, 3, 4] },
    ],
    [
      'removes a field and an element',
      { a: 1, l: [1, 2] },
      [
        { op: 'remove', path: '/a' },
        { op: 'remove', path: '/l/0' },
      ],
      { l: [2] },
    ],
    ['replaces', { a: { b: 1 } }, [{ op: 'replace', path: '/a/b', value: [2] }], { a: { b: [2] } }],
    ['moves', { a: { b: 1 }, c: {} }, [{ op: 'move', from: '/a/b', path: '/c/d' }], { a: {}, c: { d: 1 } }],
    ['copies', { a: { b: 1 } }, [{ op: 'copy', from: '/a', path: '/c' }], { a: { b: 1 }, c: { b: 1 } }],
    [
      'goes on where a test holds',
      { a: { b: [1, { c: 2 }] } },
      [
        { op: 'test', path: '/a', value: { b: [1, { c: 2 }] } },
        { op: 'remove', path: '/a' },
      ],
      {},
    ],
    [
      'changes nothing where a test does not hold',
      { a: 1 },
      [
        { op: 'replace', path: '/a', value: 2 },
        { op: 'test', path: '/a', value: 1 },
      ],
      undefined,
    ],
    ['changes nothing where something to remove is missing', { a: 1 }, [{ op: 'remove', path: '/b' }], undefined],
    [
      'reads escaped names',
      { 'a/b': 1, 'm~n': 2 },
      [
        { op: 'replace', path: '/a~1b', value: 3 },
        { op: 'remove', path: '/m~0n' },
      ],
      { 'a/b': 3 },
    ],
    ['knows no other operation', { a: 1 }, [{ op: 'merge', path: '/a', value: 2 }], undefined],
  ]
  test.each(cases)('%s', (_, document, patch, expected) => {
    expect(applyPatch(document, patch, 'json')).toEqual(expected)
  })
})

describe('a merge patch (RFC 7386)', () => {
  const cases: readonly (readonly [string, unknown, unknown, unknown])[] = [
    ['replaces a value', { a: 'b' }, { a: 'c' }, { a: 'c' }],
    ['adds a value', { a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    ['removes with null', { a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    ['replaces lists as a whole', { a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    ['merges objects, and removes inside', { a: { b: 'c', d: 'e' } }, { a: { b: 'x', d: null } }, { a: { b: 'x' } }],
    ['puts an object in the place of a list', { a: [1] }, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
    ['is the result where it is no object', { a: 'b' }, ['c'], ['c']],
    ['leaves no nulls of its own', {}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ]
  test.each(cases)('%s', (_, document, patch, expected) => {
    expect(applyPatch(document, patch, 'merge')).toEqual(expected)
  })
})

describe('a strategic merge patch', () => {
  const pod = (spec: object) => ({ spec })
  const cases: readonly (readonly [string, unknown, unknown, unknown])[] = [
    [
      'merges containers by name, new ones first',
      pod({ containers: [{ name: 'a', image: '1', env: [{ name: 'X', value: '1' }] }] }),
      pod({
        containers: [
          { name: 'b', image: '2' },
          { name: 'a', env: [{ name: 'Y', value: '2' }] },
        ],
      }),
      pod({
        containers: [
          { name: 'b', image: '2' },
          {
            name: 'a',
            image: '1',
            env: [
              { name: 'Y', value: '2' },
              { name: 'X', value: '1' },
            ],
          },
        ],
      }),
    ],
    [
      'deletes an element',
      pod({ containers: [{ name: 'a' }, { name: 'b' }] }),
      pod({ containers: [{ $patch: 'delete', name: 'a' }] }),
      pod({ containers: [{ name: 'b' }] }),
    ],
    [
      'replaces a list',
      pod({ containers: [{ name: 'a' }, { name: 'b' }] }),
      pod({ containers: [{ name: 'c' }, { $patch: 'replace' }] }),
      pod({ containers: [{ name: 'c' }] }),
    ],
    [
      'replaces and empties an object',
      pod({ strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } }, affinity: { podAffinity: {} } }),
      pod({ strategy: { $patch: 'replace', type: 'Recreate' }, affinity: { $patch: 'delete' } }),
      pod({ strategy: { type: 'Recreate' }, affinity: {} }),
    ],
    [
      'keeps some fields only',
      pod({ strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } }),
      pod({ strategy: { $retainKeys: ['type'], type: 'Recreate' } }),
      pod({ strategy: { type: 'Recreate' } }),
    ],
    [
      'orders elements; what only the server has stays before what it stood before',
      pod({ containers: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }),
      {
        spec: {
          '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }],
          containers: [{ name: 'c', image: '3' }],
        },
      },
      pod({ containers: [{ name: 'b' }, { name: 'c', image: '3' }, { name: 'a' }] }),
    ],
    [
      'unites plain values and takes some away',
      { metadata: { finalizers: ['a', 'b'] } },
      { metadata: { finalizers: ['c'], '$deleteFromPrimitiveList/finalizers': ['a'] } },
      { metadata: { finalizers: ['c', 'b'] } },
    ],
    [
      'knows the ports of a container from those of a Service',
      pod({
        containers: [{ name: 'a', ports: [{ containerPort: 80, name: 'http' }] }],
        ports: [{ port: 80, targetPort: 1 }],
      }),
      pod({
        containers: [{ name: 'a', ports: [{ containerPort: 80, hostPort: 8080 }] }],
        ports: [{ port: 80, targetPort: 2 }],
      }),
      pod({
        containers: [{ name: 'a', ports: [{ containerPort: 80, name: 'http', hostPort: 8080 }] }],
        ports: [{ port: 80, targetPort: 2 }],
      }),
    ],
    [
      'replaces lists without a key',
      pod({ tolerations: [{ key: 'a' }] }),
      pod({ tolerations: [{ key: 'b' }] }),
      pod({ tolerations: [{ key: 'b' }] }),
    ],
    ['knows no other directive', pod({ a: 1 }), { spec: { $patch: 'erase' } }, undefined],
  ]
  test.each(cases)('%s', (_, document, patch, expected) => {
    expect(applyPatch(document, patch, 'strategic')).toEqual(expected)
  })
})

describe('a three-way merge', () => {
  test('deletes what was applied and is applied no more, by element too', () => {
    const original: Json = { spec: { replicas: 2, containers: [{ name: 'a', image: '1' }, { name: 'b' }] } }
    const modified: Json = { spec: { containers: [{ name: 'a', image: '2' }] } }
    const current: Json = {
      spec: { replicas: 5, containers: [{ name: 'a', image: '1', tty: true }, { name: 'b' }, { name: 'injected' }] },
    }
    expect(threeWayMerge(original, modified, current)).toEqual({
      spec: { containers: [{ name: 'a', image: '2', tty: true }, { name: 'injected' }] },
    })
  })

  test('without a last application deletes nothing', () => {
    expect(threeWayMerge(undefined, { a: 1 }, { a: 2, b: 3 })).toEqual({ a: 1, b: 3 })
  })
})

describe('an apply on the server', () => {
  const manager = (name: string) => ({ manager: name, operation: 'Apply' as const, apiVersion: 'v1' })
  const apply = (
    live: Json,
    configuration: Json,
    managers: Parameters<typeof serverSideApply>[2],
    name: string,
    force = false,
  ) => serverSideApply(live, configuration, managers, { manager: manager(name), force })

  test('shares fields whose value is the same, and keeps what another manager also says', () => {
    const first = apply({}, { data: { a: '1', b: '2' } }, [], 'one')
    const second = apply(first.object ?? {}, { data: { a: '1' } }, first.managers ?? [], 'two')
    const third = apply(second.object ?? {}, { data: {} }, second.managers ?? [], 'one')
    expect(third.object).toEqual({ data: { a: '1' } })
    expect(third.managers?.map(each => [each.manager, ...each.fields])).toEqual([
      ['two', '.data.a'],
      ['one', '.data'],
    ])
  })

  test('takes lists with keys element by element, and others as one value', () => {
    const first = apply({}, { spec: { containers: [{ name: 'a', args: ['x'] }] } }, [], 'one')
    const second = apply(first.object ?? {}, { spec: { containers: [{ name: 'b' }] } }, first.managers ?? [], 'two')
    expect(second.object).toEqual({ spec: { containers: [{ name: 'a', args: ['x'] }, { name: 'b' }] } })
    const third = apply(
      second.object ?? {},
      { spec: { containers: [{ name: 'a', args: ['y'] }] } },
      second.managers ?? [],
      'two',
    )
    expect(third.conflicts?.map(({ owner, path }) => `${owner.manager} ${path}`)).toEqual([
      'one .spec.containers[name="a"].args',
    ])
  })

  test('that is forced is the only owner', () => {
    const first = apply({}, { data: { a: '1' } }, [], 'one')
    const second = apply(first.object ?? {}, { data: { a: '2' } }, first.managers ?? [], 'two', true)
    expect(second.object).toEqual({ data: { a: '2' } })
    expect(second.managers?.map(each => each.manager)).toEqual(['two'])
  })
})
