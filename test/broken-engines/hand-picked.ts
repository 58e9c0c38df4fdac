import { EMPTY_DOCUMENT, type ScenarioDocument } from '../../src/scenario/index.js'

const sidecar = (name: string) => ({ name, image: 'proxy:1', restartPolicy: 'Always' })
const pod = (spec: object, labels: Readonly<Record<string, string>> = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels },
  spec,
})

/** Scenarios that a random one seldom comes to. */
export const HAND_PICKED: readonly ScenarioDocument[] = [
  {
    ...EMPTY_DOCUMENT,
    name: 'two sidecars stop slowly, one after the other',
    objects: [
      pod({
        initContainers: [sidecar('first'), sidecar('second')],
        containers: [{ name: 'app', image: 'app:1' }],
      }),
    ],
    behaviours: ['first', 'second', 'app'].map(container => ({
      target: { name: 'web', container },
      behaviour: { onTerm: { exitAfter: 4000, exitCode: 0 } },
    })),
    steps: [{ at: 20_000, action: 'delete', subject: 'pod/web' }],
  },
]
