import { describe, expect, test } from 'vitest'
import { goQuote } from '../../src/api/index.js'
import type { Kind } from '../../src/model/index.js'
import { answersToSpecs, answerTo, type Json } from './answers.js'

describe('other objects', () => {
  test('a Service', () => {
    const ports = [{ port: 80 }]
    const changes = [
      {},
      { ports: [] },
      { ports: [{ port: 0 }] },
      { ports: [{ port: 80 }, { port: 81 }] },
      {
        ports: [
          { port: 80, name: 'a' },
          { port: 80, name: 'b' },
        ],
      },
      { ports: [{ port: 80, name: 'A_B', protocol: 'HTTP', targetPort: 'x_y' }] },
      { ports: [{ port: 80, nodePort: 30000 }] },
      { type: 'LoadBalanced' },
      { type: 'ExternalName' },
      { type: 'ExternalName', externalName: 'a_b', ports: [] },
      { type: 'ExternalName', externalName: 'example.com', clusterIP: '10.0.0.1' },
      { clusterIP: 'x' },
      { clusterIP: 'None', ports: [] },
      { sessionAffinity: 'Cookie' },
      { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } } },
      { externalIPs: ['127.0.0.1', 'x'] },
      { selector: { a: 'b c' } },
      { externalTrafficPolicy: 'Local' },
      { type: 'NodePort', externalTrafficPolicy: 'X' },
      { internalTrafficPolicy: 'X' },
      { loadBalancerSourceRanges: ['x'] },
      { ipFamilies: ['IPv5'], ipFamilyPolicy: 'Y' },
    ]
    expect(answersToSpecs('Service', { ports }, changes)).toMatchInlineSnapshot(`
      "
      {}
        valid
      {"ports":[]}
        Service "w" is invalid: spec.ports: Required value
      {"ports":[{"port":0}]}
        Service "w" is invalid: [spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive, spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive]
      {"ports":[{"port":80},{"port":81}]}
        Service "w" is invalid: [spec.ports[0].name: Required value, spec.ports[1].name: Required value]
      {"ports":[{"port":80,"name":"a"},{"port":80,"name":"b"}]}
        Service "w" is invalid: spec.ports[1]: Duplicate value: core.ServicePort{Name:"", Protocol:"TCP", AppProtocol:(*string)(nil), Port:80, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}
      {"ports":[{"port":80,"name":"A_B","protocol":"HTTP","targetPort":"x_y"}]}
        Service "w" is invalid: [spec.ports[0].name: Invalid value: "A_B": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), spec.ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP", spec.ports[0].targetPort: Invalid value: "x_y": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)]
      {"ports":[{"port":80,"nodePort":30000}]}
        Service "w" is invalid: spec.ports[0].nodePort: Forbidden: may not be used when \`type\` is 'ClusterIP'
      {"type":"LoadBalanced"}
        Service "w" is invalid: spec.type: Unsupported value: "LoadBalanced": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"
      {"type":"ExternalName"}
        Service "w" is invalid: spec.externalName: Required value
      {"type":"ExternalName","externalName":"a_b","ports":[]}
        Service "w" is invalid: spec.externalName: Invalid value: "a_b": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
      {"type":"ExternalName","externalName":"example.com","clusterIP":"10.0.0.1"}
        Service "w" is invalid: spec.clusterIPs: Forbidden: may not be set for ExternalName services
      {"clusterIP":"x"}
        Service "w" is invalid: spec.clusterIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
      {"clusterIP":"None","ports":[]}
        valid
      {"sessionAffinity":"Cookie"}
        Service "w" is invalid: spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"
      {"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":0}}}
        Service "w" is invalid: spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than 86400
      {"externalIPs":["127.0.0.1","x"]}
        Service "w" is invalid: [spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128), spec.externalIPs[1]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)]
      {"selector":{"a":"b c"}}
        Service "w" is invalid: spec.selector: Invalid value: "b c": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
      {"externalTrafficPolicy":"Local"}
        Service "w" is invalid: spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services
      {"type":"NodePort","externalTrafficPolicy":"X"}
        Service "w" is invalid: spec.externalTrafficPolicy: Unsupported value: "X": supported values: "Cluster", "Local"
      {"internalTrafficPolicy":"X"}
        Service "w" is invalid: spec.internalTrafficPolicy: Unsupported value: "X": supported values: "Cluster", "Local"
      {"loadBalancerSourceRanges":["x"]}
        Service "w" is invalid: [spec.LoadBalancerSourceRanges: Forbidden: may only be used when \`type\` is 'LoadBalancer', spec.LoadBalancerSourceRanges[0]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)]
      {"ipFamilies":["IPv5"],"ipFamilyPolicy":"Y"}
        Service "w" is invalid: [spec.ipFamilies[0]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6", spec.ipFamilyPolicy: Unsupported value: "Y": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"]
      "
    `)
    expect(
      answerTo('Service', { metadata: { name: '1a', namespace: 'default' }, spec: { ports } }),
    ).toMatchInlineSnapshot(
      `"Service "1a" is invalid: metadata.name: Invalid value: "1a": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"`,
    )
  })

  test('a ConfigMap and a Secret', () => {
    const answers = (kind: Kind, objects: readonly Json[]): string[] =>
      objects.map(object => answerTo(kind, { metadata: { name: 'w', namespace: 'default' }, ...object }))
    const configMaps = [
      { data: { 'a b': '' } },
      { data: { '..': '' } },
      { data: { a: '' }, binaryData: { a: '' } },
      { data: { a: 'x'.repeat(100) }, immutable: true },
    ]
    expect(answers('ConfigMap', configMaps)).toMatchInlineSnapshot(`
      [
        "ConfigMap "w" is invalid: data[a b]: Invalid value: "a b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
        "ConfigMap "w" is invalid: data[..]: Invalid value: "..": must not be '..'",
        "ConfigMap "w" is invalid: data[a]: Invalid value: "a": duplicate of key present in binaryData",
        "valid",
      ]
    `)
    const secrets = [
      { data: { 'a/b': 'eA==' } },
      { type: 'kubernetes.io/service-account-token' },
      { type: 'kubernetes.io/dockercfg' },
      { type: 'kubernetes.io/dockerconfigjson' },
      { type: 'kubernetes.io/basic-auth', stringData: { token: 'x' } },
      { type: 'kubernetes.io/ssh-auth' },
      { type: 'kubernetes.io/tls', stringData: { 'tls.crt': '' } },
    ]
    expect(answers('Secret', secrets)).toMatchInlineSnapshot(`
      [
        "Secret "w" is invalid: data[a/b]: Invalid value: "a/b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
        "Secret "w" is invalid: metadata.annotations[kubernetes.io/service-account.name]: Required value",
        "Secret "w" is invalid: data[.dockercfg]: Required value",
        "Secret "w" is invalid: data[.dockerconfigjson]: Required value",
        "Secret "w" is invalid: [data[username]: Required value, data[password]: Required value]",
        "Secret "w" is invalid: data[ssh-privatekey]: Required value",
        "Secret "w" is invalid: data[tls.key]: Required value",
      ]
    `)
    const big = answerTo('ConfigMap', {
      metadata: { name: 'c', namespace: 'default' },
      data: { a: 'x'.repeat(1048577) },
    })
    expect(big).toMatchInlineSnapshot(`"ConfigMap "c" is invalid: : Too long: may not be more than 1048576 bytes"`)
  })

  test('a PriorityClass, a Namespace, a Node and a PodDisruptionBudget', () => {
    const named = (name: string, rest: Json = {}): Json => ({ metadata: { name }, ...rest })
    expect([
      answerTo('PriorityClass', named('system-mine', { value: 1 })),
      answerTo('PriorityClass', named('high', { value: 1_000_000_001 })),
      answerTo('PriorityClass', named('high', { value: 1, preemptionPolicy: 'X' })),
      answerTo('Namespace', named('a.b')),
      answerTo(
        'Node',
        named('n', {
          spec: {
            taints: [
              { key: 'a', effect: 'X' },
              { key: 'a b', effect: 'NoSchedule' },
            ],
          },
        }),
      ),
      answerTo('PodDisruptionBudget', {
        metadata: { name: 'b', namespace: 'default' },
        spec: { minAvailable: 1, maxUnavailable: 'x%', selector: { matchLabels: { 'a b': 'c' } } },
      }),
    ]).toMatchInlineSnapshot(`
      [
        "PriorityClass.scheduling.k8s.io "system-mine" is invalid: metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-mine is not a known system priority class",
        "PriorityClass.scheduling.k8s.io "high" is invalid: value: Forbidden: maximum allowed value of a user defined priority is 1000000000",
        "PriorityClass.scheduling.k8s.io "high" is invalid: preemptionPolicy: Unsupported value: "X": supported values: "PreemptLowerPriority", "Never"",
        "Namespace "a.b" is invalid: metadata.name: Invalid value: "a.b": must not contain dots",
        "Node "n" is invalid: [spec.taints[0].effect: Unsupported value: "X": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute", spec.taints[1].key: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]",
        "PodDisruptionBudget.policy "b" is invalid: [spec: Invalid value: policy.PodDisruptionBudgetSpec{}: minAvailable and maxUnavailable cannot be both set, spec.maxUnavailable: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:"x%"}: a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%'), spec.selector.matchLabels: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]",
      ]
    `)
  })
})

test('text is quoted as Go quotes it', () => {
  expect(goQuote('a "b"\n\t\\ \u0000 \u007f é \u200b 😀')).toMatchInlineSnapshot(
    `""a \\"b\\"\\n\\t\\\\ \\x00 \\x7f é \\u200b 😀""`,
  )
})
