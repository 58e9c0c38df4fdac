import { DEFAULT_KUBERNETES_VERSION, PROFILES } from '../model/index.js'
import { BEHAVIOUR_DEFINITIONS } from './behaviour-json-schema.js'
import { CLAUSE_DEFINITIONS, type JsonSchema, mapping, refTo, someOf, TEXT } from './clause-json-schema.js'
import { LAW_NAMES } from './law-names.js'
import { MOST_NODES } from './nodes.js'
import { REQUEST_VERBS } from './request-words.js'
import { STEP_ACTIONS } from './stated-step.js'
import { MOST_REPLICAS, MOST_REVISION } from './step-text.js'

const RELEASES = Object.keys(PROFILES)
const SCALAR: JsonSchema = { type: ['string', 'number', 'boolean'] }
const SCALARS: JsonSchema = { type: 'object', additionalProperties: SCALAR }
const QUANTITY: JsonSchema = {
  anyOf: [
    { type: 'number', minimum: 0 },
    { type: 'string', pattern: '^\\+?[0-9.]+([eE][-+]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?$' },
  ],
}

const DURATION: JsonSchema = {
  type: 'string',
  pattern: '^(0|([0-9]+(\\.[0-9]+)?(ms|s|m|h))+)$',
  maxLength: 40,
  examples: ['500ms', '5s', '1m30s'],
}

const TAINT = mapping({
  key: TEXT,
  'value?': SCALAR,
  effect: { enum: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] },
})

const NODE = mapping({
  name: TEXT,
  'cpu?': QUANTITY,
  'memory?': QUANTITY,
  'pods?': { type: 'integer', minimum: 0, maximum: 100_000 },
  'labels?': SCALARS,
  'taints?': { type: 'array', items: TAINT },
  'allocatable?': { type: 'object', additionalProperties: QUANTITY },
  'unschedulable?': { type: 'boolean' },
})

const SUBJECT: JsonSchema = { ...TEXT, description: 'A pod or workload, such as pod/web or deployment/web.' }
const SUBJECT_OR_NODE: JsonSchema = { ...TEXT, description: 'A pod, a workload or a node, such as pod/web or node/a.' }
const TAINT_WORD: JsonSchema = { ...TEXT, examples: ['dedicated=db:NoExecute', 'dedicated-'] }
const NODE_NAME: JsonSchema = { ...TEXT, description: 'The name of a node.' }
const MANIFEST: JsonSchema = { type: 'object' }

/** A line without quotes that holds a colon is a mapping to YAML. */
const LINE_OR = (data: string): JsonSchema => ({
  anyOf: [
    TEXT,
    refTo(data),
    {
      type: 'object',
      minProperties: 1,
      maxProperties: 1,
      propertyNames: { not: { const: 'kind' } },
      additionalProperties: { type: 'string' },
    },
  ],
})

const REQUEST: JsonSchema = {
  description: "A request to the API server in kubectl's words: one verb, and what belongs to it.",
  ...mapping({
    'create?': MANIFEST,
    'replace?': MANIFEST,
    'apply?': MANIFEST,
    'patch?': TEXT,
    'delete?': TEXT,
    'deleteAll?': TEXT,
    'scale?': TEXT,
    'evict?': TEXT,
    'with?': { type: ['object', 'array'] },
    'type?': { enum: ['strategic', 'merge', 'json', 'apply'] },
    'subresource?': { const: 'status' },
    'fieldManager?': TEXT,
    'force?': { type: 'boolean' },
    'replicas?': { type: 'integer', minimum: -1_000_000, maximum: 1_000_000 },
    'gracePeriodSeconds?': { type: 'integer', minimum: 0, maximum: 315_360_000 },
    'propagation?': { enum: ['Background', 'Foreground', 'Orphan'] },
    'selector?': { type: 'object' },
    'uid?': TEXT,
    'resourceVersion?': TEXT,
    'namespace?': TEXT,
    'as?': TEXT,
    'groups?': { type: 'array', items: TEXT },
  }),
  oneOf: REQUEST_VERBS.map(verb => ({ required: [verb] })),
}

/** `60s: scale deployment/web 5`, in quotation marks or as YAML reads it without them. */
const STEP_LINE: JsonSchema = {
  description: 'An instant and a command of kubectl: 60s: set image deployment/web app=app:2.',
  anyOf: [
    { type: 'string', pattern: '^[^:]+:' },
    {
      type: 'object',
      propertyNames: { pattern: '^[0-9]' },
      additionalProperties: { type: 'string' },
      minProperties: 1,
      maxProperties: 1,
    },
  ],
}

