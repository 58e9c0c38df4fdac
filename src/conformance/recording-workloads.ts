import { defaultObject } from '../api/index.js'
import { type Container, isOwnerKind, type KubernetesObject, type Pod, type PodTemplateSpec } from '../model/index.js'
import type { BehaviourRule, PlanBehaviours, PlanWorkload } from '../scenario/index.js'
import type { Recording, RecordingScript, ScriptedContainer } from './recording.js'

/** The annotation by which a pod or template of a recording says its own script. */
const SCRIPT = 'oracle/script'

/** Whether a controller of the model runs objects of this kind. */
export const isControlledKind = (kind: string | undefined): boolean => kind !== undefined && isOwnerKind(kind)

/** The workload objects that a recording begins with. */
export const workloadsOf = (objects: readonly KubernetesObject[]): readonly PlanWorkload[] =>
  objects
    .filter(({ kind }) => isControlledKind(kind))
    .map(object => ({ object: defaultObject(object) as PlanWorkload['object'], createdAt: 0 }))

/** The script of a pod or template: the recording's, or what its annotation says instead. */
export function scriptOf(
  { metadata }: Pick<Pod, 'metadata'> | PodTemplateSpec,
  script: RecordingScript,
): RecordingScript {
  const own = metadata?.annotations?.[SCRIPT]
  if (own === undefined) return script
  const { containers, ...rest } = JSON.parse(own) as RecordingScript
  return { ...script, ...rest, containers: { ...script.containers, ...containers } }
}

type Behaves = (container: Container, script: ScriptedContainer) => BehaviourRule['behaviour']

/** How pods of templates behave: a rule per container's name, and one more for each template that has a script of its own. */
export function behavioursOf(
  recording: Recording,
  workloads: readonly PlanWorkload[],
  behaves: Behaves,
): PlanBehaviours {
  const containers = new Map<string, Container>()
  for (const { object } of workloads)
    for (const each of containersOf((object.spec as { readonly template?: PodTemplateSpec }).template))
      containers.set(each.name, each)
  const { script } = recording
  for (const name of Object.keys(script.containers ?? {}))
    if (!containers.has(name)) containers.set(name, { name, image: '' })
  const rules: BehaviourRule[] = []
  for (const [name, container] of containers) {
    rules.push({ target: { container: name }, behaviour: behaves(container, script.containers?.[name] ?? {}) })
    for (const text of annotatedScripts(recording)) {
      const own = scriptOf({ metadata: { annotations: { [SCRIPT]: text } } }, script)
      const target = { container: name, annotations: { [SCRIPT]: text } }
      rules.push({ target, behaviour: behaves(container, own.containers?.[name] ?? {}) })
    }
  }
  return { rules }
}

const containersOf = (template: PodTemplateSpec | undefined): readonly Container[] => [
  ...(template?.spec.initContainers ?? []),
  ...(template?.spec.containers ?? []),
]

/** The scripts that annotations say, in manifests and in patches. */
function annotatedScripts({ manifests, actions }: Recording): ReadonlySet<string> {
  const found = new Set<string>()
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, field] of Object.entries(value)) {
      if (key === SCRIPT && typeof field === 'string') found.add(field)
      else look(field)
    }
  }
  look(manifests)
  look(actions)
  return found
}
