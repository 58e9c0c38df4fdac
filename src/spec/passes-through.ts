import { nearestWord, PodwrightError } from '../errors/index.js'
import { POD_PHASES } from '../expect/index.js'
import { ContainerRun, type PodRun } from './scenario-run.js'
import { timelineText } from './timeline-text.js'

/** What a matcher says. */
export interface Judgement {
  readonly pass: boolean
  readonly message: () => string
}

/**
 * Whether the phases of a pod, or the states of a container, come in this order; others may lie between. A state without a reason,
 * `waiting`, stands for one with any.
 *
 * @throws PodwrightError `USAGE` for what is no phase or state.
 */
export function passesThrough(subject: PodRun | ContainerRun, values: readonly string[]): Judgement {
  const isContainer = subject instanceof ContainerRun
  for (const value of values) checkWord(value, isContainer)
  const seen: readonly string[] = isContainer ? subject.states : subject.phases
  let at = 0
  let matched = 0
  for (const value of values) {
    const found = seen.findIndex((each, index) => index >= at && (each === value || each.startsWith(`${value} `)))
    if (found < 0) break
    at = found + 1
    matched++
  }
  const pass = matched === values.length
  const pod = isContainer ? subject.pod : subject
  const name = isContainer ? `container ${pod.shortName}/${subject.name}` : `pod ${pod.shortName}`
  const message = (): string =>
    pass
      ? `expected ${name} not to pass through ${values.join(', ')}, but it does`
      : [
          `✗ ${name} passes through ${values.join(', ')} — it does not`,
          `      expected ${values[matched]}${matched === 0 ? '' : ` after ${values[matched - 1]}`}, observed ${seen.slice(at).join(', ') || 'nothing more'}`,
          '',
          ...timelineText(pod.run, pod)
            .split('\n')
            .map(line => `     ${line}`),
        ].join('\n')
  return { pass, message }
}

const STATES = ['waiting', 'running', 'terminated']

function checkWord(word: string, isState: boolean): void {
  const known: readonly string[] = isState ? STATES : POD_PHASES
  if (known.includes(isState ? word.split(' ')[0] : word)) return
  const nearest = nearestWord(word, known)
  throw new PodwrightError({
    code: 'USAGE',
    where: 'toPassThrough',
    problem: `expected a ${isState ? 'state' : 'phase'}, got ${JSON.stringify(word.slice(0, 80))}`,
    hint: nearest === undefined ? `there are ${known.join(', ')}` : `did you mean ${nearest}?`,
  })
}
