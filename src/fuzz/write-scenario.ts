import { profileOf } from '../model/index.js'
import {
  EMPTY_DOCUMENT,
  type NodeWords,
  type ScenarioDocument,
  type StatedRule,
  type StatedStep,
} from '../scenario/index.js'
import type { PodSketch } from './pod-sketch.js'
import { referredObjects } from './referred-objects.js'
import type { ScenarioSketch } from './scenario-sketch.js'
import { writeTraffic } from './traffic-sketch.js'
import { writePod } from './write-pod.js'
import { writeStep } from './write-step.js'

/** One name is shared by tag, one is `latest` and so always pulled, and with image faults one is no name at all. */
const IMAGE_NAMES = ['app:1', 'app:2', 'tools', 'proxy:3'] as const
const INVALID_IMAGE = 'Proxy:3'

/** Writes the scenario that a sketch and its features come to: valid, and as plain as its features allow. */
export function writeScenario(sketch: ScenarioSketch): ScenarioDocument {
  const { features, kubernetes, horizon } = sketch
  const nodes = nodesOf(sketch)
  const nodeNames = nodes.map(({ name }) => name)
  const imageNames =
    features.imageFaults && sketch.hasInvalidImage ? [...IMAGE_NAMES.slice(0, 3), INVALID_IMAGE] : IMAGE_NAMES
  const { containerRestartRules: hasOwnRestarts } = profileOf(kubernetes)
  const pods = sketch.pods.map((each, index) =>
    writePod(each, index, { features, imageNames, nodeNames, hasOwnRestarts }),
  )
  const isLater = ({ createdAt }: PodSketch): boolean => features.laterPods && createdAt > 0
  const applied = pods.flatMap(({ manifest }, index): StatedStep[] => {
    const it = sketch.pods[index]
    return isLater(it) ? [{ at: it.createdAt, action: 'apply', object: manifest }] : []
  })
  const written = sketch.steps.flatMap(each => writeStep(each, pods, nodeNames, features))
  return {
    ...EMPTY_DOCUMENT,
    kubernetes,
    nodes,
    horizon,
    objects: [
      ...referredObjects(sketch.features),
      ...pods.flatMap(({ manifest }, at) => (isLater(sketch.pods[at]) ? [] : [manifest])),
    ],
    behaviours: [...imageRule(sketch, pods, imageNames), ...serveRule(sketch), ...pods.flatMap(({ rules }) => rules)],
    steps: [...applied, ...written, ...lateSettings(sketch)],
    ...trafficOf(sketch),
  }
}

function nodesOf({ features, isSmall, hasSecondNode }: ScenarioSketch): NodeWords[] {
  const small = isSmall && features.placement ? { cpu: '1', memory: '1Gi', pods: 2 } : {}
  const first: NodeWords = { name: 'node-a', labels: { disk: 'ssd' }, ...small }
  return hasSecondNode ? [first, { name: 'node-b' }] : [first]
}

/** Settings that come while pods already wait for them. */
function lateSettings({ features, pods }: ScenarioSketch): StatedStep[] {
  if (!features.references || !pods.some(({ volume }) => volume === 'late')) return []
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'late' }, data: { level: 'debug' } }
  return [{ at: 45_000, action: 'apply', object }]
}

const trafficOf = ({ features, traffic }: ScenarioSketch): Pick<ScenarioDocument, 'traffic'> =>
  features.services && traffic !== undefined ? { traffic: [writeTraffic(traffic)] } : {}

/** What every container does with requests. */
const serveRule = ({ features, traffic }: ScenarioSketch): StatedRule[] =>
  features.services && traffic?.serves !== undefined ? [{ target: {}, behaviour: { serves: traffic.serves } }] : []

/** What is said of the images that some container of the scenario has. */
function imageRule(
  { features, images }: ScenarioSketch,
  pods: readonly { readonly manifest: object }[],
  names: readonly string[],
): StatedRule[] {
  if (!features.imageFaults) return []
  const text = JSON.stringify(pods.map(({ manifest }) => manifest))
  const stated = names.flatMap((name, at) => {
    const isUsed = text.includes(JSON.stringify(name)) && Object.keys(images[at]).length > 0
    return isUsed ? [[name, images[at]] as const] : []
  })
  return stated.length === 0 ? [] : [{ target: {}, behaviour: { images: Object.fromEntries(stated) } }]
}
