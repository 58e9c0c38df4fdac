import type { Deployment, IntOrString, KubernetesObject } from '../model/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { at, type LawParts, podNamed } from './law-parts.js'
import { isOver, sinceOf } from './owner-laws.js'
import { type OwnerRecord, ownerNamed } from './owner-record.js'

/** Laws of Deployments. */
export const DEPLOYMENT_LAWS: readonly Law[] = [
  {
    name: 'rollout-keeps-within-its-surge',
    family: 'deployments',
    sentence:
      'A Deployment lets no ReplicaSet grow beyond what leaves all of them together with its replicas and maxSurge; what a step scales by hand apart.',
    source: 'pkg/controller/deployment/util/deployment_util.go NewRSNewReplicas; sync.go scale (DP-6, DP-10)',
  },
  {
    name: 'rollout-keeps-enough-available',
    family: 'deployments',
    sentence:
      'A rolling update lets no ReplicaSet shrink beyond what leaves as many available pods, by the ReplicaSets’ statuses, as replicas less maxUnavailable, or as there are; unless the Deployment itself was just scaled. Failures of pods and nodes may leave fewer.',
    source: 'pkg/controller/deployment/rolling.go reconcileOldReplicaSets (DP-8)',
  },
  {
    name: 'recreate-waits-for-old-pods',
    family: 'deployments',
    sentence:
      'A Deployment of the strategy Recreate lets its new ReplicaSet have pods only when no unfinished pod of its other ReplicaSets is stored.',
    source: 'pkg/controller/deployment/recreate.go rolloutRecreate, oldPodsRunning (DP-11)',
  },
  {
    name: 'one-replicaset-per-template',
    family: 'deployments',
    sentence: 'A Deployment makes no ReplicaSet for a template for which it has one.',
    source: 'pkg/controller/deployment/util/deployment_util.go FindNewReplicaSet (DP-2)',
  },
  {
    name: 'revision-never-falls',
    family: 'deployments',
    sentence:
      'The revision of a Deployment or ReplicaSet never falls, as long as the ReplicaSet of the latest is not deleted by hand.',
    source: 'pkg/controller/deployment/util/deployment_util.go SetNewReplicaSetAnnotations (DP-4)',
  },
  {
    name: 'paused-deployment-makes-no-revision',
    family: 'deployments',
    sentence: 'A Deployment that has been paused for a second makes no ReplicaSet.',
    source: 'pkg/controller/deployment/sync.go sync (DP-16)',
  },
  {
    name: 'progress-deadline-not-early',
    family: 'deployments',
    sentence:
      'A Deployment says ProgressDeadlineExceeded no sooner than progressDeadlineSeconds after it has last said that it progresses.',
    source: 'pkg/controller/deployment/util/deployment_util.go DeploymentTimedOut (DP-14)',
  },
  {
    name: 'complete-rollout-is-complete',
    family: 'deployments',
    sentence:
      'A Deployment first says NewReplicaSetAvailable of a rollout when it shows all of its replicas, and no others, updated and available.',
    source: 'pkg/controller/deployment/util/deployment_util.go DeploymentComplete (DP-13)',
  },
  {
    name: 'rollout-goes-on',
    family: 'deployments',
    sentence:
      'When nothing more can happen and all pods of a Deployment are available, it has no ReplicaSet of an old template left that asks for pods, unless it is paused, and as many pods as it asks for.',
    source: 'pkg/controller/deployment/rolling.go rolloutRolling (DP-7, DP-8)',
  },
]

