import { timeline } from '../report/index.js'
import type { PodRun, ScenarioRun } from './scenario-run.js'

/** The story of a run, or of one of its pods, as lines of text that are the same everywhere. */
export const timelineText = ({ trace }: ScenarioRun, pod?: PodRun): string =>
  timeline(trace, {
    shows: pod === undefined ? undefined : ({ namespace, name }) => `${namespace}/${name}` === pod.name,
  })
    // Blanks at the end of a line do not survive editors.
    .map(line => line.trimEnd())
    .join('\n')
