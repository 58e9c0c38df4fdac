import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatLawBreach, fuzzLaws, planOf, scenarios } from '../../src/fuzz/index.js'
import { run } from '../../src/spec/index.js'
import { ROW } from '../../src/trace/index.js'

test('a breach is told with its findings, the scenario as a file, and the command that runs it', () => {
  // A made-up law: no preStop hook is ever begun.
  const begins = (scenario: Parameters<typeof planOf>[0], seed: number): boolean => {
    const { rows } = run(planOf(scenario), { seed })
    for (let number = 0; number < rows.length; number++) {
      const { kind, b } = rows.at(number)
      if (kind === ROW.hookStart && b === 1) return true
    }
    return false
  }
  const holds = fc.property(scenarios(), fc.nat(999_999), (scenario, seed) => !begins(scenario, seed))
  const { counterexample } = fc.check(holds, { seed: 1, numRuns: 500 })
  const [scenario, seed] = counterexample!
  const finding = { law: 'no-pre-stop', time: 0, row: 0, trigger: -1, object: 'Pod/default/web', text: 'preStop runs' }
  expect(formatLawBreach({ scenario, seed, findings: [finding] })).toMatchInlineSnapshot(`
    "no-pre-stop: preStop runs

    apiVersion: podwright.dev/v1
    kind: Scenario
    spec:
      kubernetes: "1.31"
      nodes:
        - name: node-a
          labels:
            disk: ssd
      horizon: 1m
      behaviours:
        - "web/app-0: preStop takes 0s"
        - "web/*: sandbox dies after 0s"
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: app-0
          image: app:1
          ports:
            - containerPort: 8080
          lifecycle:
            preStop:
              exec:
                command:
                  - hook
                  - preStop
      restartPolicy: Always

    podwright run scenario.yaml --seed 0"
  `)
}, 120_000)

test('a run that ends in an error is told by the error', () => {
  const text = formatLawBreach({
    scenario: fc.sample(scenarios(), { seed: 1, numRuns: 1 })[0],
    seed: 3,
    findings: [],
    error: new Error('no process'),
  })
  expect(text).toMatch(
    /^Error: no process\n\napiVersion: podwright.dev\/v1\n[\s\S]*\n\npodwright run scenario.yaml --seed 3$/,
  )
})

test('a campaign is drawn from its seed, and laws can be left out of it', () => {
  const digests = (seed: number): string[] => {
    const seen: string[] = []
    const { runs, breach } = fuzzLaws({
      runs: 10,
      seed,
      off: ['event-counts-grow'],
      observe: trace => seen.push(trace.digest),
    })
    expect({ runs, breach }).toEqual({ runs: 10, breach: undefined })
    return seen
  }
  expect(digests(1)).toEqual(digests(1))
  expect(digests(1)).not.toEqual(digests(2))
  expect(() => fuzzLaws({ runs: 1, off: ['event-count-grows'] })).toThrow('event-counts-grow')
}, 120_000)
