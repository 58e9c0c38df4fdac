import type { Container, ObjectMeta, PodSpec, VolumeSource } from '../../model/index.js'
import type { FieldErrors } from './field-error.js'
import type { FieldPath } from './field-path.js'

/** What differs between releases in what a pod may say. */
export interface ValidationOptions {
  /** Whether a hook may sleep for 0 s (`Profile.allowZeroSleep`). */
  readonly allowZeroSleep?: boolean
  /** Whether every container may have a restartPolicy, and rules (`Profile.containerRestartRules`). */
  readonly containerRestartRules?: boolean
  /** Whether `spec.resources` is validated (`Profile.podLevelResources`). */
  readonly podLevelResources?: boolean
}

/** What the checks of one pod or template share. */
export interface PodValidation {
  readonly options: ValidationOptions
  readonly errors: FieldErrors
  readonly spec: PodSpec
  /** Absent for templates. */
  readonly metadata?: ObjectMeta
  /** Whether it is a pod and not a template. */
  readonly isPod: boolean
  /** The volumes without errors, by name; mounts may refer to these only. */
  readonly volumes: Map<string, VolumeSource>
  readonly claimNames: ReadonlySet<string>
}

/** Calls back for each container in the order of upstream's VisitContainersWithPath: init, regular, ephemeral. */
export function visitContainers(
  spec: PodSpec,
  path: FieldPath,
  visit: (container: Container, path: FieldPath) => void,
): void {
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    spec[list]?.forEach((container: Container, i: number) => {
      visit(container, path.child(list).index(i))
    })
  }
}
