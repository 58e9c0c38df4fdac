import { namesOf, notBefore, started } from './clauses.js'
import type { Law } from './law.js'
import { at, containerNamed, type LawParts, podNamed } from './law-parts.js'
import type { NodeRecord } from './node-record.js'
import type { ContainerRecord, PodRecord, PullBackOff } from './pod-record.js'

/** Laws of images and their pulls. */
export const IMAGE_LAWS: readonly Law[] = [
  {
    name: 'always-pulls-before-create',
    family: 'images',
    sentence:
      'With imagePullPolicy Always every creation of a container is preceded by a pull of its image, for its pod, that went well.',
    source: 'pkg/kubelet/images/image_manager.go EnsureImageExists (R-302, R-309)',
    clausesFor: pod => {
      const { pod: name, container } = namesOf(pod)
      return [...(pod.spec.initContainers ?? []), ...pod.spec.containers].flatMap(each =>
        each.imagePullPolicy === 'Always'
          ? notBefore(started(container(each.name)), { kind: 'pulled', pod: name })
          : [],
      )
    },
  },
  {
    name: 'never-pulls-nothing',
    family: 'images',
    sentence: 'No image is pulled for a container with imagePullPolicy Never.',
    source: 'pkg/kubelet/images/image_manager.go EnsureImageExists (R-302)',
    clausesFor: pod => {
      const all = [...(pod.spec.initContainers ?? []), ...pod.spec.containers]
      if (all.some(({ imagePullPolicy }) => imagePullPolicy !== 'Never')) return []
      return [{ kind: 'never', what: { kind: 'pullStarted', pod: namesOf(pod).pod } }]
    },
  },
  {
    name: 'present-image-is-not-pulled',
    family: 'images',
    sentence:
      'With imagePullPolicy IfNotPresent an image is not pulled that was pulled to the node before the kubelet asked for it.',
    source: 'pkg/kubelet/images/image_manager.go EnsureImageExists (R-302)',
  },
  {
    name: 'failed-pull-creates-nothing',
    family: 'images',
    sentence:
      'With imagePullPolicy IfNotPresent no container is created whose image failed to be pulled for its pod and was pulled to the node by nobody since.',
    source:
      'pkg/kubelet/images/image_manager.go EnsureImageExists; kuberuntime_container.go startContainer (R-233, R-304)',
  },
  {
    name: 'pull-back-off-is-kept',
    family: 'images',
    sentence:
      'After a failed pull the same pod asks for the same image again no sooner than 10 s later, then 20 s, 40 s … up to 5 min; another image, ten minutes or a restart of the kubelet begin anew.',
    source: 'pkg/kubelet/images/image_manager.go EnsureImageExists (R-305, R-306)',
  },
]

const INITIAL_MS = 10_000
const LONGEST_MS = 300_000
const EXPIRY_MS = 600_000

/** Looks at pulls, and at creations that need one. */
export class ImageLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** `container` is undefined where the row names the pod alone. */
  pullBegins(pod: PodRecord, container: ContainerRecord | undefined, node: NodeRecord | undefined): void {
    const { row, findings, symbols } = this.#parts
    if (container?.facts.pullPolicy === 'Never')
      findings.add(
        'never-pulls-nothing',
        container.facts.path,
        `${symbols.text(row.a)} is pulled for ${containerNamed(container)}, whose imagePullPolicy is Never`,
      )
    if (node !== undefined) this.#isAbsent(pod, container, node)
    const backOff = backOffOf(pod, row.a)
    if (backOff === undefined) return
    const waited = row.time - backOff.failedAt
    if (waited >= backOff.backOffMs || waited > EXPIRY_MS) return
    findings.add(
      'pull-back-off-is-kept',
      pod.symbol,
      `${symbols.text(row.a)} is pulled again for ${podNamed(pod)} ${at(waited)} after a failure; the back-off is ${at(backOff.backOffMs)}`,
      backOff.failedRow,
    )
  }

  /** The kubelet has looked at its node after the last thing that it did for the pod, and before the pull, which may have had to wait. */
  #isAbsent(pod: PodRecord, container: ContainerRecord | undefined, node: NodeRecord): void {
    const { row, findings, symbols } = this.#parts
    const pulledRow = node.pulledRowOf(row.a)
    if (pulledRow < 0 || pulledRow > Math.max(pod.boundRow, pod.createdRow, pod.lastCreateRow, pod.pullEndRow)) return
    if (container === undefined ? !isIfNotPresent(pod, row.a) : container.facts.pullPolicy !== 'IfNotPresent') return
    findings.add(
      'present-image-is-not-pulled',
      pod.symbol,
      `${symbols.text(row.a)} is pulled for ${podNamed(pod)} although ${node.name} has it`,
      pulledRow,
    )
  }

  /** A pull has failed: the back-off begins or doubles. */
  pullFailed(pod: PodRecord): void {
    const { row } = this.#parts
    const known = backOffOf(pod, row.a)
    pod.hasFailedPull = true
    if (known === undefined) {
      pod.pullBackOffs.push({ image: row.a, backOffMs: INITIAL_MS, failedAt: row.time, failedRow: row.number })
      return
    }
    const isOld = row.time - known.failedAt > EXPIRY_MS
    known.backOffMs = isOld ? INITIAL_MS : Math.min(2 * known.backOffMs, LONGEST_MS)
    known.failedAt = row.time
    known.failedRow = row.number
  }

  created(container: ContainerRecord, node: NodeRecord | undefined): void {
    const { facts, pod } = container
    if (pod.hasFailedPull && node !== undefined) this.#cameAfterAll(container, node)
    if (facts.pullPolicy !== 'Always') return
    const { row, findings } = this.#parts
    if (pod.pulledImage === row.c && pod.pulledRow > pod.lastCreateRow) return
    findings.add(
      'always-pulls-before-create',
      facts.path,
      `${containerNamed(container)} is created without a pull although its imagePullPolicy is Always`,
      pod.lastCreateRow,
    )
  }

  #cameAfterAll(container: ContainerRecord, node: NodeRecord): void {
    const { row, findings, symbols } = this.#parts
    const { facts, pod } = container
    const failure = backOffOf(pod, row.c)
    if (failure === undefined || node.pulledRowOf(row.c) >= 0 || !isIfNotPresent(pod, row.c)) return
    findings.add(
      'failed-pull-creates-nothing',
      facts.path,
      `${containerNamed(container)} is created although ${symbols.text(row.c)} could not be pulled`,
      failure.failedRow,
    )
  }
}

/** Whether every container of the pod with this image wants it to be pulled only where it is not there. */
function isIfNotPresent({ containers }: PodRecord, image: number): boolean {
  return containers.every(({ facts, oldImages }) => {
    return (facts.image !== image && !oldImages.includes(image)) || facts.pullPolicy === 'IfNotPresent'
  })
}

function backOffOf({ pullBackOffs }: PodRecord, image: number): PullBackOff | undefined {
  for (const each of pullBackOffs) if (each.image === image) return each
  return undefined
}
