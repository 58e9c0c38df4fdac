import { expect, test } from 'vitest'
import { imageLocality } from '../../../src/cluster/scheduler/plugins/image-locality.js'
import { createNode } from '../../../src/scenario/index.js'
import { SmallCluster } from './small-cluster.js'

const MEGABYTE = 1024 * 1024

const nodeWith = (name: string, images: Readonly<Record<string, number>>) => {
  const node = createNode({ name })
  const list = Object.entries(images).map(([image, size]) => ({ names: [image], sizeBytes: size * MEGABYTE }))
  return { ...node, status: { ...node.status, images: list } }
}

const scores = (images: readonly string[], ...nodes: Parameters<typeof nodeWith>[]) => {
  const cluster = new SmallCluster(
    nodes.map(words => nodeWith(...words)),
    [],
    [imageLocality],
  )
  const containers = images.map((image, i) => ({ name: `c${i}`, image }))
  return cluster.scores({ spec: { containers } })
}

test('larger images that are there count, as far as nodes have them (S-6)', () => {
  expect(scores(['a:1'], ['n1', { 'a:1': 500 }], ['n2', { 'b:1': 500 }])).toEqual({ n1: 23, n2: 0 })
})

test('an image without a tag is the latest', () => {
  expect(scores(['host:5000/a'], ['n1', { 'host:5000/a:latest': 2000 }], ['n2', {}])).toEqual({ n1: 100, n2: 0 })
})

test('an image of 23 MB is not worth going for', () => {
  expect(scores(['a:1'], ['n1', { 'a:1': 23 }])).toEqual({ n1: 0 })
})

test('all containers count together', () => {
  const both = { 'a:1': 600, 'b:1': 600 }
  expect(scores(['a:1', 'b:1'], ['n1', both], ['n2', { 'a:1': 600 }])).toEqual({ n1: 44, n2: 29 })
})
