import { describe, expect, test } from 'vitest'
import {
  formatLabelSelector,
  type LabelSelector,
  matchesLabelSelector,
  matchesNodeSelector,
  matchesNodeSelectorTerm,
  type NodeSelectorRequirement,
} from '../../src/model/index.js'

const LABELS = { app: 'web', tier: 'front' }

describe('matchesLabelSelector', () => {
  test('an absent selector selects nothing, an empty one everything', () => {
    expect(matchesLabelSelector(undefined, LABELS)).toBe(false)
    expect(matchesLabelSelector({}, LABELS)).toBe(true)
    expect(matchesLabelSelector({}, undefined)).toBe(true)
  })

  test.each<[LabelSelector, boolean]>([
    [{ matchLabels: { app: 'web' } }, true],
    [{ matchLabels: { app: 'web', tier: 'back' } }, false],
    [{ matchLabels: { toString: 'web' } }, false],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['api', 'web'] }] }, true],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['api'] }] }, true],
    [{ matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, true],
    [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] }, false],
    [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, false],
    [{ matchExpressions: [{ key: 'zone', operator: 'DoesNotExist' }] }, true],
    [{ matchLabels: { app: 'web' }, matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, false],
  ])('%j: %s', (selector, expected) => {
    expect(matchesLabelSelector(selector, LABELS)).toBe(expected)
  })
})

describe('formatLabelSelector', () => {
  test('prints what kubectl prints', () => {
    expect(formatLabelSelector(undefined)).toBe('<none>')
    expect(formatLabelSelector({})).toBe('<none>')
    const matchExpressions = [
      { key: 'tier', operator: 'In', values: ['b', 'a'] },
      { key: 'old', operator: 'DoesNotExist' },
      { key: 'zone', operator: 'Exists' },
      { key: 'env', operator: 'NotIn', values: ['dev'] },
    ] as const
    expect(formatLabelSelector({ matchLabels: { app: 'web' }, matchExpressions })).toBe(
      'app=web,env notin (dev),!old,tier in (a,b),zone',
    )
  })
})

describe('node selectors', () => {
  const node = { metadata: { name: 'node-1', labels: { cores: '8', zone: 'a', version: '1.2' } } }
  const holds = (requirement: NodeSelectorRequirement): boolean =>
    matchesNodeSelectorTerm({ matchExpressions: [requirement] }, node)

  test('an empty term matches nothing (NA-2)', () => {
    expect(matchesNodeSelectorTerm({}, node)).toBe(false)
    expect(matchesNodeSelector({ nodeSelectorTerms: [] }, node)).toBe(false)
  })

  test('one term has to match, with all of its requirements (NA-1)', () => {
    const a = { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] } as const
    const b = { matchExpressions: [{ key: 'zone', operator: 'In', values: ['b'] }] } as const
    expect(matchesNodeSelector({ nodeSelectorTerms: [b, a] }, node)).toBe(true)
    expect(matchesNodeSelector({ nodeSelectorTerms: [b] }, node)).toBe(false)
    const both = { matchExpressions: [...a.matchExpressions, ...b.matchExpressions] }
    expect(matchesNodeSelectorTerm(both, node)).toBe(false)
  })

  test('Gt and Lt compare 64-bit integers (NA-3)', () => {
    expect(holds({ key: 'cores', operator: 'Gt', values: ['4'] })).toBe(true)
    expect(holds({ key: 'cores', operator: 'Gt', values: ['8'] })).toBe(false)
    expect(holds({ key: 'cores', operator: 'Lt', values: ['9'] })).toBe(true)
    expect(holds({ key: 'version', operator: 'Gt', values: ['1'] })).toBe(false)
    expect(holds({ key: 'cores', operator: 'Lt', values: ['9223372036854775808'] })).toBe(false)
    expect(holds({ key: 'memory', operator: 'Gt', values: ['1'] })).toBe(false)
  })

  test('the only field of a node is its name', () => {
    const field = (key: string, operator: 'In' | 'NotIn', value: string): boolean =>
      matchesNodeSelectorTerm({ matchFields: [{ key, operator, values: [value] }] }, node)
    expect(field('metadata.name', 'In', 'node-1')).toBe(true)
    expect(field('metadata.name', 'In', 'node-2')).toBe(false)
    expect(field('metadata.name', 'NotIn', 'node-2')).toBe(true)
    expect(field('spec.unschedulable', 'In', 'false')).toBe(false)
  })
})
