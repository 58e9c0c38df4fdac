import { describe, expect, test } from 'vitest'
import { answersToContainers, answerToContainer } from './answers.js'

describe('a container', () => {
  test('asks for resources that there are', () => {
    const resources = [
      { requests: { cpu: '-1' } },
      { limits: { memory: '-1Mi' } },
      { requests: { cpu: '1u' } },
      { requests: { memory: '1.5' } },
      { requests: { pods: '1' } },
      { requests: { 'requests.cpu': '1' } },
      { requests: { 'example.com/a_': '1' } },
      { limits: { 'example.com/gpu': '1.5' } },
      { limits: { 'example.com/gpu': '2' }, requests: { 'example.com/gpu': '1' } },
      { limits: { 'kubernetes.io/gpu': '1' } },
      { limits: { 'hugepages-2Mi': '2Mi' }, requests: { cpu: '1' } },
      { limits: { 'hugepages-2Mi': '3Mi', cpu: '1' } },
      { limits: { cpu: '1' }, requests: { cpu: '2' } },
      { claims: [{ name: 'gpu' }] },
    ]
    expect(answersToContainers(resources.map(each => ({ resources: each })))).toMatchInlineSnapshot(`
      "
      {"resources":{"requests":{"cpu":"-1"}}}
        spec.containers[0].resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0
      {"resources":{"limits":{"memory":"-1Mi"}}}
        [spec.containers[0].resources.limits[memory]: Invalid value: "-1Mi": must be greater than or equal to 0, spec.containers[0].resources.requests[memory]: Invalid value: "-1Mi": must be greater than or equal to 0]
      {"resources":{"requests":{"cpu":"1u"}}}
        valid
      {"resources":{"requests":{"memory":"1.5"}}}
        valid
      {"resources":{"requests":{"pods":"1"}}}
        spec.containers[0].resources.requests[pods]: Invalid value: pods: must be a standard resource for containers
      {"resources":{"requests":{"requests.cpu":"1"}}}
        spec.containers[0].resources.requests[requests.cpu]: Invalid value: requests.cpu: must be a standard resource for containers
      {"resources":{"requests":{"example.com/a_":"1"}}}
        [spec.containers[0].resources.requests[example.com/a_]: Invalid value: example.com/a_: name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), spec.containers[0].resources.requests[example.com/a_]: Invalid value: example.com/a_: doesn't follow extended resource name standard, spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources]
      {"resources":{"limits":{"example.com/gpu":"1.5"}}}
        [spec.containers[0].resources.limits[example.com/gpu]: Invalid value: resource.Quantity{i:resource.int64Amount{value:15, scale:-1}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"", Format:"DecimalSI"}: must be an integer, spec.containers[0].resources.requests[example.com/gpu]: Invalid value: resource.Quantity{i:resource.int64Amount{value:15, scale:-1}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"", Format:"DecimalSI"}: must be an integer]
      {"resources":{"limits":{"example.com/gpu":"2"},"requests":{"example.com/gpu":"1"}}}
        spec.containers[0].resources.requests: Invalid value: "1": must be equal to example.com/gpu limit of 2
      {"resources":{"limits":{"kubernetes.io/gpu":"1"}}}
        valid
      {"resources":{"limits":{"hugepages-2Mi":"2Mi"},"requests":{"cpu":"1"}}}
        valid
      {"resources":{"limits":{"hugepages-2Mi":"3Mi","cpu":"1"}}}
        [spec.containers[0].resources.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi, spec.containers[0].resources.requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi]
      {"resources":{"limits":{"cpu":"1"},"requests":{"cpu":"2"}}}
        spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1
      {"resources":{"claims":[{"name":"gpu"}]}}
        spec.containers[0].resources.claims[0]: Not found: "gpu": must be one of the names in pod.spec.resourceClaims which is empty
      "
    `)
  })

  test('is resized as is possible', () => {
    expect(
      answersToContainers([
        { resizePolicy: [{ resourceName: 'disk', restartPolicy: 'NotRequired' }] },
        { resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'Maybe' }] },
        {
          resizePolicy: [
            { resourceName: 'cpu', restartPolicy: 'NotRequired' },
            { resourceName: 'cpu', restartPolicy: '' },
          ],
        },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"resizePolicy":[{"resourceName":"disk","restartPolicy":"NotRequired"}]}
        spec.containers[0].resizePolicy: Unsupported value: disk: supported values: "cpu", "memory"
      {"resizePolicy":[{"resourceName":"cpu","restartPolicy":"Maybe"}]}
        spec.containers[0].resizePolicy: Unsupported value: "Maybe": supported values: "NotRequired", "RestartContainer"
      {"resizePolicy":[{"resourceName":"cpu","restartPolicy":"NotRequired"},{"resourceName":"cpu","restartPolicy":""}]}
        [spec.containers[0].resizePolicy[1]: Duplicate value: cpu, spec.containers[0].resizePolicy: Required value]
      "
    `)
    const restart = [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }]
    expect(answerToContainer({ resizePolicy: restart }, { restartPolicy: 'Never' })).toMatchInlineSnapshot(
      `"spec.containers[0].resizePolicy: Invalid value: "RestartContainer": must be 'NotRequired' when \`restartPolicy\` is 'Never'"`,
    )
  })

  test('has a security context without contradictions', () => {
    const contexts = [
      { runAsGroup: -1 },
      { procMount: 'Open' },
      { procMount: 'Unmasked' },
      { privileged: true, allowPrivilegeEscalation: false },
      { capabilities: { add: ['CAP_SYS_ADMIN'] }, allowPrivilegeEscalation: false },
      { seccompProfile: { type: 'Localhost' } },
      { seccompProfile: { type: 'RuntimeDefault', localhostProfile: 'a.json' } },
      { seccompProfile: { type: 'Localhost', localhostProfile: '../a.json' } },
      { appArmorProfile: { type: 'Custom' } },
      { appArmorProfile: { type: 'Localhost', localhostProfile: ' a ' } },
      { windowsOptions: { runAsUserName: '' } },
      { windowsOptions: { hostProcess: true } },
    ]
    expect(answersToContainers(contexts.map(securityContext => ({ securityContext })))).toMatchInlineSnapshot(`
      "
      {"securityContext":{"runAsGroup":-1}}
        spec.containers[0].securityContext.runAsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive
      {"securityContext":{"procMount":"Open"}}
        spec.containers[0].securityContext.procMount: Unsupported value: "Open": supported values: "Default", "Unmasked"
      {"securityContext":{"procMount":"Unmasked"}}
        spec.containers[0].securityContext.procMount: Invalid value: "Unmasked": \`hostUsers\` must be false to use \`Unmasked\`
      {"securityContext":{"privileged":true,"allowPrivilegeEscalation":false}}
        spec.containers[0].securityContext: Invalid value: core.SecurityContext{Capabilities:(*core.Capabilities)(nil), Privileged:(*bool)(0xc000000000), SELinuxOptions:(*core.SELinuxOptions)(nil), WindowsOptions:(*core.WindowsSecurityContextOptions)(nil), RunAsUser:(*int64)(nil), RunAsGroup:(*int64)(nil), RunAsNonRoot:(*bool)(nil), ReadOnlyRootFilesystem:(*bool)(nil), AllowPrivilegeEscalation:(*bool)(0xc000000000), ProcMount:(*core.ProcMountType)(nil), SeccompProfile:(*core.SeccompProfile)(nil), AppArmorProfile:(*core.AppArmorProfile)(nil)}: cannot set \`allowPrivilegeEscalation\` to false and \`privileged\` to true
      {"securityContext":{"capabilities":{"add":["CAP_SYS_ADMIN"]},"allowPrivilegeEscalation":false}}
        spec.containers[0].securityContext: Invalid value: core.SecurityContext{Capabilities:(*core.Capabilities)(0xc000000000), Privileged:(*bool)(nil), SELinuxOptions:(*core.SELinuxOptions)(nil), WindowsOptions:(*core.WindowsSecurityContextOptions)(nil), RunAsUser:(*int64)(nil), RunAsGroup:(*int64)(nil), RunAsNonRoot:(*bool)(nil), ReadOnlyRootFilesystem:(*bool)(nil), AllowPrivilegeEscalation:(*bool)(0xc000000000), ProcMount:(*core.ProcMountType)(nil), SeccompProfile:(*core.SeccompProfile)(nil), AppArmorProfile:(*core.AppArmorProfile)(nil)}: cannot set \`allowPrivilegeEscalation\` to false and \`capabilities.Add\` CAP_SYS_ADMIN
      {"securityContext":{"seccompProfile":{"type":"Localhost"}}}
        spec.containers[0].securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost
      {"securityContext":{"seccompProfile":{"type":"RuntimeDefault","localhostProfile":"a.json"}}}
        spec.containers[0].securityContext.seccompProfile.localhostProfile: Invalid value: core.SeccompProfile{Type:"RuntimeDefault", LocalhostProfile:(*string)(0xc000000000)}: can only be set when seccomp type is Localhost
      {"securityContext":{"seccompProfile":{"type":"Localhost","localhostProfile":"../a.json"}}}
        spec.containers[0].securityContext.seccompProfile.localhostProfile: Invalid value: "../a.json": must not contain '..'
      {"securityContext":{"appArmorProfile":{"type":"Custom"}}}
        spec.containers[0].securityContext.appArmorProfile.type: Unsupported value: "Custom": supported values: "Localhost", "RuntimeDefault", "Unconfined"
      {"securityContext":{"appArmorProfile":{"type":"Localhost","localhostProfile":" a "}}}
        spec.containers[0].securityContext.appArmorProfile.localhostProfile: Invalid value: " a ": must not be padded with whitespace
      {"securityContext":{"windowsOptions":{"runAsUserName":""}}}
        spec.containers[0].securityContext.windowsOptions.runAsUserName: Invalid value: "": runAsUserName cannot be an empty string
      {"securityContext":{"windowsOptions":{"hostProcess":true}}}
        spec.hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers
      "
    `)
  })

  test('mounts volumes of the pod', () => {
    const volumes = [{ name: 'v', emptyDir: {} }]
    const mounts = [
      { name: 'v', mountPath: '' },
      { name: '', mountPath: '/v' },
      { name: 'v', mountPath: '/v', subPath: '/a' },
      { name: 'v', mountPath: '/v', subPath: 'a/../b' },
      { name: 'v', mountPath: '/v', subPath: 'a', subPathExpr: 'b' },
      { name: 'v', mountPath: '/v', subPathExpr: '../$(A)' },
      { name: 'v', mountPath: '/v', mountPropagation: 'Both' },
      { name: 'v', mountPath: '/v', mountPropagation: 'Bidirectional' },
      { name: 'v', mountPath: '/v', recursiveReadOnly: 'Enabled' },
      { name: 'v', mountPath: '/v', readOnly: true, recursiveReadOnly: 'Perhaps' },
    ]
    expect(
      answersToContainers(
        mounts.map(mount => ({ volumeMounts: [mount] })),
        { volumes },
      ),
    ).toMatchInlineSnapshot(`
      "
      {"volumeMounts":[{"name":"v","mountPath":""}]}
        spec.containers[0].volumeMounts[0].mountPath: Required value
      {"volumeMounts":[{"name":"","mountPath":"/v"}]}
        [spec.containers[0].volumeMounts[0].name: Required value, spec.containers[0].volumeMounts[0].name: Not found: ""]
      {"volumeMounts":[{"name":"v","mountPath":"/v","subPath":"/a"}]}
        spec.containers[0].volumeMounts.subPath: Invalid value: "/a": must be a relative path
      {"volumeMounts":[{"name":"v","mountPath":"/v","subPath":"a/../b"}]}
        spec.containers[0].volumeMounts.subPath: Invalid value: "a/../b": must not contain '..'
      {"volumeMounts":[{"name":"v","mountPath":"/v","subPath":"a","subPathExpr":"b"}]}
        spec.containers[0].volumeMounts[0].subPathExpr: Invalid value: "b": subPathExpr and subPath are mutually exclusive
      {"volumeMounts":[{"name":"v","mountPath":"/v","subPathExpr":"../$(A)"}]}
        spec.containers[0].volumeMounts.subPathExpr: Invalid value: "../$(A)": must not contain '..'
      {"volumeMounts":[{"name":"v","mountPath":"/v","mountPropagation":"Both"}]}
        spec.containers[0].volumeMounts.mountPropagation: Unsupported value: "Both": supported values: "Bidirectional", "HostToContainer", "None"
      {"volumeMounts":[{"name":"v","mountPath":"/v","mountPropagation":"Bidirectional"}]}
        spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers
      {"volumeMounts":[{"name":"v","mountPath":"/v","recursiveReadOnly":"Enabled"}]}
        spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true
      {"volumeMounts":[{"name":"v","mountPath":"/v","readOnly":true,"recursiveReadOnly":"Perhaps"}]}
        spec.containers[0].volumeMounts.recursiveReadOnly: Unsupported value: "Perhaps": supported values: "Disabled", "Enabled", "IfPossible"
      "
    `)
  })

  test('uses block devices of claims', () => {
    const volumes = [
      { name: 'disk', persistentVolumeClaim: { claimName: 'c' } },
      { name: 'v', emptyDir: {} },
    ]
    const devices = [
      [{ name: 'disk', devicePath: '' }],
      [{ name: 'disk', devicePath: '/dev/../xvda' }],
      [{ name: 'v', devicePath: '/dev/xvda' }],
      [{ name: 'none', devicePath: '/dev/xvda' }],
      [
        { name: 'disk', devicePath: '/dev/a' },
        { name: 'disk', devicePath: '/dev/a' },
      ],
    ]
    expect(
      answersToContainers(
        devices.map(volumeDevices => ({ volumeDevices })),
        { volumes },
      ),
    ).toMatchInlineSnapshot(`
      "
      {"volumeDevices":[{"name":"disk","devicePath":""}]}
        spec.containers[0].volumeDevices[0].devicePath: Required value
      {"volumeDevices":[{"name":"disk","devicePath":"/dev/../xvda"}]}
        spec.containers[0].volumeDevices[0].devicePath: Invalid value: "/dev/../xvda": can not contain backsteps ('..')
      {"volumeDevices":[{"name":"v","devicePath":"/dev/xvda"}]}
        spec.containers[0].volumeDevices[0].name: Invalid value: "v": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode
      {"volumeDevices":[{"name":"none","devicePath":"/dev/xvda"}]}
        spec.containers[0].volumeDevices[0].name: Not found: "none"
      {"volumeDevices":[{"name":"disk","devicePath":"/dev/a"},{"name":"disk","devicePath":"/dev/a"}]}
        [spec.containers[0].volumeDevices[1].name: Invalid value: "disk": must be unique, spec.containers[0].volumeDevices[1].devicePath: Invalid value: "/dev/a": must be unique]
      "
    `)
    const both = {
      volumeMounts: [{ name: 'disk', mountPath: '/d' }],
      volumeDevices: [{ name: 'disk', devicePath: '/d' }],
    }
    expect(answerToContainer(both, { volumes })).toMatchInlineSnapshot(
      `"[spec.containers[0].volumeMounts[0].name: Invalid value: "disk": must not already exist in volumeDevices, spec.containers[0].volumeMounts[0].mountPath: Invalid value: "/d": must not already exist as a path in volumeDevices, spec.containers[0].volumeDevices[0].name: Invalid value: "disk": must not already exist in volumeMounts, spec.containers[0].volumeDevices[0].devicePath: Invalid value: "/d": must not already exist as a path in volumeMounts]"`,
    )
  })
})
