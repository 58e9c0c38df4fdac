import { type JsonSchema, mapping, refTo, someOf, TEXT } from './clause-json-schema.js'

const LINE: JsonSchema = { type: 'string', minLength: 1 }
const EXIT_CODE: JsonSchema = { type: 'integer', minimum: 0, maximum: 255 }
const FAILURE_CODE: JsonSchema = { type: 'integer', minimum: 1, maximum: 255 }
const AFTER: JsonSchema = { anyOf: [{ type: 'null' }, mapping({ 'after?': refTo('duration') })] }
const ANYTHING: JsonSchema = {}

/** A start says one thing, and what SIGTERM does. */
const START: JsonSchema = {
  anyOf: [
    LINE,
    {
      ...mapping({
        'runs?': ANYTHING,
        'exits?': mapping({ code: EXIT_CODE, 'after?': refTo('duration') }),
        'crashes?': AFTER,
        'isOOMKilled?': AFTER,
        'failsToStart?': { anyOf: [{ type: 'null' }, TEXT] },
        'waitsFor?': {
          description: 'A Service, such as service/db; the process exits 0 once it can be reached.',
          anyOf: [LINE, mapping({ service: LINE, 'every?': refTo('duration') })],
        },
        'onTerm?': refTo('onTerm'),
      }),
      if: { required: ['onTerm'] },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's word.
      then: { maxProperties: 2 },
      else: { maxProperties: 1 },
    },
  ],
}

const AMOUNT: JsonSchema = { type: ['string', 'number'], examples: ['50Mi', 20] }

const SPAN = mapping({ from: refTo('duration'), result: { enum: ['success', 'failure', 'hang'] } })
const SPANS: JsonSchema = { type: 'array', items: SPAN }
const MESSAGES: JsonSchema = {
  anyOf: [
    { type: 'integer', minimum: 0, maximum: 1000 },
    { type: 'array', items: { anyOf: [{ type: 'null' }, TEXT] } },
  ],
}

/** The fields of a behaviour in its structured form. */
export const BEHAVIOUR_FIELDS: Readonly<Record<string, JsonSchema>> = {
  'for?': {
    description: 'Whose behaviour: app, web/app, deployment/web, or labels of the pods.',
    anyOf: [TEXT, refTo('scalars')],
  },
  'container?': { description: 'The name of a container of those pods.', ...TEXT },
  'revision?': {
    description: 'Of a Deployment’s template; 1 is its first.',
    type: 'integer',
    minimum: 1,
    maximum: 1_000_000,
  },
  'runs?': {
    description: 'What the process does at successive starts; the last entry repeats.',
    anyOf: [refTo('start'), someOf(refTo('start'))],
  },
  'onTerm?': refTo('onTerm'),
  'liveness?': refTo('probe'),
  'readiness?': refTo('probe'),
  'startup?': refTo('probe'),
  'postStart?': refTo('hook'),
  'preStop?': refTo('hook'),
  'serves?': refTo('serves'),
  'uses?': {
    description: 'What it takes of its node from each start on.',
    ...mapping({
      'memory?': refTo('usage'),
      'ephemeralStorage?': refTo('usage'),
      'processes?': refTo('usage'),
      'volumes?': { type: 'object', additionalProperties: refTo('usage') },
    }),
  },
  'images?': {
    description: 'How pulls go, by image as the manifest writes it; * for every other one.',
    type: 'object',
    additionalProperties: refTo('image'),
  },
  'sandbox?': refTo('sandbox'),
}

const NAMES = Object.keys(BEHAVIOUR_FIELDS).map(name => name.slice(0, -1))

/** What a Scenario file may say of behaviour, by the names under which the schema refers to it. */
export const BEHAVIOUR_DEFINITIONS: Readonly<Record<string, JsonSchema>> = {
  onTerm: {
    description: 'What SIGTERM does: ignores, stops after 3s, or fields.',
    anyOf: [LINE, mapping({ exitsAfter: refTo('duration'), 'code?': EXIT_CODE })],
  },
  start: START,
  probe: {
    description: 'What the probe answers: fails until 12s, or answers from instants after the start.',
    anyOf: [LINE, SPANS, { type: 'array', items: SPANS }],
  },
  hook: {
    description: 'How the hook goes: takes 20s, fails with 1.',
    anyOf: [LINE, mapping({ 'takes?': refTo('duration'), 'fails?': FAILURE_CODE })],
  },
  serves: {
    description: 'What a request that reaches it gets: in 20ms, in 20ms and keeps listening, or fields.',
    anyOf: [
      LINE,
      mapping({
        'latency?': refTo('duration'),
        'listensAfter?': refTo('duration'),
        'keepsListening?': { type: 'boolean' },
        'dropsInFlightOnExit?': { type: 'boolean' },
        'hangsAfter?': refTo('duration'),
      }),
    ],
  },
  usage: {
    description: 'An amount, or how it grows.',
    anyOf: [AMOUNT, mapping({ 'from?': AMOUNT, 'perSecond?': AMOUNT, 'upTo?': AMOUNT })],
  },
  image: {
    anyOf: [
      LINE,
      mapping({
        'pullsIn?': refTo('duration'),
        'fails?': MESSAGES,
        'alwaysFails?': TEXT,
        'isPresent?': { type: 'boolean' },
        'doesNotExist?': { type: 'boolean' },
        'runsAsRoot?': { type: 'boolean' },
      }),
    ],
  },
  sandbox: {
    anyOf: [
      LINE,
      mapping({
        'takes?': refTo('duration'),
        'fails?': MESSAGES,
        'diesAfter?': { anyOf: [{ type: 'null' }, refTo('duration')] },
      }),
    ],
  },
  behaviour: {
    description: 'One line, WHO: WORDS, or fields.',
    anyOf: [
      LINE,
      {
        ...mapping(BEHAVIOUR_FIELDS),
        anyOf: [{ required: ['for'] }, { required: ['container'] }, { propertyNames: { const: 'images' } }],
      },
      // A line without quotes is a mapping to YAML.
      {
        type: 'object',
        minProperties: 1,
        maxProperties: 1,
        propertyNames: { not: { enum: NAMES } },
        additionalProperties: { type: 'string' },
      },
    ],
  },
}
