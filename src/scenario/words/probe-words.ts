import { PodwrightError } from '../../errors/index.js'
import { type Milliseconds, readSpan, type Span } from '../../time/index.js'
import type { ProbeBehaviour } from '../behaviour.js'
import { normalSpans } from '../probe-text.js'

/** An answer other than success, from `from` up to `to`. */
interface Trouble {
  readonly from: Milliseconds
  readonly to: Milliseconds
  readonly result: 'failure' | 'hang'
}

/** What a probe answers during one start of its container; `answers` is its plain data. */
export class ProbeWords {
  /** The answers by the time since the start, as plain data; before the first: success. */
  readonly answers: ProbeBehaviour
  readonly #troubles: readonly Trouble[]

  /** @internal */
  constructor(troubles: readonly Trouble[]) {
    this.#troubles = troubles
    this.answers = answersOf(troubles)
  }

  /**
   * What it answers at other times of the same start.
   *
   * @throws PodwrightError `BEHAVIOUR_INVALID` where both say something of one instant.
   */
  and(other: ProbeWords): ProbeWords {
    const troubles = [...this.#troubles, ...other.#troubles].sort((a, b) => a.from - b.from)
    const clash = troubles.findIndex((trouble, index) => index > 0 && trouble.from < troubles[index - 1].to)
    if (clash === -1) return new ProbeWords(troubles)
    throw new PodwrightError({
      code: 'BEHAVIOUR_INVALID',
      where: 'and',
      problem: `expected spans that do not overlap, got two answers at ${troubles[clash].from}ms`,
    })
  }
}

/** A probe that answers well; it waits for the time from which on. */
export class SucceedingProbe extends ProbeWords {
  /** It fails before this time since the start. */
  from(span: Span): ProbeWords {
    const to = readSpan(span, 'from')
    return new ProbeWords(to === 0 ? [] : [{ from: 0, to, result: 'failure' }])
  }
}

/** A probe that fails or hangs; it waits for the time during which. */
export class TroubledProbe extends ProbeWords {
  readonly #result: 'failure' | 'hang'

  /** @internal */
  constructor(result: 'failure' | 'hang') {
    super([{ from: 0, to: Number.POSITIVE_INFINITY, result }])
    this.#result = result
  }

  /** From this time since the start on. */
  from(span: Span): ProbeWords {
    return this.#during(readSpan(span, 'from'), Number.POSITIVE_INFINITY, 'from')
  }

  /** From the start until this time. */
  until(span: Span): ProbeWords {
    return this.#during(0, readSpan(span, 'until'), 'until')
  }

  /** From one time since the start until another. */
  between(from: Span, until: Span): ProbeWords {
    return this.#during(readSpan(from, 'between'), readSpan(until, 'between'), 'between')
  }

  #during(from: Milliseconds, to: Milliseconds, where: string): ProbeWords {
    if (to > from) return new ProbeWords([{ from, to, result: this.#result }])
    throw new PodwrightError({
      code: 'BEHAVIOUR_INVALID',
      where,
      problem: `expected an end after the beginning, got ${from}ms to ${to}ms`,
    })
  }
}

function answersOf(troubles: readonly Trouble[]): ProbeBehaviour {
  return normalSpans(
    troubles.flatMap(({ from, to, result }) =>
      to === Number.POSITIVE_INFINITY
        ? [{ from, result }]
        : [
            { from, result },
            { from: to, result: 'success' as const },
          ],
    ),
  )
}
