import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { canonicalObject, decodeObject, defaultObject, invalidMessage, validateObject } from '../../src/api/index.js'
import { loadManifests } from '../../src/manifest/index.js'
import { type KubernetesObject, type Pod, type PodSpec, qosClassOf } from '../../src/model/index.js'
import type { Json } from './answers.js'

/** What Kubernetes 1.32.10 made of a manifest. */
interface Recorded {
  readonly status?: { readonly message: string }
  readonly decodingError?: string
  readonly strictDecodingError?: string
  readonly spec?: Json
}

interface Case<Answer> {
  readonly name: string
  readonly manifest: Json & { readonly metadata?: Json }
  readonly 'v1.32.10': Answer
}

/** The cases of a recorded file, by name; a file that is missing is said to be. */
function casesOf<Answer>(file: string): [string, Case<Answer>][] {
  const path = new URL(`../../../shared/conformance/${file}`, import.meta.url)
  if (!existsSync(path)) {
    test.skip(`../shared/conformance/${file} is missing: its cases are not checked`, () => {})
    return []
  }
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: Case<Answer>[] }
  return cases.map(each => [each.name, each])
}

interface Answer {
  readonly message: string
  readonly spec?: unknown
}

function answerTo({ manifest }: Case<unknown>): Answer {
  const metadata = { namespace: 'default', ...manifest.metadata }
  const decoded = decodeObject('Pod', { ...manifest, metadata })
  if (decoded.error !== undefined) return { message: decoded.error.message }
  const defaulted: KubernetesObject = defaultObject(decoded.object)
  const errors = validateObject(defaulted)
  if (errors.length > 0) return { message: invalidMessage('Pod', String(manifest.metadata?.name ?? ''), errors) }
  return { message: 'valid', spec: JSON.parse(JSON.stringify((canonicalObject(defaulted) as Pod).spec)) }
}

describe.each(['validation.json', 'defaulting.json'])('Kubernetes 1.32.10 in %s', file => {
  test.each(casesOf<Recorded>(file))('%s', (name, recorded) => {
    const { status, decodingError, strictDecodingError, spec } = recorded['v1.32.10']
    const message = status?.message ?? decodingError ?? strictDecodingError ?? 'valid'
    // The type of an object is looked at before the object.
    if (name === 'apiversion-wrong') {
      const { problems } = loadManifests([{ name: 'pod.json', text: JSON.stringify(recorded.manifest) }])
      expect(problems.map(({ problem }) => problem)).toEqual([
        `Pod in version "v2" cannot be handled as a Pod: ${message}`,
      ])
      return
    }
    expect(answerTo(recorded)).toEqual(message === 'valid' ? { message, spec } : { message })
  })
})

describe('Kubernetes 1.32.10 in qos.json', () => {
  test.each(casesOf<string>('qos.json'))('%s', (_, recorded) => {
    expect(qosClassOf(answerTo(recorded).spec as PodSpec)).toBe(recorded['v1.32.10'])
  })
})
