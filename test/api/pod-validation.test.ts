import { describe, expect, test } from 'vitest'
import { answerToPod, type Json } from './answers.js'

const answers = (specs: readonly Json[]): string =>
  `\n${specs.map(each => `${JSON.stringify(each)}\n  ${answerToPod(each)}`).join('\n')}\n`
const many = (field: string, values: readonly unknown[]): string => answers(values.map(value => ({ [field]: value })))
const eachIn = (field: string, values: readonly unknown[]): string =>
  many(
    field,
    values.map(value => [value]),
  )

describe('a pod', () => {
  test('has metadata as every object has', () => {
    const metadata = [
      { name: '' },
      { name: '', generateName: 'a_b' },
      { name: '', generateName: 'web-' },
      { namespace: 'A' },
      { namespace: '' },
      { labels: { '-a': 'b' } },
      { labels: { 'a/b/c': 'b' } },
      { labels: { a: '-b' } },
      { annotations: { 'A B': '' } },
      { annotations: { a: 'x'.repeat(262_144) } },
      { finalizers: ['keep'] },
      { finalizers: ['a b'] },
      { finalizers: ['foregroundDeletion', 'orphan'] },
      { ownerReferences: [{ apiVersion: 'v1', kind: 'Event', name: 'e', uid: 'u' }] },
      { ownerReferences: [{ apiVersion: '', kind: '', name: '', uid: '' }] },
      { generation: -1 },
      { annotations: { 'container.apparmor.security.beta.kubernetes.io/b': 'runtime/default' } },
      { annotations: { 'container.apparmor.security.beta.kubernetes.io/a': 'strict' } },
      { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'x' } },
    ]
    const shown = (each: Json): string => JSON.stringify(each).replace(/x{9,}/, 'x…')
    expect(
      `\n${metadata.map(each => `${shown(each)}\n  ${answerToPod({}, each)}`).join('\n')}\n`,
    ).toMatchInlineSnapshot(`
      "
      {"name":""}
        metadata.name: Required value: name or generateName is required
      {"name":"","generateName":"a_b"}
        metadata.generateName: Invalid value: "a_b": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
      {"name":"","generateName":"web-"}
        valid
      {"namespace":"A"}
        metadata.namespace: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
      {"namespace":""}
        metadata.namespace: Required value
      {"labels":{"-a":"b"}}
        metadata.labels: Invalid value: "-a": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"labels":{"a/b/c":"b"}}
        metadata.labels: Invalid value: "a/b/c": a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')
      {"labels":{"a":"-b"}}
        metadata.labels: Invalid value: "-b": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
      {"annotations":{"A B":""}}
        metadata.annotations: Invalid value: "A B": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"annotations":{"a":"x…"}}
        metadata.annotations: Too long: may not be more than 262144 bytes
      {"finalizers":["keep"]}
        metadata.finalizers[0]: Invalid value: "keep": name is neither a standard finalizer name nor is it fully qualified
      {"finalizers":["a b"]}
        [metadata.finalizers: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), metadata.finalizers[0]: Invalid value: "a b": name is neither a standard finalizer name nor is it fully qualified]
      {"finalizers":["foregroundDeletion","orphan"]}
        metadata.finalizers: Invalid value: []string{"foregroundDeletion", "orphan"}: finalizer orphan and foregroundDeletion cannot be both set
      {"ownerReferences":[{"apiVersion":"v1","kind":"Event","name":"e","uid":"u"}]}
        metadata.ownerReferences: Invalid value: v1.OwnerReference{APIVersion:"v1", Kind:"Event", Name:"e", UID:"u", Controller:(*bool)(nil), BlockOwnerDeletion:(*bool)(nil)}: /v1, Kind=Event is disallowed from being an owner
      {"ownerReferences":[{"apiVersion":"","kind":"","name":"","uid":""}]}
        [metadata.ownerReferences.apiVersion: Invalid value: "": version must not be empty, metadata.ownerReferences.kind: Invalid value: "": kind must not be empty, metadata.ownerReferences.name: Invalid value: "": name must not be empty, metadata.ownerReferences.uid: Invalid value: "": uid must not be empty]
      {"generation":-1}
        metadata.generation: Invalid value: -1: must be greater than or equal to 0
      {"annotations":{"container.apparmor.security.beta.kubernetes.io/b":"runtime/default"}}
        metadata.annotations[container.apparmor.security.beta.kubernetes.io/b]: Invalid value: "b": container not found
      {"annotations":{"container.apparmor.security.beta.kubernetes.io/a":"strict"}}
        metadata.annotations[container.apparmor.security.beta.kubernetes.io/a]: Invalid value: "strict": invalid AppArmor profile name: "strict"
      {"annotations":{"seccomp.security.alpha.kubernetes.io/pod":"x"}}
        metadata.annotations.seccomp.security.alpha.kubernetes.io/pod: Invalid value: "x": must be a valid seccomp profile
      "
    `)
  })

  test('has owners of which one is the controller', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'a', uid: 'u', controller: true }
    expect(answerToPod({}, { ownerReferences: [owner, { ...owner, name: 'b' }] })).toMatchInlineSnapshot(
      `"metadata.ownerReferences: Invalid value: []v1.OwnerReference{v1.OwnerReference{APIVersion:"apps/v1", Kind:"ReplicaSet", Name:"a", UID:"u", Controller:(*bool)(0xc000000000), BlockOwnerDeletion:(*bool)(nil)}, v1.OwnerReference{APIVersion:"apps/v1", Kind:"ReplicaSet", Name:"b", UID:"u", Controller:(*bool)(0xc000000000), BlockOwnerDeletion:(*bool)(nil)}}: Only one reference can have Controller set to true. Found "true" in references for ReplicaSet/a and ReplicaSet/b"`,
    )
  })

  test('has plain values within bounds', () => {
    expect(
      answers([
        { activeDeadlineSeconds: 0 },
        { activeDeadlineSeconds: 2147483648 },
        { subdomain: 'a.b' },
        { hostname: 'x'.repeat(64) },
        { nodeName: 'A' },
        { nodeSelector: { 'a b': 'c' } },
        { nodeSelector: { a: 'b c' } },
        { schedulerName: '' },
        { schedulerName: 'a_b' },
        { priorityClassName: 'A' },
        { preemptionPolicy: 'Maybe' },
        { runtimeClassName: 'A' },
        { overhead: { cpu: '-1' } },
        { overhead: { foo: '1' } },
        { imagePullSecrets: [{}] },
        { shareProcessNamespace: true, hostPID: true },
        { hostUsers: false, hostNetwork: true },
        { setHostnameAsFQDN: true },
        { containers: [] },
        { initContainers: [] },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"activeDeadlineSeconds":0}
        spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive
      {"activeDeadlineSeconds":2147483648}
        spec.activeDeadlineSeconds: Invalid value: 2147483648: must be between 1 and 2147483647, inclusive
      {"subdomain":"a.b"}
        spec.subdomain: Invalid value: "a.b": must not contain dots
      {"hostname":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}
        spec.hostname: Invalid value: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx": must be no more than 63 characters
      {"nodeName":"A"}
        spec.nodeName: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
      {"nodeSelector":{"a b":"c"}}
        spec.nodeSelector: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"nodeSelector":{"a":"b c"}}
        spec.nodeSelector: Invalid value: "b c": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
      {"schedulerName":""}
        valid
      {"schedulerName":"a_b"}
        valid
      {"priorityClassName":"A"}
        spec.priorityClassName: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
      {"preemptionPolicy":"Maybe"}
        spec.preemptionPolicy: Unsupported value: "Maybe": supported values: "PreemptLowerPriority", "Never"
      {"runtimeClassName":"A"}
        spec.runtimeClassName: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
      {"overhead":{"cpu":"-1"}}
        spec.overhead.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0
      {"overhead":{"foo":"1"}}
        [spec.overhead.limits[foo]: Invalid value: foo: must be a standard resource type or fully qualified, spec.overhead.limits[foo]: Invalid value: foo: must be a standard resource for containers]
      {"imagePullSecrets":[{}]}
        valid
      {"shareProcessNamespace":true,"hostPID":true}
        spec.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled
      {"hostUsers":false,"hostNetwork":true}
        spec.hostNetwork: Forbidden: when \`pod.Spec.HostUsers\` is false
      {"setHostnameAsFQDN":true}
        valid
      {"containers":[]}
        spec.containers: Required value
      {"initContainers":[]}
        valid
      "
    `)
  })

  test('has gates with names', () => {
    expect(eachIn('readinessGates', [{ conditionType: 'a b' }, { conditionType: '' }])).toMatchInlineSnapshot(`
      "
      {"readinessGates":[{"conditionType":"a b"}]}
        spec.readinessGates[0].conditionType: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"readinessGates":[{"conditionType":""}]}
        [spec.readinessGates[0].conditionType: Invalid value: "": name part must be non-empty, spec.readinessGates[0].conditionType: Invalid value: "": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]
      "
    `)
    expect(answerToPod({ schedulingGates: [{ name: 'a' }, { name: 'a' }] })).toMatchInlineSnapshot(
      `"spec.schedulingGates[1]: Duplicate value: "a""`,
    )
    expect(answerToPod({ schedulingGates: [{ name: '' }] })).toMatchInlineSnapshot(
      `"[spec.schedulingGates[0]: Invalid value: "": name part must be non-empty, spec.schedulingGates[0]: Invalid value: "": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]"`,
    )
  })

  test('tolerates taints that there may be', () => {
    expect(
      eachIn('tolerations', [
        { key: 'a b', operator: 'Exists' },
        { key: 'a', operator: 'Gt' },
        { key: 'a', operator: 'Equal', value: 'b c' },
        { key: 'a', effect: 'Never' },
        { operator: 'Exists', effect: 'NoExecute', tolerationSeconds: -1 },
        {},
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"tolerations":[{"key":"a b","operator":"Exists"}]}
        spec.tolerations[0].key: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"tolerations":[{"key":"a","operator":"Gt"}]}
        spec.tolerations[0].operator: Unsupported value: "Gt": supported values: "Equal", "Exists"
      {"tolerations":[{"key":"a","operator":"Equal","value":"b c"}]}
        spec.tolerations[0].operator: Invalid value: "b c": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
      {"tolerations":[{"key":"a","effect":"Never"}]}
        spec.tolerations[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"
      {"tolerations":[{"operator":"Exists","effect":"NoExecute","tolerationSeconds":-1}]}
        valid
      {"tolerations":[{}]}
        spec.tolerations[0].operator: Invalid value: "": operator must be Exists when \`key\` is empty, which means "match all values and all keys"
      "
    `)
  })

  test('has an affinity to nodes by terms that can be read', () => {
    const required = (term: Json): Json => ({
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } },
    })
    const preferred = (term: Json): Json => ({
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [term] },
    })
    expect(
      many('affinity', [
        { nodeAffinity: {} },
        required({}),
        required({ matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] }),
        required({ matchExpressions: [{ key: '', operator: 'Like' }] }),
        required({ matchExpressions: [{ key: 'a', operator: 'Gt', values: ['x'] }] }),
        required({ matchExpressions: [{ key: 'a', operator: 'In', values: ['b c'] }] }),
        required({ matchFields: [{ key: 'metadata.name', operator: 'Exists' }] }),
        required({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['A', 'b'] }] }),
        required({ matchFields: [{ key: 'spec.x', operator: 'In', values: ['a'] }] }),
        preferred({ weight: 0, preference: {} }),
        preferred({ weight: 101, preference: { matchExpressions: [{ key: 'a', operator: 'In' }] } }),
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"affinity":{"nodeAffinity":{}}}
        valid
      {"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{}]}}}}
        valid
      {"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"a","operator":"Exists","values":["b"]}]}]}}}}
        spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: Forbidden: may not be specified when \`operator\` is 'Exists' or 'DoesNotExist'
      {"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"","operator":"Like"}]}]}}}}
        [spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator: Invalid value: "Like": not a valid selector operator, spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].key: Invalid value: "": name part must be non-empty, spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].key: Invalid value: "": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]
      {"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"a","operator":"Gt","values":["x"]}]}]}}}}
        valid
      {"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"a","operator":"In","values":["b c"]}]}]}}}}
        valid
      {"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchFields":[{"key":"metadata.name","operator":"Exists"}]}]}}}}
        spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].operator: Invalid value: "Exists": not a valid selector operator
      {"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchFields":[{"key":"metadata.name","operator":"In","values":["A","b"]}]}]}}}}
        [spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].values: Required value: must be only one value when \`operator\` is 'In' or 'NotIn' for node field selector, spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].values[0]: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')]
      {"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchFields":[{"key":"spec.x","operator":"In","values":["a"]}]}]}}}}
        spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key: Invalid value: "spec.x": not a valid field selector key
      {"affinity":{"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":0,"preference":{}}]}}}
        spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100
      {"affinity":{"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":101,"preference":{"matchExpressions":[{"key":"a","operator":"In"}]}}]}}}
        [spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 101: must be in the range 1-100, spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].values: Required value: must be specified when \`operator\` is 'In' or 'NotIn']
      "
    `)
  })

  test('has an affinity to pods by terms that can be read', () => {
    const term = (fields: Json): Json => ({
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', ...fields }] },
    })
    expect(
      many('affinity', [
        term({}),
        term({ topologyKey: 'a b' }),
        term({ namespaces: ['A'] }),
        term({ labelSelector: { matchLabels: { 'a b': 'c' } } }),
        term({ labelSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }),
        term({ labelSelector: { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] } }),
        term({ namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } }),
        term({ matchLabelKeys: ['a'] }),
        term({ labelSelector: {}, matchLabelKeys: ['a b'], mismatchLabelKeys: ['a b'] }),
        { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, podAffinityTerm: {} }] } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"zone"}]}}}
        valid
      {"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"a b"}]}}}
        spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"zone","namespaces":["A"]}]}}}
        spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].namespace: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
      {"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"zone","labelSelector":{"matchLabels":{"a b":"c"}}}]}}}
        spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchLabels: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"zone","labelSelector":{"matchExpressions":[{"key":"a","operator":"In"}]}}]}}}
        spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchExpressions[0].values: Required value: must be specified when \`operator\` is 'In' or 'NotIn'
      {"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"zone","labelSelector":{"matchExpressions":[{"key":"a","operator":"Gt","values":["1"]}]}}]}}}
        spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchExpressions[0].operator: Invalid value: "Gt": not a valid selector operator
      {"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"zone","namespaceSelector":{"matchExpressions":[{"key":"a","operator":"Exists","values":["b"]}]}}]}}}
        spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].namespaceSelector.matchExpressions[0].values: Forbidden: may not be specified when \`operator\` is 'Exists' or 'DoesNotExist'
      {"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"zone","matchLabelKeys":["a"]}]}}}
        spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set
      {"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"zone","labelSelector":{},"matchLabelKeys":["a b"],"mismatchLabelKeys":["a b"]}]}}}
        [spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys[0]: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].mismatchLabelKeys[0]: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys[0]: Invalid value: "a b": exists in both matchLabelKeys and mismatchLabelKeys]
      {"affinity":{"podAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":101,"podAffinityTerm":{}}]}}}
        [spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 101: must be in the range 1-100, spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey: Required value: can not be empty, spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey: Invalid value: "": name part must be non-empty, spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey: Invalid value: "": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]
      "
    `)
  })

  test('is spread over domains that can be told apart', () => {
    const base = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }
    expect(
      eachIn('topologySpreadConstraints', [
        { ...base, maxSkew: 0 },
        { ...base, topologyKey: 'a b' },
        { ...base, whenUnsatisfiable: '' },
        { ...base, whenUnsatisfiable: 'Always' },
        { ...base, minDomains: 0 },
        { ...base, whenUnsatisfiable: 'ScheduleAnyway', minDomains: 2 },
        { ...base, nodeAffinityPolicy: 'X', nodeTaintsPolicy: 'Y' },
        { ...base, matchLabelKeys: ['a'] },
        { ...base, labelSelector: { matchLabels: { a: 'b' } }, matchLabelKeys: ['a'] },
        { ...base, labelSelector: { matchExpressions: [{ key: 'a', operator: 'X' }] } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"topologySpreadConstraints":[{"maxSkew":0,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule"}]}
        spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero
      {"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"a b","whenUnsatisfiable":"DoNotSchedule"}]}
        valid
      {"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":""}]}
        spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "": supported values: "DoNotSchedule", "ScheduleAnyway"
      {"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"Always"}]}
        spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "Always": supported values: "DoNotSchedule", "ScheduleAnyway"
      {"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule","minDomains":0}]}
        spec.topologySpreadConstraints[0].minDomains: Invalid value: 0: must be greater than zero
      {"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"ScheduleAnyway","minDomains":2}]}
        spec.topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway
      {"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule","nodeAffinityPolicy":"X","nodeTaintsPolicy":"Y"}]}
        [spec.topologySpreadConstraints[0].nodeAffinityPolicy: Unsupported value: "X": supported values: "Honor", "Ignore", spec.topologySpreadConstraints[0].nodeTaintsPolicy: Unsupported value: "Y": supported values: "Honor", "Ignore"]
      {"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule","matchLabelKeys":["a"]}]}
        spec.topologySpreadConstraints[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set
      {"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"a":"b"}},"matchLabelKeys":["a"]}]}
        spec.topologySpreadConstraints[0].matchLabelKeys[0]: Invalid value: "a": exists in both matchLabelKeys and labelSelector
      {"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchExpressions":[{"key":"a","operator":"X"}]}}]}
        spec.topologySpreadConstraints[0].labelSelector.matchExpressions[0].operator: Invalid value: "X": not a valid selector operator
      "
    `)
  })

  test('resolves names as can be', () => {
    expect(
      many('dnsConfig', [
        { nameservers: ['1.1.1.1', '2.2.2.2', '3.3.3.3', '4.4.4.4'] },
        { nameservers: ['dns.local'] },
        { searches: ['a_b', '-x'] },
        { options: [{}] },
        { searches: Array.from({ length: 33 }, (_, i) => `s${i}`) },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"dnsConfig":{"nameservers":["1.1.1.1","2.2.2.2","3.3.3.3","4.4.4.4"]}}
        spec.dnsConfig.nameservers: Invalid value: []string{"1.1.1.1", "2.2.2.2", "3.3.3.3", "4.4.4.4"}: must not have more than 3 nameservers
      {"dnsConfig":{"nameservers":["dns.local"]}}
        spec.dnsConfig.nameservers[0]: Invalid value: "dns.local": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
      {"dnsConfig":{"searches":["a_b","-x"]}}
        [spec.dnsConfig.searches[0]: Invalid value: "a_b": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'), spec.dnsConfig.searches[1]: Invalid value: "-x": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')]
      {"dnsConfig":{"options":[{}]}}
        spec.dnsConfig.options[0]: Required value: must not be empty
      {"dnsConfig":{"searches":["s0","s1","s2","s3","s4","s5","s6","s7","s8","s9","s10","s11","s12","s13","s14","s15","s16","s17","s18","s19","s20","s21","s22","s23","s24","s25","s26","s27","s28","s29","s30","s31","s32"]}}
        spec.dnsConfig.searches: Invalid value: []string{"s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27", "s28", "s29", "s30", "s31", "s32"}: must not have more than 32 search paths
      "
    `)
    expect(answerToPod({ dnsPolicy: 'None', dnsConfig: {} })).toMatchInlineSnapshot(
      `"spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when \`dnsPolicy\` is None"`,
    )
    expect(answerToPod({ hostAliases: [{ ip: 'x', hostnames: ['A'] }, { hostnames: ['a'] }] })).toMatchInlineSnapshot(
      `"[spec.hostAliases[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff), spec.hostAliases[0].hostnames[0]: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'), spec.hostAliases[1].ip: Invalid value: "": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)]"`,
    )
  })

  test('has a security context without contradictions', () => {
    expect(
      many('securityContext', [
        { runAsUser: 2147483648 },
        { runAsGroup: -1, fsGroup: -1, supplementalGroups: [1, -1] },
        { fsGroupChangePolicy: 'Sometimes' },
        { supplementalGroupsPolicy: 'Loose' },
        { seLinuxChangePolicy: 'X' },
        {
          sysctls: [
            { name: 'Kernel.X', value: '1' },
            { name: '', value: '1' },
          ],
        },
        {
          sysctls: [
            { name: 'kernel.sem', value: '1' },
            { name: 'kernel/sem', value: '1' },
          ],
        },
        { seccompProfile: { type: 'X' } },
        { appArmorProfile: { type: 'Localhost' } },
        { windowsOptions: { gmsaCredentialSpecName: 'A B' } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"securityContext":{"runAsUser":2147483648}}
        spec.securityContext.runAsUser: Invalid value: 2147483648: must be between 0 and 2147483647, inclusive
      {"securityContext":{"runAsGroup":-1,"fsGroup":-1,"supplementalGroups":[1,-1]}}
        [spec.securityContext.fsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive, spec.securityContext.runAsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive, spec.securityContext.supplementalGroups[1]: Invalid value: -1: must be between 0 and 2147483647, inclusive]
      {"securityContext":{"fsGroupChangePolicy":"Sometimes"}}
        spec.securityContext.fsGroupChangePolicy: Unsupported value: "Sometimes": supported values: "Always", "OnRootMismatch"
      {"securityContext":{"supplementalGroupsPolicy":"Loose"}}
        spec.securityContext.supplementalGroupsPolicy: Unsupported value: "Loose": supported values: "Merge", "Strict"
      {"securityContext":{"seLinuxChangePolicy":"X"}}
        spec.securityContext.seLinuxChangePolicy: Unsupported value: "X": supported values: "Recursive"
      {"securityContext":{"sysctls":[{"name":"Kernel.X","value":"1"},{"name":"","value":"1"}]}}
        [spec.securityContext.sysctls[0].name: Invalid value: "Kernel.X": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$, spec.securityContext.sysctls[1].name: Required value]
      {"securityContext":{"sysctls":[{"name":"kernel.sem","value":"1"},{"name":"kernel/sem","value":"1"}]}}
        valid
      {"securityContext":{"seccompProfile":{"type":"X"}}}
        spec.securityContext.seccompProfile.type: Unsupported value: "X": supported values: "Localhost", "RuntimeDefault", "Unconfined"
      {"securityContext":{"appArmorProfile":{"type":"Localhost"}}}
        spec.securityContext.appArmorProfile.localhostProfile: Required value: must be set when AppArmor type is Localhost
      {"securityContext":{"windowsOptions":{"gmsaCredentialSpecName":"A B"}}}
        spec.securityContext.windowsOptions.gmsaCredentialSpecName: Invalid value: "A B": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
      "
    `)
    const sysctls = [{ name: 'net.ipv4.tcp_syncookies', value: '1' }]
    expect(answerToPod({ hostNetwork: true, securityContext: { sysctls } })).toMatchInlineSnapshot(
      `"spec.securityContext.sysctls[0].name: Invalid value: "net.ipv4.tcp_syncookies": may not be specified when 'hostNetwork' is true"`,
    )
  })

  test('for an operating system has no fields of the other', () => {
    expect(
      answers([
        { os: {} },
        { os: { name: 'linux' }, securityContext: { windowsOptions: { hostProcess: false } } },
        { os: { name: 'windows' }, hostPID: true, securityContext: { runAsUser: 1, sysctls: [] } },
        { os: { name: 'windows' }, securityContext: { fsGroup: 1 }, shareProcessNamespace: true },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"os":{}}
        spec.os.name: Required value: cannot be empty
      {"os":{"name":"linux"},"securityContext":{"windowsOptions":{"hostProcess":false}}}
        spec.securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod
      {"os":{"name":"windows"},"hostPID":true,"securityContext":{"runAsUser":1,"sysctls":[]}}
        [spec.hostPID: Forbidden: cannot be set for a windows pod, spec.securityContext.runAsUser: Forbidden: cannot be set for a windows pod]
      {"os":{"name":"windows"},"securityContext":{"fsGroup":1},"shareProcessNamespace":true}
        [spec.securityContext.fsGroup: Forbidden: cannot be set for a windows pod, spec.shareProcessNamespace: Forbidden: cannot be set for a windows pod]
      "
    `)
  })

  test('claims devices that are named once', () => {
    expect(
      many('resourceClaims', [
        [{ name: 'a' }],
        [{ name: 'a', resourceClaimName: 'x', resourceClaimTemplateName: 'y' }],
        [{ name: 'A', resourceClaimName: 'X' }],
        [
          { name: 'a', resourceClaimName: 'x' },
          { name: 'a', resourceClaimName: 'y' },
        ],
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"resourceClaims":[{"name":"a"}]}
        spec.resourceClaims[0]: Invalid value: core.PodResourceClaim{Name:"a", ResourceClaimName:(*string)(nil), ResourceClaimTemplateName:(*string)(nil)}: must specify one of: \`resourceClaimName\`, \`resourceClaimTemplateName\`
      {"resourceClaims":[{"name":"a","resourceClaimName":"x","resourceClaimTemplateName":"y"}]}
        spec.resourceClaims[0]: Invalid value: core.PodResourceClaim{Name:"a", ResourceClaimName:(*string)(0xc000000000), ResourceClaimTemplateName:(*string)(0xc000000000)}: at most one of \`resourceClaimName\` or \`resourceClaimTemplateName\` may be specified
      {"resourceClaims":[{"name":"A","resourceClaimName":"X"}]}
        [spec.resourceClaims[0].name: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), spec.resourceClaims[0].resourceClaimName: Invalid value: "X": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')]
      {"resourceClaims":[{"name":"a","resourceClaimName":"x"},{"name":"a","resourceClaimName":"y"}]}
        spec.resourceClaims[1].name: Duplicate value: "a"
      "
    `)
  })

  test('has host ports that no other container has', () => {
    const port = { containerPort: 80, hostPort: 80 }
    const containers = ['a', 'b'].map(name => ({ name, image: 'app:1', ports: [port] }))
    expect(answerToPod({ containers })).toMatchInlineSnapshot(
      `"spec.containers[1].ports[0].hostPort: Duplicate value: "TCP//80""`,
    )
    const [first, second] = containers
    expect(answerToPod({ containers: [first], initContainers: [second] })).toMatchInlineSnapshot(`"valid"`)
  })

  test('mounts what it names', () => {
    const volumes = [{ name: 'v', secret: { secretName: 's' } }]
    const container = { name: 'a', image: 'app:1', volumeMounts: [{ name: 'w', mountPath: '/w' }] }
    expect(
      answerToPod({ volumes, containers: [container], initContainers: [{ ...container, name: 'i' }] }),
    ).toMatchInlineSnapshot(
      `"[spec.containers[0].volumeMounts[0].name: Not found: "w", spec.initContainers[0].volumeMounts[0].name: Not found: "w"]"`,
    )
  })
})
