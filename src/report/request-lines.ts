import { visible } from '../kubectl/index.js'
import { formatDuration } from '../time/index.js'
import { type LosingPod, type LostRequests, requestsOf, type Trace } from '../trace/index.js'
import { formatInstant } from './format-instant.js'

/** Says how many requests each Service got and lost, and for the lost ones why; nothing where none were sent. */
export const requestLines = (trace: Trace): string[] =>
  requestsOf(trace).flatMap(({ service, sent, answered, lost, retried, underWay, losses }) => [
    [
      `service/${shortName(service)}: ${count(sent, 'request')} sent`,
      `${answered} answered`,
      `${lost} lost`,
      ...(retried === 0 ? [] : [`${retried} sent again after a failure`]),
      ...(underWay === 0 ? [] : [`${underWay} under way at the end`]),
    ].join(', '),
    ...losses.map(lossLine),
  ])

function lossLine({ race, why, pod, count: lost, first, last }: LostRequests): string {
  const when = first === last ? `at ${formatInstant(first)}` : `${formatInstant(first)} to ${formatInstant(last)}`
  const whom = pod === undefined ? '' : `${race === 'timed out' ? ' at' : ' by'} ${shortName(pod.name)}`
  const state = pod === undefined ? '' : ` (${podState(pod)})`
  return `  ${lost} ${race}${whom}, ${when}: ${why}${state}`
}

function podState({ phase, isReady, deletedAt, staleFor }: LosingPod): string {
  return [
    visible(phase),
    isReady ? 'Ready' : 'not Ready',
    ...(deletedAt === undefined ? [] : [`deleted at ${formatInstant(deletedAt)}`]),
    staleFor === undefined
      ? 'a ready endpoint'
      : `still in the rules ${formatDuration(staleFor)} after it left the endpoints`,
  ].join(', ')
}

const shortName = (name: string): string => visible(name.replace(/^default\//, ''))

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
