import { nearestWord, PodwrightError } from '../errors/index.js'
import { KINDS, type Kind, type KubernetesObject, kindNamed, wordsOfKind } from '../model/index.js'
import type { Plan } from '../scenario/index.js'

/** Which object a text names. */
export interface ObjectReference {
  readonly kind: Kind
  readonly namespace: string
  readonly name: string
}

const SHOWN = ['pods', 'nodes', 'events', 'services', 'configmaps', 'secrets']

/**
 * The kind that a word means.
 *
 * @throws PodwrightError `USAGE` for another word, with the nearest.
 */
export function kindOf(word: string, where: string): Kind {
  const kind = kindNamed(word)
  if (kind !== undefined) return kind
  const nearest = nearestWord(
    word,
    Object.values(KINDS).flatMap(({ kind: each }) => wordsOfKind(each)),
  )
  throw new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected a kind such as ${SHOWN.join(', ')}, got ${JSON.stringify(word.slice(0, 80))}`,
    hint: nearest === undefined ? undefined : `did you mean ${nearest}?`,
  })
}

/**
 * Reads `web`, `pod/web`, `shop/web` or `shop/pod/web`; without a kind a pod is meant, without a namespace `default`.
 *
 * @throws PodwrightError `USAGE`, for a word that is neither a kind nor a namespace of the plan, too.
 */
export function parseReference(text: string, where: string, plan: Plan): ObjectReference {
  const parts = text.split('/')
  const [first, second, third] = parts
  if (parts.length === 1) return { kind: 'Pod', namespace: 'default', name: first }
  if (parts.length === 3) return { kind: kindOf(second, where), namespace: first, name: third }
  if (parts.length > 3) {
    const problem = `expected NAME, KIND/NAME or NAMESPACE/KIND/NAME, got ${JSON.stringify(text.slice(0, 80))}`
    throw new PodwrightError({ code: 'USAGE', where, problem })
  }
  // A namespace may be called as a kind is; KIND/NAME is what people write.
  const isNamespace = kindNamed(first) === undefined && hasNamespace(plan, first)
  return isNamespace
    ? { kind: 'Pod', namespace: first, name: second }
    : { kind: kindOf(first, where), namespace: 'default', name: second }
}

/** Whether something of the plan, or of what was done by hand, lives in the namespace. */
function hasNamespace({ pods, workloads = [], objects, steps, reactions = [] }: Plan, namespace: string): boolean {
  const created = [...steps, ...reactions.map(({ step }) => step)].flatMap(step => {
    if (step.do === 'create') return [step.pod.pod]
    return step.do === 'createObject' ? [step.object] : []
  })
  const made = [...pods.map(({ pod }) => pod), ...workloads.map(({ object }) => object)]
  const all: readonly KubernetesObject[] = [...made, ...objects, ...created]
  return namespace === 'default' || all.some(({ metadata }) => metadata.namespace === namespace)
}