/** Looks at what Deployments do to their ReplicaSets. */
export class DeploymentLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  get #since(): number {
    return sinceOf(this.#parts)
  }

  /** A Deployment makes a ReplicaSet. */
  makes(deployment: OwnerRecord, set: OwnerRecord): void {
    const template = templateOf(set.object)
    const twin = deployment.storedChildren().find(each => each !== set && templateOf(each.object) === template)
    if (twin !== undefined)
      this.#add(
        'one-replicaset-per-template',
        deployment,
        set,
        `makes ${ownerNamed(set)} beside ${ownerNamed(twin)}, of the same template`,
      )
    const isPaused = deploymentsOf(deployment, this.#since).every(({ spec }) => spec.paused === true)
    if (isPaused)
      this.#add('paused-deployment-makes-no-revision', deployment, set, `makes ${ownerNamed(set)} while it is paused`)
    if (set.replicas.value > 0) this.#grows(deployment, set, 0)
  }

  /** A Deployment gives a ReplicaSet another size. */
  scales(deployment: OwnerRecord, set: OwnerRecord, before: number): void {
    if (set.replicas.value > before) this.#grows(deployment, set, before)
    else this.#shrinks(deployment, set, before)
  }

  #grows(deployment: OwnerRecord, set: OwnerRecord, before: number): void {
    const since = this.#since
    const others = deployment.storedChildren().filter(each => each !== set)
    const sum = others.reduce((total, each) => total + each.replicas.least(since), set.replicas.value)
    const replicas = deployment.replicas.most(since)
    const most = replicas + Math.max(...deploymentsOf(deployment, since).map(each => surgeOf(each, replicas)))
    if (sum > most) {
      const what = `lets ${ownerNamed(set)} grow from ${before} to ${set.replicas.value}, which makes ${sum} of at most ${most}`
      this.#add('rollout-keeps-within-its-surge', deployment, set, what)
    }
    if (before === 0 && deploymentsOf(deployment, since).every(isRecreate)) this.#recreates(deployment, set, others)
  }

  #recreates(deployment: OwnerRecord, set: OwnerRecord, others: readonly OwnerRecord[]): void {
    for (const other of others) {
      const old = other.storedPods().find(pod => !isOver(pod) && pod.ownedAt < this.#since)
      if (old === undefined) continue
      this.#add(
        'recreate-waits-for-old-pods',
        deployment,
        set,
        `lets ${ownerNamed(set)} have pods while ${podNamed(old)} is there`,
      )
      return
    }
  }

  #shrinks(deployment: OwnerRecord, set: OwnerRecord, before: number): void {
    const since = this.#since
    const manifests = deploymentsOf(deployment, since)
    if (manifests.some(isRecreate) || deployment.replicas.since >= since) return
    const replicas = deployment.replicas.value
    const needed = replicas - Math.max(...manifests.map(each => unavailableOf(each, replicas)))
    let left = 0
    let had = 0
    for (const each of deployment.storedChildren()) {
      const available = each.recent('availableReplicas')
      left += Math.min(each.replicas.value, available.most(since))
      had += Math.min(each === set ? before : each.replicas.value, available.least(since))
    }
    if (left >= Math.min(had, needed)) return
    const what = `lets ${ownerNamed(set)} shrink from ${before} to ${set.replicas.value}, which leaves ${left} available pods of at least ${needed}`
    this.#add('rollout-keeps-enough-available', deployment, set, what)
  }

  revision(owner: OwnerRecord, revision: number): void {
    if (revision >= owner.revision || owner.hasLostRevision) return
    this.#parts.findings.add(
      'revision-never-falls',
      owner.symbol,
      `${ownerNamed(owner)} has revision ${revision} after ${owner.revision}`,
      owner.createdRow,
    )
  }

  /** A Deployment says how its rollout goes. */
  progress(deployment: OwnerRecord, reason: string): void {
    const known = deployment.conditions.get('Progressing')
    const { row, findings } = this.#parts
    if (reason === 'ProgressDeadlineExceeded' && known?.reason !== reason) {
      const seconds = Math.min(
        ...deploymentsOf(deployment, this.#since).map(({ spec }) => spec.progressDeadlineSeconds ?? 600),
      )
      const from = known?.at ?? deployment.createdAt
      if (row.time + 1000 + this.#parts.toleranceMs >= from + seconds * 1000) return
      const text = `${ownerNamed(deployment)} gives up after ${at(row.time - from)}; its deadline is ${at(seconds * 1000)}`
      findings.add('progress-deadline-not-early', deployment.symbol, text, known?.row ?? deployment.createdRow)
    } else if (reason === 'NewReplicaSetAvailable' && known?.reason !== reason) {
      const counts = ['replicas', 'updatedReplicas', 'availableReplicas'].map(field => deployment.number(field))
      const [replicas] = counts
      if (counts.every(count => count === replicas) && deployment.replicas.was(replicas, this.#since)) return
      const text = `${ownerNamed(deployment)} says that its rollout is complete, and shows ${counts.join(', ')} pods, updated and available ones`
      findings.add('complete-rollout-is-complete', deployment.symbol, text, deployment.createdRow)
    }
  }

  /** The run is over, and nothing more can happen. */
  finished(deployment: OwnerRecord, end: number): void {
    const { object } = deployment
    const sets = deployment.storedChildren()
    const { spec } = object as Deployment
    const asked = sets.reduce((sum, each) => sum + each.replicas.value, 0)
    // A ReplicaSet that has not got its pods, or has pods that serve nobody, may hold everything up.
    if (sets.some(each => each.replicas.value !== each.number('availableReplicas') || each.deletedAt !== NEVER)) return
    const old =
      spec.paused === true
        ? undefined
        : sets.find(each => each.replicas.value > 0 && templateOf(each.object) !== templateOf(object))
    const isHeld = spec.paused === true && sets.length === 0
    if (old === undefined && (isHeld || asked === deployment.replicas.value)) return
    const what =
      old === undefined
        ? `is left with ${asked} pods of ${deployment.replicas.value}`
        : `leaves ${ownerNamed(old)} with ${old.replicas.value} pods of an old template`
    this.#parts.findings.addAt(
      'rollout-goes-on',
      end,
      deployment.createdRow,
      deployment.symbol,
      `${ownerNamed(deployment)} ${what}`,
      deployment.createdRow,
    )
  }

  #add(law: string, deployment: OwnerRecord, set: OwnerRecord, what: string): void {
    this.#parts.findings.add(law, set.symbol, `${ownerNamed(deployment)} ${what}`, deployment.createdRow)
  }
}

const deploymentsOf = (owner: OwnerRecord, since: number): readonly Deployment[] =>
  owner.manifests(since) as readonly Deployment[]

const isRecreate = ({ spec }: Deployment): boolean => spec.strategy?.type === 'Recreate'

/** What a template says, the labels that Deployments add apart. */
function templateOf(object: KubernetesObject): string {
  const { metadata, spec } = (object as Deployment).spec.template
  const { 'pod-template-hash': _, ...labels } = metadata?.labels ?? {}
  return JSON.stringify([labels, metadata?.annotations, spec])
}

/** ctl/deployment/util ResolveFenceposts, written again so that the engine's is not its own judge (DP-5). */
function fencepostsOf({ spec: { strategy } }: Deployment, replicas: number): { surge: number; unavailable: number } {
  const { maxSurge = '25%', maxUnavailable = '25%' } = strategy?.rollingUpdate ?? {}
  const share = (of: IntOrString, round: (exact: number) => number): number =>
    typeof of === 'number' ? of : round((Number.parseInt(of, 10) * replicas) / 100)
  const surge = share(maxSurge, Math.ceil)
  const unavailable = share(maxUnavailable, Math.floor)
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable }
}

const surgeOf = (deployment: Deployment, replicas: number): number =>
  isRecreate(deployment) ? 0 : fencepostsOf(deployment, replicas).surge

const unavailableOf = (deployment: Deployment, replicas: number): number =>
  Math.min(replicas, fencepostsOf(deployment, replicas).unavailable)
