import fc from 'fast-check'
import type { HookBehaviour, ProbeBehaviour, ProbeSpan, ProcessBehaviour } from '../scenario/index.js'
import { time } from './times.js'

/** What a container's processes do at their starts, one entry per start, with and without words about SIGTERM. */
export interface ProcessSketch {
  readonly runs: readonly Omit<ProcessBehaviour, 'onTerm'>[]
  readonly onTerm: ProcessBehaviour['onTerm']
}

const LONGEST_RUN = 700_000
const STILL = { exitAfter: null, exitCode: 0, isOomKilled: false, startError: null } as const

/** Codes that mean something to somebody, and any other. */
export const exitCode = (): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.constant(1) },
    { weight: 2, arbitrary: fc.constantFrom(2, 137, 143) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
  )

const exits = fc.record({ exitAfter: time(LONGEST_RUN), exitCode: exitCode() }).map(drawn => ({ ...STILL, ...drawn }))
const finishes = time(60_000).map(exitAfter => ({ ...STILL, exitAfter }))
const isOomKilled = time(60_000).map(exitAfter => ({ ...STILL, exitAfter, exitCode: 137, isOomKilled: true }))
const failsToStart = fc.constant({ ...STILL, startError: 'exec: "server": executable file not found in $PATH' })

/** The processes of a container that is to run on, or of one that is to come to an end. */
export function process(duty: 'serve' | 'finish'): fc.Arbitrary<ProcessSketch> {
  const start = fc.oneof(
    { weight: 6, arbitrary: duty === 'serve' ? fc.constant(STILL) : finishes },
    { weight: 5, arbitrary: exits },
    { weight: 1, arbitrary: isOomKilled },
    { weight: 1, arbitrary: failsToStart },
  )
  return fc.record({ runs: fc.array(start, { minLength: 1, maxLength: 4 }), onTerm: onTerm() })
}

const onTerm = (): fc.Arbitrary<ProcessBehaviour['onTerm']> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ exitAfter: time(90_000), exitCode: exitCode() }) },
    { weight: 2, arbitrary: fc.constant(null) },
  )

/** Answers of a probe's handler since a start: spans that begin at the start, in order. */
export const answers = (): fc.Arbitrary<ProbeBehaviour> =>
  fc.array(fc.tuple(time(120_000), result()), { minLength: 1, maxLength: 4 }).map(spansOf)

const result = (): fc.Arbitrary<ProbeSpan['result']> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<ProbeSpan['result']>('success') },
    { weight: 3, arbitrary: fc.constant<ProbeSpan['result']>('failure') },
    { weight: 1, arbitrary: fc.constant<ProbeSpan['result']>('hang') },
  )

/** The first span counts from the start, each later one begins after the one before; neighbours differ, and success at the start is not said. */
function spansOf(drawn: readonly (readonly [number, ProbeSpan['result']])[]): ProbeBehaviour {
  const spans: ProbeSpan[] = []
  let from = 0
  for (const [length, said] of drawn) {
    if ((spans.at(-1)?.result ?? 'success') !== said) spans.push({ from, result: said })
    from += Math.max(1, length)
  }
  return spans
}

/** How long a hook takes, and how it ends. */
export const hookBehaviour = (): fc.Arbitrary<HookBehaviour> =>
  fc.record({
    duration: time(70_000),
    exitCode: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(1, 7) }),
  })
