import type { NodeInfo } from '../node-info.js'
import { type ClusterView, MAX_NODE_SCORE, type Plugin } from '../plugin.js'

const WEIGHT = 1
const MEGABYTE = 1024 * 1024
/** Less than this in all is worth nothing. */
const LEAST = 23 * MEGABYTE
/** So much per container is worth everything. */
const MOST_PER_CONTAINER = 1000 * MEGABYTE

/** Sizes by name of a node's images. */
const sizesOf = (node: NodeInfo): ReadonlyMap<string, number> =>
  new Map(
    (node.record.object.status.images ?? []).flatMap(({ names, sizeBytes = 0 }) =>
      names.map((name): [string, number] => [name, sizeBytes]),
    ),
  )

/** How many nodes have each of these images, and how large each is by the first node that has it. */
function countImages(
  view: ClusterView,
  images: readonly string[],
): ReadonlyMap<string, { size: number; nodes: number }> {
  const found = new Map<string, { size: number; nodes: number }>()
  for (const node of view.nodes) {
    if ((node.record.object.status.images ?? []).length === 0) continue
    for (const [name, size] of sizesOf(node)) {
      if (!images.includes(name)) continue
      const known = found.get(name)
      if (known === undefined) found.set(name, { size, nodes: 1 })
      else known.nodes++
    }
  }
  return found
}

/**
 * Prefers nodes that have the pod's images; an image that many nodes have counts for more, so that nodes do not heat up.
 *
 * scheduler: framework/plugins/imagelocality/image_locality.go, v1.32 (S-6).
 */
export const imageLocality: Plugin = {
  name: 'ImageLocality',
  preScore: ({ images }, view) => {
    if (view.nodesWithImages === 0) return null
    const known = countImages(view, images)
    if (known.size === 0) return null
    const most = MOST_PER_CONTAINER * images.length
    return {
      weight: WEIGHT,
      score: (_, node) => {
        const present = sizesOf(node)
        let sum = 0
        for (const image of images) {
          const state = present.has(image) ? known.get(image) : undefined
          if (state !== undefined) sum += Math.trunc(state.size * (state.nodes / view.nodes.length))
        }
        const clamped = Math.min(Math.max(sum, LEAST), most)
        return Math.trunc((MAX_NODE_SCORE * (clamped - LEAST)) / (most - LEAST))
      },
    }
  },
}
