/**
 * The address of a pod belongs to its sandbox, which all of its containers share: a container that is restarted finds the address it
 * had, a sandbox that dies takes it along. The address is a field of the status, about which no expectation can be stated; so it is
 * read from the run.
 */

import { expect, test } from 'vitest'
import { type BuildScenario, crashes, runs, type Span, sandbox, scenario } from '../../src/index.js'

const addressOf = (build: BuildScenario, at: Span): string | undefined =>
  scenario('address', build).run().pod('web').at(at)?.status?.podIP

test('a pod has one address, however many containers it has', () => {
  // seeds 001 and 002: "containers of a pod share the network namespace, and have the same IP address"
  const web = scenario('address', s => s.pod('web', pod => pod.container('app', runs()).container('log', runs())))
    .run()
    .pod('web')
    .at('1m')
  expect(web?.status?.podIPs).toEqual([{ ip: web?.status?.podIP }])
})

test('a container that is restarted keeps the address of its pod', () => {
  const build: BuildScenario = s => s.pod('web', pod => pod.container('app', crashes().after('20s'), runs()))
  expect(addressOf(build, '1m')).toBe(addressOf(build, '10s'))
  expect(addressOf(build, '10s')).toBeDefined()
})

test('a pod whose sandbox died has another address', () => {
  const build: BuildScenario = s =>
    s.pod('web', pod => pod.container('app', runs()).sandbox(sandbox().diesAfter('20s')))
  expect(addressOf(build, '1m')).toBeDefined()
  expect(addressOf(build, '1m')).not.toBe(addressOf(build, '10s'))
})

test('a pod has no address before its sandbox is up', () => {
  const build: BuildScenario = s => s.pod('web', pod => pod.container('app', runs()).sandbox(sandbox().takes('20s')))
  expect(addressOf(build, '10s')).toBeUndefined()
  expect(addressOf(build, '30s')).toBeDefined()
})
