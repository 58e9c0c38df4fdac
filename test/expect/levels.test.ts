import { describe, expect, test } from 'vitest'
import { type ContainerName, compileMonitors, type Level, type Occurrence } from '../../src/expect/index.js'
import { ROW } from '../../src/trace/index.js'
import { APP, Story, told, verdictOn, WEB } from './stories.js'

const app: ContainerName = { pod: 'web', container: 'app' }

/** At which tens of milliseconds a level becomes so and ceases to be: `+10 -30`. */
function turns(level: Level, tell: (story: Story) => void): string {
  const trace = told(tell)
  const isTurnAt = (of: Level, ms: number): boolean =>
    verdictOn({ kind: 'eventually', what: { kind: 'becomes', level: of }, bound: { kind: 'at', ms } }, trace) ===
    'holds'
  return [0, 10, 20, 30, 40, 50]
    .flatMap(ms => [
      ...(isTurnAt(level, ms) ? [`+${ms}`] : []),
      ...(isTurnAt({ kind: 'not', level }, ms) ? [`-${ms}`] : []),
    ])
    .join(' ')
}

describe('Levels', () => {
  test('what the store said of a pod is over when the pod is removed, and of its containers, too', () => {
    const tell = (story: Story): void => {
      story.at(10).phase(WEB, 'Running')
      story.condition(WEB, 'Ready', 'True')
      story.running(APP, 0)
      story.isReady()
      story.restarts(0)
      story.bound(WEB, 'node-1')
      story.at(20).isDeleted()
      story.at(30).isGone()
    }
    expect(turns({ kind: 'phase', pod: 'web', phase: 'Running' }, tell)).toBe('+10 -30')
    expect(turns({ kind: 'condition', pod: 'web', type: 'Ready', status: 'True' }, tell)).toBe('+10 -30')
    expect(turns({ kind: 'running', container: app }, tell)).toBe('+10 -30')
    expect(turns({ kind: 'ready', container: app }, tell)).toBe('+10 -30')
    expect(turns({ kind: 'restartCount', container: app, is: 'atMost', count: 0 }, tell)).toBe('+10 -30')
    expect(turns({ kind: 'scheduled', pod: 'web' }, tell)).toBe('+10 -30')
    expect(turns({ kind: 'terminating', pod: 'web' }, tell)).toBe('+20 -30')
    expect(turns({ kind: 'exists', pod: 'web' }, tell)).toBe('+0 -30')
  })

  test('a pod has a class of service and an address until it goes, whatever replaces its status', () => {
    const tell = (story: Story): void => {
      story.at(10).row(ROW.qosClass, WEB, story.symbols.intern('Burstable'))
      story.at(20).row(ROW.podIP, WEB, story.symbols.intern('10.0.0.1'))
      story.at(30).row(ROW.statusReplaced, WEB)
      story.at(40).row(ROW.podIP, WEB, story.symbols.intern('10.0.0.2'))
      story.at(50).isGone()
    }
    expect(turns({ kind: 'qosClass', pod: 'web', qosClass: 'Burstable' }, tell)).toBe('+10 -50')
    expect(turns({ kind: 'qosClass', pod: 'web', qosClass: 'Guaranteed' }, tell)).toBe('')
    expect(turns({ kind: 'podIP', pod: 'web' }, tell)).toBe('+20 -50')
    expect(turns({ kind: 'podIP', pod: 'web', ip: '10.0.0.1' }, tell)).toBe('+20 -40')
  })

  test('a status that is replaced takes conditions and containers with it', () => {
    const tell = (story: Story): void => {
      story.at(10).condition(WEB, 'Ready', 'False')
      story.waiting(APP, 'ContainerCreating')
      story.at(20).row(ROW.statusReplaced, WEB)
    }
    expect(turns({ kind: 'condition', pod: 'web', type: 'Ready', status: 'False' }, tell)).toBe('+10 -20')
    expect(turns({ kind: 'waiting', container: app }, tell)).toBe('+10 -20')
  })

  test('alive is the runtime’s clock: a process outlives what the store says, and a successor its predecessor', () => {
    const tell = (story: Story): void => {
      story.at(10).starts()
      story.isGone()
      story.at(20).starts()
      story.at(30).exits()
      story.at(40).exits()
    }
    expect(turns({ kind: 'alive', container: app }, tell)).toBe('+10 -40')
  })

  test('an endpoint is the pod’s address in the Service’s list', () => {
    const tell = (story: Story): void => {
      story.object('Service/default/web', { kind: 'Service', namespace: 'default', name: 'web' })
      const list = (text: string): number => story.row(ROW.endpoints, 'Service/default/web', story.symbols.intern(text))
      story.at(10).row(ROW.podIP, WEB, story.symbols.intern('10.0.0.1'))
      story.at(20)
      list('10.0.0.11 ready serving, 10.0.0.1')
      story.at(30)
      list('10.0.0.1 ready serving')
      story.at(40)
      list('10.0.0.1 serving terminating')
      story.isGone()
      story.at(50)
      list('')
    }
    expect(turns({ kind: 'endpoint', service: 'web', pod: 'web', condition: 'ready' }, tell)).toBe('+30 -40')
    expect(turns({ kind: 'endpoint', service: 'web', pod: 'web', condition: 'serving' }, tell)).toBe('+30 -50')
    expect(turns({ kind: 'endpoint', service: 'web', pod: 'web', condition: 'terminating' }, tell)).toBe('+40 -50')
  })

  test('a pod whose manifest names its node is scheduled from the beginning', () => {
    const story = new Story()
    story.object('Node/node-1', { kind: 'Node', namespace: '', name: 'node-1' })
    const bound = { name: 'bound', namespace: 'default' }
    story.createPod({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: bound,
      spec: { nodeName: 'node-1', containers: [] },
    } as never)
    const trace = story.build()
    const scheduled = (pod: string): string =>
      verdictOn({ kind: 'always', level: { kind: 'scheduled', pod, node: 'node-1' } }, trace)
    expect(scheduled('bound')).toBe('holds')
    expect(scheduled('web')).toBe('violated at 0 by row 1')
  })

  test('of several pods of one name each is bound in its own way', () => {
    const tell = (story: Story): void => {
      const node = story.symbols.intern('node-1')
      story.object('Node/node-1', { kind: 'Node', namespace: '', name: 'node-1' })
      story.object('Node/node-2', { kind: 'Node', namespace: '', name: 'node-2' })
      story.at(10).bound(WEB, 'node-2')
      story.at(20).isGone()
      story.at(30).row(ROW.created, WEB, 0, node)
      story.at(40).isGone()
      story.at(50).row(ROW.created, WEB)
    }
    expect(turns({ kind: 'scheduled', pod: 'web' }, tell)).toBe('+10 -20 +30 -40')
    expect(turns({ kind: 'scheduled', pod: 'web', node: 'node-1' }, tell)).toBe('+30 -40')
    expect(turns({ kind: 'scheduled', pod: 'web', node: 'node-2' }, tell)).toBe('+10 -20')
  })
})