const STEP_FIELDS: JsonSchema = {
  description: 'A moment, one action, and what belongs to it.',
  ...mapping({
    'at?': refTo('duration'),
    'isLast?': { const: true, description: 'After all else of its instant.' },
    'when?': { description: 'What the step waits for, in words or as data.', ...LINE_OR('occurrence') },
    'after?': refTo('duration'),
    'delete?': SUBJECT_OR_NODE,
    'gracePeriod?': { anyOf: [refTo('duration'), { type: 'integer', minimum: 0, maximum: 315_360_000 }] },
    'evict?': SUBJECT,
    'patch?': SUBJECT_OR_NODE,
    'type?': { enum: ['strategic', 'merge', 'json'] },
    'with?': { type: ['object', 'array'] },
    'subresource?': { const: 'status' },
    'setImage?': SUBJECT,
    'container?': TEXT,
    'image?': TEXT,
    'scale?': SUBJECT,
    'replicas?': { type: 'integer', minimum: 0, maximum: MOST_REPLICAS },
    'rolloutRestart?': SUBJECT,
    'rolloutUndo?': SUBJECT,
    'toRevision?': { type: 'integer', minimum: 1, maximum: MOST_REVISION },
    'rolloutPause?': SUBJECT,
    'rolloutResume?': SUBJECT,
    'applyFile?': { ...TEXT, description: 'A file or folder of manifests.' },
    'apply?': MANIFEST,
    'request?': REQUEST,
    'restartKubelet?': NODE_NAME,
    'cordon?': NODE_NAME,
    'uncordon?': NODE_NAME,
    'killKubelet?': NODE_NAME,
    'startKubelet?': NODE_NAME,
    'cutNetwork?': NODE_NAME,
    'restoreNetwork?': NODE_NAME,
    'reboot?': NODE_NAME,
    'downFor?': refTo('duration'),
    'taint?': NODE_NAME,
    'taints?': { anyOf: [TAINT_WORD, { type: 'array', items: TAINT_WORD, minItems: 1 }] },
    'drain?': NODE_NAME,
    'ignoreDaemonSets?': { type: 'boolean' },
    'deleteEmptyDirData?': { type: 'boolean' },
    'timeout?': refTo('duration'),
    'force?': { type: 'boolean' },
    'exhaust?': NODE_NAME,
    'relieve?': NODE_NAME,
    'resource?': { enum: ['memory', 'nodefs', 'pid'] },
    'left?': {
      type: ['string', 'number'],
      description: 'A quantity, or a share such as 5%.',
      examples: ['50Mi', '5%'],
    },
    'shutDown?': NODE_NAME,
    'grace?': refTo('duration'),
    'criticalPods?': refTo('duration'),
    'byPodPriority?': {
      type: 'array',
      minItems: 1,
      items: mapping({
        priority: { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 },
        grace: refTo('duration'),
      }),
    },
    'label?': NODE_NAME,
    'labels?': { type: 'object', additionalProperties: { type: ['string', 'null'] } },
  }),
  allOf: [
    { oneOf: [{ required: ['at'] }, { required: ['when'] }] },
    { oneOf: STEP_ACTIONS.map(action => ({ required: [action] })) },
  ],
  dependencies: {
    isLast: ['at'],
    after: ['when'],
    gracePeriod: { anyOf: [{ required: ['delete'] }, { required: ['drain'] }] },
    ignoreDaemonSets: ['drain'],
    deleteEmptyDirData: ['drain'],
    force: ['drain'],
    timeout: ['drain'],
    patch: ['with'],
    type: ['patch'],
    with: ['patch'],
    subresource: ['patch'],
    setImage: ['container', 'image'],
    container: ['setImage'],
    image: ['setImage'],
    scale: ['replicas'],
    replicas: ['scale'],
    toRevision: ['rolloutUndo'],
    downFor: { anyOf: [{ required: ['reboot'] }, { required: ['shutDown'] }] },
    exhaust: ['resource'],
    relieve: ['resource'],
    resource: { anyOf: [{ required: ['exhaust'] }, { required: ['relieve'] }] },
    left: ['exhaust'],
    grace: ['shutDown'],
    criticalPods: ['shutDown'],
    byPodPriority: ['shutDown'],
    taint: ['taints'],
    taints: ['taint'],
    label: ['labels'],
    labels: ['label'],
  },
}

