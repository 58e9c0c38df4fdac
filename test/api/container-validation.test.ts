import { describe, expect, test } from 'vitest'
import { answersToContainers, answerToPod, type Json } from './answers.js'

const probe = (fields: Json, name = 'livenessProbe'): Json => ({ [name]: { exec: { command: ['true'] }, ...fields } })
const preStop = (handler: Json): Json => ({ lifecycle: { preStop: handler } })

describe('a container', () => {
  test('has a name, an image and policies of those there are', () => {
    const containers = [
      { name: 'A' },
      { name: '' },
      { image: '' },
      { image: ' app:1' },
      { imagePullPolicy: 'Sometimes' },
    ]
    expect(
      answersToContainers([...containers, { terminationMessagePolicy: 'Pipe' }, { restartPolicy: 'Always' }]),
    ).toMatchInlineSnapshot(`
      "
      {"name":"A"}
        spec.containers[0].name: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
      {"name":""}
        spec.containers[0].name: Required value
      {"image":""}
        spec.containers[0].image: Required value
      {"image":" app:1"}
        spec.containers[0].image: Invalid value: " app:1": must not have leading or trailing whitespace
      {"imagePullPolicy":"Sometimes"}
        spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"
      {"terminationMessagePolicy":"Pipe"}
        spec.containers[0].terminationMessagePolicy: Unsupported value: "Pipe": supported values: "File", "FallbackToLogsOnError"
      {"restartPolicy":"Always"}
        spec.containers[0].restartPolicy: Forbidden: may not be set for non-init containers
      "
    `)
  })

  test('has ports of its own', () => {
    const ports = [
      [{ containerPort: 80, name: 'Web' }],
      [{ containerPort: 80, name: '80' }],
      [{ containerPort: 80, name: 'a--b' }],
      [{ containerPort: 65536 }],
      [{ containerPort: 80, hostIP: 'localhost' }],
      [
        { containerPort: 80, hostPort: 80 },
        { containerPort: 81, hostPort: 80 },
      ],
      [
        { containerPort: 80, protocol: 'UDP', hostPort: 80 },
        { containerPort: 81, hostPort: 80 },
      ],
    ]
    expect(answersToContainers(ports.map(each => ({ ports: each })))).toMatchInlineSnapshot(`
      "
      {"ports":[{"containerPort":80,"name":"Web"}]}
        spec.containers[0].ports[0].name: Invalid value: "Web": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)
      {"ports":[{"containerPort":80,"name":"80"}]}
        spec.containers[0].ports[0].name: Invalid value: "80": must contain at least one letter (a-z)
      {"ports":[{"containerPort":80,"name":"a--b"}]}
        spec.containers[0].ports[0].name: Invalid value: "a--b": must not contain consecutive hyphens
      {"ports":[{"containerPort":65536}]}
        spec.containers[0].ports[0].containerPort: Invalid value: 65536: must be between 1 and 65535, inclusive
      {"ports":[{"containerPort":80,"hostIP":"localhost"}]}
        valid
      {"ports":[{"containerPort":80,"hostPort":80},{"containerPort":81,"hostPort":80}]}
        spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//80"
      {"ports":[{"containerPort":80,"protocol":"UDP","hostPort":80},{"containerPort":81,"hostPort":80}]}
        valid
      "
    `)
  })

  test('on the network of its host has the ports of the host', () => {
    expect(
      answersToContainers([{ ports: [{ containerPort: 80, hostPort: 81 }] }, { ports: [{ containerPort: 80 }] }], {
        hostNetwork: true,
      }),
    ).toMatchInlineSnapshot(`
      "
      {"ports":[{"containerPort":80,"hostPort":81}]}
        spec.containers[0].ports[0].hostPort: Invalid value: 81: must match \`containerPort\` when \`hostNetwork\` is true
      {"ports":[{"containerPort":80}]}
        valid
      "
    `)
  })

  test('gets its environment from sources that exist', () => {
    const env = [
      { name: '' },
      { name: 'A', valueFrom: {} },
      { name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' }, secretKeyRef: { name: 's', key: 'k' } } },
      { name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.nam' } } },
      { name: 'A', valueFrom: { fieldRef: { fieldPath: '' } } },
      { name: 'A', valueFrom: { fieldRef: { fieldPath: "metadata.labels['a b']" } } },
      { name: 'A', valueFrom: { fieldRef: { apiVersion: 'v2', fieldPath: 'metadata.name' } } },
      { name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.gpu' } } },
      { name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '3' } } },
      { name: 'A', valueFrom: { configMapKeyRef: { key: 'a b' } } },
      { name: 'A', valueFrom: { secretKeyRef: { name: 's', key: '..' } } },
    ]
    expect(answersToContainers(env.map(each => ({ env: [each] })))).toMatchInlineSnapshot(`
      "
      {"env":[{"name":""}]}
        spec.containers[0].env[0].name: Required value
      {"env":[{"name":"A","valueFrom":{}}]}
        spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: \`fieldRef\`, \`resourceFieldRef\`, \`configMapKeyRef\` or \`secretKeyRef\`
      {"env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"},"secretKeyRef":{"name":"s","key":"k"}}}]}
        spec.containers[0].env[0].valueFrom: Invalid value: "": may not have more than one field specified at a time
      {"env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"metadata.nam"}}}]}
        spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.nam": error converting fieldPath: field label not supported: metadata.nam
      {"env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":""}}}]}
        spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Required value
      {"env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels['a b']"}}}]}
        spec.containers[0].env[0].valueFrom.fieldRef: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"env":[{"name":"A","valueFrom":{"fieldRef":{"apiVersion":"v2","fieldPath":"metadata.name"}}}]}
        spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.name": error converting fieldPath: unsupported pod version: v2
      {"env":[{"name":"A","valueFrom":{"resourceFieldRef":{"resource":"limits.gpu"}}}]}
        spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"
      {"env":[{"name":"A","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu","divisor":"3"}}}]}
        spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource
      {"env":[{"name":"A","valueFrom":{"configMapKeyRef":{"key":"a b"}}}]}
        [spec.containers[0].env[0].valueFrom.configMapKeyRef.name: Invalid value: "": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'), spec.containers[0].env[0].valueFrom.configMapKeyRef.key: Invalid value: "a b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')]
      {"env":[{"name":"A","valueFrom":{"secretKeyRef":{"name":"s","key":".."}}}]}
        spec.containers[0].env[0].valueFrom.secretKeyRef.key: Invalid value: "..": must not be '..'
      "
    `)
    const from = [{}, { prefix: 'a=' }, { configMapRef: {} }, { configMapRef: { name: 'a' }, secretRef: { name: 'b' } }]
    expect(answersToContainers(from.map(each => ({ envFrom: [each] })))).toMatchInlineSnapshot(`
      "
      {"envFrom":[{}]}
        spec.containers[0].envFrom: Invalid value: "": must specify one of: \`configMapRef\` or \`secretRef\`
      {"envFrom":[{"prefix":"a="}]}
        [spec.containers[0].envFrom[0].prefix: Invalid value: "a=": a valid environment variable name must consist only of printable ASCII characters other than '=', spec.containers[0].envFrom: Invalid value: "": must specify one of: \`configMapRef\` or \`secretRef\`]
      {"envFrom":[{"configMapRef":{}}]}
        spec.containers[0].envFrom[0].configMapRef.name: Required value
      {"envFrom":[{"configMapRef":{"name":"a"},"secretRef":{"name":"b"}}]}
        spec.containers[0].envFrom: Invalid value: "": may not have more than one field specified at a time
      "
    `)
  })

  test('has probes with one handler each and numbers that make sense', () => {
    expect(
      answersToContainers([
        probe({ timeoutSeconds: -1 }),
        probe({ periodSeconds: -1, successThreshold: -1 }),
        probe({ terminationGracePeriodSeconds: 0 }),
        probe({ exec: undefined, httpGet: { port: 80, path: '', scheme: 'FTP' } }),
        probe({ exec: undefined, httpGet: { port: 'a--b', httpHeaders: [{ name: '' }] } }),
        probe({ exec: undefined, tcpSocket: { port: '12345678901234567' } }),
        probe({ exec: undefined, grpc: { port: 0 } }),
        probe({ successThreshold: 3 }, 'startupProbe'),
        probe({ successThreshold: 3 }, 'readinessProbe'),
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"livenessProbe":{"exec":{"command":["true"]},"timeoutSeconds":-1}}
        spec.containers[0].livenessProbe.timeoutSeconds: Invalid value: -1: must be greater than or equal to 0
      {"livenessProbe":{"exec":{"command":["true"]},"periodSeconds":-1,"successThreshold":-1}}
        [spec.containers[0].livenessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0, spec.containers[0].livenessProbe.successThreshold: Invalid value: -1: must be greater than or equal to 0, spec.containers[0].livenessProbe.successThreshold: Invalid value: -1: must be 1]
      {"livenessProbe":{"exec":{"command":["true"]},"terminationGracePeriodSeconds":0}}
        spec.containers[0].livenessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0
      {"livenessProbe":{"httpGet":{"port":80,"path":"","scheme":"FTP"}}}
        spec.containers[0].livenessProbe.httpGet.scheme: Unsupported value: "FTP": supported values: "HTTP", "HTTPS"
      {"livenessProbe":{"httpGet":{"port":"a--b","httpHeaders":[{"name":""}]}}}
        [spec.containers[0].livenessProbe.httpGet.port: Invalid value: "a--b": must not contain consecutive hyphens, spec.containers[0].livenessProbe.httpGet.httpHeaders: Invalid value: "": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')]
      {"livenessProbe":{"tcpSocket":{"port":"12345678901234567"}}}
        [spec.containers[0].livenessProbe.tcpSocket.port: Invalid value: "12345678901234567": must be no more than 15 characters, spec.containers[0].livenessProbe.tcpSocket.port: Invalid value: "12345678901234567": must contain at least one letter (a-z)]
      {"livenessProbe":{"grpc":{"port":0}}}
        spec.containers[0].livenessProbe.grpc.port: Invalid value: 0: must be between 1 and 65535, inclusive
      {"startupProbe":{"exec":{"command":["true"]},"successThreshold":3}}
        spec.containers[0].startupProbe.successThreshold: Invalid value: 3: must be 1
      {"readinessProbe":{"exec":{"command":["true"]},"successThreshold":3}}
        valid
      "
    `)
  })

  test('has hooks with one handler each', () => {
    expect(
      answersToContainers([
        preStop({}),
        preStop({ sleep: { seconds: 31 } }),
        preStop({ sleep: { seconds: 30 } }),
        preStop({ tcpSocket: { port: 0 } }),
        preStop({ httpGet: { port: 80 }, sleep: { seconds: 1 } }),
        { lifecycle: { postStart: { exec: {} } } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"lifecycle":{"preStop":{}}}
        spec.containers[0].lifecycle.preStop: Required value: must specify a handler type
      {"lifecycle":{"preStop":{"sleep":{"seconds":31}}}}
        spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be greater than 0 and less than terminationGracePeriodSeconds (30). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.
      {"lifecycle":{"preStop":{"sleep":{"seconds":30}}}}
        valid
      {"lifecycle":{"preStop":{"tcpSocket":{"port":0}}}}
        spec.containers[0].lifecycle.preStop.tcpSocket.port: Invalid value: 0: must be between 1 and 65535, inclusive
      {"lifecycle":{"preStop":{"httpGet":{"port":80},"sleep":{"seconds":1}}}}
        spec.containers[0].lifecycle.preStop.sleep: Forbidden: may not specify more than 1 handler type
      {"lifecycle":{"postStart":{"exec":{}}}}
        spec.containers[0].lifecycle.postStart.exec.command: Required value
      "
    `)
    expect(
      answersToContainers([preStop({ sleep: { seconds: 5 } })], { terminationGracePeriodSeconds: 4 }),
    ).toMatchInlineSnapshot(`
      "
      {"lifecycle":{"preStop":{"sleep":{"seconds":5}}}}
        spec.containers[0].lifecycle.preStop.sleep: Invalid value: 5: must be greater than 0 and less than terminationGracePeriodSeconds (4). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.
      "
    `)
  })
})

describe('init containers', () => {
  const init = (container: Json): string => answerToPod({ initContainers: [{ name: 'i', image: 'i:1', ...container }] })

  test('have no probes unless they are sidecars', () => {
    const exec = { command: ['true'] }
    expect([
      init({ livenessProbe: { exec } }),
      init({ startupProbe: { exec }, restartPolicy: 'OnFailure' }),
      init({ livenessProbe: { exec }, startupProbe: { exec }, restartPolicy: 'Always' }),
      init({ lifecycle: { preStop: { exec } }, restartPolicy: 'Always' }),
      init({ readinessProbe: {}, restartPolicy: 'Always' }),
    ]).toMatchInlineSnapshot(`
      [
        "spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always",
        "[spec.initContainers[0].restartPolicy: Unsupported value: "OnFailure": supported values: "Always", spec.initContainers[0].startupProbe: Forbidden: may not be set for init containers without restartPolicy=Always]",
        "valid",
        "valid",
        "spec.initContainers[0].readinessProbe: Required value: must specify a handler type",
      ]
    `)
  })

  test('have names that no other container has', () => {
    const two = [
      { name: 'i', image: 'i:1' },
      { name: 'i', image: 'i:1' },
    ]
    expect(answerToPod({ initContainers: two })).toMatchInlineSnapshot(
      `"spec.initContainers[1].name: Duplicate value: "i""`,
    )
    expect(answerToPod({ containers: [...two, { name: 'j' }] })).toMatchInlineSnapshot(
      `"[spec.containers[1].name: Duplicate value: "i", spec.containers[2].image: Required value]"`,
    )
  })
})

test('ephemeral containers are not part of a new pod', () => {
  expect(answerToPod({ ephemeralContainers: [{ name: 'debug', image: 'd:1' }] })).toMatchInlineSnapshot(
    `"spec.ephemeralContainers: Forbidden: cannot be set on create"`,
  )
  expect(
    answerToPod({
      ephemeralContainers: [{ name: 'a', image: '', targetContainerName: 'b', resources: { limits: { cpu: 1 } } }],
    }),
  ).toMatchInlineSnapshot(
    `"[spec.ephemeralContainers[0].image: Required value, spec.ephemeralContainers[0].name: Duplicate value: "a", spec.ephemeralContainers[0].targetContainerName: Not found: "b", spec.ephemeralContainers[0].resources: Forbidden: cannot be set for an Ephemeral Container, spec.ephemeralContainers: Forbidden: cannot be set on create]"`,
  )
})
