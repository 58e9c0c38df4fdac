import fc from 'fast-check'
import type { ProbeBehaviour } from '../../src/scenario/behaviour.js'
import type { StatedBehaviour, StatedProcess } from '../../src/scenario/behaviour-rule.js'
import { normalSpans } from '../../src/scenario/probe-text.js'

const STILL = { exitAfter: null, exitCode: 0, isOomKilled: false, startError: null }

const duration = fc.integer({ min: 0, max: 100_000_000 })
const code = fc.integer({ min: 0, max: 255 })
const onTerm = fc.option(fc.record({ exitAfter: duration, exitCode: code }))
const message = fc.string({ minLength: 1, unit: 'binary' })

const process: fc.Arbitrary<StatedProcess> = fc
  .tuple(
    fc.oneof(
      fc.constant(STILL),
      fc.record({ exitCode: code, exitAfter: duration }).map(each => ({ ...STILL, ...each })),
      duration.map(exitAfter => ({ ...STILL, exitCode: 137, isOomKilled: true, exitAfter })),
      message.map(startError => ({ ...STILL, startError })),
    ),
    fc.option(onTerm, { nil: undefined }),
  )
  .map(([start, term]) => (term === undefined ? start : { ...start, onTerm: term }))

const span = fc.record({ from: duration, result: fc.constantFrom('success', 'failure', 'hang') })
const probe: fc.Arbitrary<readonly ProbeBehaviour[]> = fc.array(fc.array(span, { maxLength: 4 }).map(normalSpans), {
  minLength: 1,
  maxLength: 3,
})
const hook = fc.record({ duration, exitCode: code })
const failures = fc.array(fc.option(message), { minLength: 1, maxLength: 4 })
const image = fc
  .record(
    {
      pullDuration: duration,
      failures,
      alwaysFails: fc.option(message),
      isPresent: fc.boolean(),
      runsAsRoot: fc.boolean(),
    },
    { requiredKeys: ['pullDuration'] },
  )
  .map(each => ({ ...each }))
const amount = fc.oneof(
  fc.nat(),
  fc.nat(4096).map(each => each * 1024 * 1024),
)
const usage = fc.record({ from: amount, perSecond: amount, upTo: fc.option(amount) }).map(each => ({ ...each }))
const uses = fc
  .record(
    {
      memory: usage,
      ephemeralStorage: usage,
      processes: usage,
      volumes: fc.dictionary(fc.constantFrom('cache', 'data'), usage, { minKeys: 1, noNullPrototype: true }),
    },
    { requiredKeys: ['memory'] },
  )
  .map(each => ({ ...each }))
const sandbox = fc
  .record(
    { delay: duration, failures: fc.array(message, { minLength: 1 }), diesAfter: duration },
    { requiredKeys: ['delay'] },
  )
  .map(each => ({ ...each }))

/** What rules may state, of every kind, with messages of any characters. */
export const arbitraryBehaviour: fc.Arbitrary<StatedBehaviour> = fc
  .record(
    {
      runs: fc.array(process, { minLength: 1, maxLength: 4 }),
      onTerm,
      liveness: probe,
      readiness: probe,
      startup: probe,
      postStart: hook,
      preStop: hook,
      uses,
      images: fc.dictionary(
        fc.string({ minLength: 1, unit: 'grapheme-ascii' }).filter(name => name !== '__proto__'),
        image,
        { minKeys: 1, maxKeys: 3, noNullPrototype: true },
      ),
      sandbox,
    },
    { requiredKeys: [] },
  )
  .filter(each => Object.keys(each).length > 0)
  .map(each => ({ ...each }))