describe('Occurrences', () => {
  const count = (what: Occurrence, tell: (story: Story) => void): number => {
    const trace = told(tell)
    return (
      [0, 1, 2, 3].find(times => verdictOn({ kind: 'count', is: 'exactly', count: times, what }, trace) === 'holds') ??
      -1
    )
  }

  test('a deletion counts once, however often it is asked for, and again for another pod of the name', () => {
    const deleted: Occurrence = { kind: 'deleted', pod: 'web' }
    expect(count(deleted, story => [1, 2].map(story.isDeleted))).toBe(1)
    expect(
      count(deleted, story => {
        story.isDeleted()
        story.isGone()
        story.row(ROW.created, WEB)
        story.isDeleted()
      }),
    ).toBe(2)
  })

  test('events of a pod are those of its containers, too', () => {
    const tell = (story: Story): void => {
      story.event(WEB, 'Normal', 'Scheduled', '')
      story.event(APP, 'Warning', 'BackOff', '')
      story.event('Pod/default/web-2', 'Warning', 'BackOff', '')
    }
    expect(count({ kind: 'event', pod: 'web', reason: 'BackOff' }, tell)).toBe(1)
    expect(count({ kind: 'event', pod: 'web', reason: 'Scheduled', container: 'app' }, tell)).toBe(0)
  })

  test('pulls that fail are not pulls that succeed', () => {
    const tell = (story: Story): void => {
      story.row(ROW.pullStart, WEB, story.symbols.intern('app:1'))
      story.row(ROW.pullEnd, WEB, story.symbols.intern('app:1'), story.symbols.intern('not found'))
      story.row(ROW.pullEnd, WEB, story.symbols.intern('app:1'))
    }
    expect(count({ kind: 'pullStarted', pod: 'web' }, tell)).toBe(1)
    expect(count({ kind: 'pullFailed', pod: 'web', image: 'app:1' }, tell)).toBe(1)
    expect(count({ kind: 'pulled', pod: 'web', image: 'app:1' }, tell)).toBe(1)
    expect(count({ kind: 'pulled', pod: 'web', image: 'app:2' }, tell)).toBe(0)
  })

  test('when asks for the level right after the row', () => {
    const killed: Occurrence = { kind: 'signalled', container: app, signal: 'SIGKILL' }
    const what: Occurrence = { kind: 'when', occurrence: killed, level: { kind: 'terminating', pod: 'web' } }
    expect(
      count(what, story => {
        story.kills()
        story.isDeleted()
        story.kills()
      }),
    ).toBe(1)
  })
})

describe('A set of monitors', () => {
  test('tells when all is decided, and begins anew with every run', () => {
    const story = new Story()
    const starts: Occurrence = { kind: 'started', container: { pod: 'default/web', container: 'app' } }
    const monitors = compileMonitors(
      [
        { kind: 'eventually', what: starts, bound: { kind: 'within', ms: 10 } },
        { kind: 'never', what: starts },
      ],
      story.symbols,
    )
    const object = story.symbols.intern(APP)
    expect(monitors.isDecided).toBe(false)
    monitors.row(0, 11, ROW.exit, object, 0, 0, 0, -1)
    expect([monitors.hasDecided(0), monitors.hasDecided(1), monitors.isDecided]).toEqual([true, false, false])
    monitors.row(1, 12, ROW.containerStart, object, 0, 0, 0, 0)
    expect(monitors.isDecided).toBe(true)
    expect(monitors.finish(20, 'horizon').map(({ kind }) => kind)).toEqual(['violated', 'violated'])
    monitors.reset()
    expect(monitors.isDecided).toBe(false)
    expect(monitors.finish(5, 'horizon').map(({ kind }) => kind)).toEqual(['open', 'holds'])
  })

  test('refuses clauses that are not resolved', () => {
    expect(() =>
      compileMonitors([{ kind: 'phases', pod: 'web', phases: [] }], new Story().symbols),
    ).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: clause: expected names such as default/web, got "web"
        hint: resolveClauses makes them out of the names that people write]
    `)
    const each = {
      kind: 'eachContainer',
      pod: 'default/web',
      clause: { kind: 'monotonic', container: { container: '@each' } },
    } as const
    expect(() => compileMonitors([each], new Story().symbols)).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: clause: expected a clause for each container of default/web, got eachContainer
        hint: resolveClauses makes or refuses it]
    `)
  })
})
