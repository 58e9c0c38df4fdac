import { type Clause, checkTrace, evaluateReference, resolveClauses, rosterOf } from '../../src/expect/index.js'
import { ROW, type Trace } from '../../src/trace/index.js'
import { WEB_POD } from '../trace/crashing-web.js'
import { TraceBuilder } from '../trace/trace-builder.js'

export const WEB = 'Pod/default/web'
export const APP = `${WEB}/app`

/** A small run of pod `web` with container `app`, row by row; row 0 creates the pod at 0 ms. */
export class Story extends TraceBuilder {
  constructor() {
    super()
    this.createPod({ ...WEB_POD, spec: { ...WEB_POD.spec, initContainers: [] } })
  }

  starts = (): number => this.row(ROW.containerStart, APP)
  exits = (code = 0): number => this.row(ROW.exit, APP, 0, code)
  terminates = (): number => this.row(ROW.signal, APP, 0, 15)
  kills = (): number => this.row(ROW.signal, APP, 0, 9)
  isDeleted = (): number => this.row(ROW.deletionRequested, WEB, 30)
  isGone = (): number => this.row(ROW.removed, WEB)
  isReady = (ready = true): number => this.row(ROW.containerReady, APP, ready ? 1 : 0)
  restarts = (count: number): number => this.row(ROW.containerRestarts, APP, count)
}

/** Tells a story that ends at an instant, where nothing more can happen unless it is said otherwise. */
export function told(
  tell: (story: Story) => void,
  { end = 100, outcome = 'quiescent' }: { readonly end?: number; readonly outcome?: Trace['outcome'] } = {},
): Trace {
  const story = new Story()
  tell(story)
  story.at(end)
  return story.build(outcome)
}

/** The verdict on a clause in one line; monitors and definitions must agree on it. */
export function verdictOn(clause: Clause, trace: Trace): string {
  const [verdict] = checkTrace([clause], trace)
  const [resolved] = resolveClauses([clause], rosterOf(trace))
  const defined = evaluateReference(resolved, trace)
  if (JSON.stringify(defined) !== JSON.stringify(verdict)) {
    return `monitors: ${JSON.stringify(verdict)}, definition: ${JSON.stringify(defined)}`
  }
  switch (verdict.kind) {
    case 'violated':
      return `violated at ${verdict.time} by row ${verdict.row}${verdict.trigger < 0 ? '' : `, set off by row ${verdict.trigger}`}`
    case 'open':
      return `open${verdict.decidedBy === undefined ? '' : ` until ${verdict.decidedBy}`}${verdict.trigger < 0 ? '' : `, set off by row ${verdict.trigger}`}`
    default:
      return verdict.kind
  }
}
