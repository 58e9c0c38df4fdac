import { isSameData, type PodTemplateSpec } from '../model/index.js'

/** A template of a workload, and the numbers that it had. */
interface KnownTemplate {
  readonly template: PodTemplateSpec
  revisions: readonly number[]
}

/**
 * Remembers which numbers the templates of a workload had: one that comes back by an undo gets another, and what is said of the earlier
 * ones holds of it, too.
 */
export class TemplateRevisions {
  #known = new Map<string, KnownTemplate[]>()

  reset(): void {
    this.#known = new Map()
  }

  /** Takes note of a number of a template, and answers all that it had. */
  note(owner: string, template: PodTemplateSpec, revision: number): readonly number[] {
    const templates = this.#known.get(owner) ?? []
    const known = templates.find(each => each.template === template || isSameData(each.template, template))
    if (known === undefined) {
      this.#known.set(owner, [...templates, { template, revisions: [revision] }])
      return [revision]
    }
    if (!known.revisions.includes(revision)) known.revisions = [...known.revisions, revision]
    return known.revisions
  }
}