const STEP: JsonSchema = { anyOf: [STEP_LINE, STEP_FIELDS] }

/** In quotation marks or as the number that YAML takes it for; a patch release means its minor one. */
const RELEASE: JsonSchema = {
  anyOf: [
    { enum: RELEASES.flatMap(release => [release, Number(release)]) },
    { type: 'string', pattern: `^v?(${RELEASES.join('|').replaceAll('.', '\\.')})(\\.[0-9]+)?$` },
  ],
}

const COUNT: JsonSchema = { type: 'integer', minimum: 1 }

const TRAFFIC: JsonSchema = {
  description: 'One line, service/web 50/s, or fields.',
  anyOf: [
    TEXT,
    mapping({
      to: { ...TEXT, description: 'A Service, such as service/web.' },
      'port?': { type: ['string', 'integer'] },
      rate: { type: 'string', pattern: '^[0-9]+/', examples: ['50/s', '30/m'] },
      'from?': refTo('duration'),
      'until?': refTo('duration'),
      'client?': mapping({
        'node?': NODE_NAME,
        'keepAlive?': {
          anyOf: [{ const: true }, mapping({ 'connections?': COUNT, 'requestsPerConnection?': COUNT })],
        },
        'retries?': { type: 'integer', minimum: 0, maximum: 10 },
        'timeout?': refTo('duration'),
      }),
    }),
  ],
}

const AMOUNT: JsonSchema = { type: ['string', 'number'], examples: ['100m', '50Mi'] }

const METRIC: JsonSchema = {
  description: 'One line, deployment/web cpu 100m from 2m 400m, or fields.',
  anyOf: [
    TEXT,
    mapping({
      'of?': { ...TEXT, description: 'A workload or another object; without it the metric is external.' },
      name: { ...TEXT, examples: ['cpu', 'memory'] },
      'container?': TEXT,
      values: someOf(mapping({ 'from?': refTo('duration'), value: AMOUNT })),
      'shared?': { type: 'boolean', description: 'The pods that are ready share it; default each pod has it.' },
      'linear?': { type: 'boolean', description: 'Straight lines between the values; default steps.' },
    }),
  ],
}

const SPEC = mapping({
  'kubernetes?': { description: `Release of Kubernetes; default ${DEFAULT_KUBERNETES_VERSION}.`, ...RELEASE },
  'manifests?': { description: "Files, relative to this one's folder.", type: 'array', items: TEXT },
  'nodes?': {
    description: 'A number of roomy nodes, or a list of nodes; default 1.',
    anyOf: [
      { type: 'integer', minimum: 1, maximum: MOST_NODES },
      { ...someOf(NODE), maxItems: MOST_NODES },
    ],
  },
  'horizon?': { description: 'Where the run ends at the latest; default 10m.', allOf: [refTo('duration')] },
  'behaviours?': { description: 'How containers act.', type: 'array', items: refTo('behaviour') },
  'steps?': { description: 'What is done to the cluster, and when.', type: 'array', items: refTo('step') },
  'traffic?': { description: 'Requests that clients send to Services.', type: 'array', items: TRAFFIC },
  'metrics?': { description: 'What HorizontalPodAutoscalers read.', type: 'array', items: METRIC },
  'expect?': {
    description: 'What must hold of the run, each a line of words or data.',
    type: 'array',
    items: LINE_OR('clause'),
  },
  'laws?': {
    description: 'Laws that are not checked, by name; all are every one.',
    ...mapping({ 'off?': { type: 'array', items: { enum: [...LAW_NAMES, 'all'] } } }),
  },
})

/**
 * The JSON Schema, draft 7, of a Scenario file: what editors complete and check by. What the words of lines mean, and whether
 * names exist, is beyond it; `podwright run` checks that.
 */
export const SCENARIO_JSON_SCHEMA: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://podwright.dev/v1/scenario.schema.json',
  title: 'Scenario',
  description: 'What happens to pods over time, and what must hold: podwright.dev/v1.',
  ...mapping({
    apiVersion: { const: 'podwright.dev/v1' },
    kind: { const: 'Scenario' },
    'metadata?': mapping({
      'name?': TEXT,
      'description?': { type: 'string' },
      'labels?': SCALARS,
      'annotations?': SCALARS,
    }),
    spec: SPEC,
  }),
  definitions: { duration: DURATION, scalars: SCALARS, step: STEP, ...BEHAVIOUR_DEFINITIONS, ...CLAUSE_DEFINITIONS },
}
