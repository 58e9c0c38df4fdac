import { describe, expect, test } from 'vitest'
import { PodwrightError } from '../../src/errors/index.js'
import { parseCommand, parseScenario, parseStep, scenarioBuilder } from '../../src/scenario/index.js'

/** The message of what a line is refused for. */
function refusal(line: string): string {
  try {
    parseStep(line)
  } catch (error) {
    if (error instanceof PodwrightError) return error.message
    throw error
  }
  throw new Error(`${line} was read`)
}

const stepsOf = (yaml: string): unknown => {
  const text = `apiVersion: podwright.dev/v1\nkind: Scenario\nspec:\n  steps:\n${yaml}`
  const { scenario, problems } = parseScenario({ file: 's.yaml', text })
  return problems.length > 0 ? problems.map(({ message }) => message) : scenario?.document.steps
}

describe("a step in kubectl's words", () => {
  test.each([
    ['scale deployment/web 5', { action: 'scale', subject: 'deployment/web', replicas: 5 }],
    ['kubectl scale deployment web --replicas=5', { action: 'scale', subject: 'deployment/web', replicas: 5 }],
    ['scale --replicas 0 -n shop sts/db', { action: 'scale', subject: 'shop/sts/db', replicas: 0 }],
    [
      'set image deployment/web app=r/app:2',
      { action: 'setImage', subject: 'deployment/web', container: 'app', image: 'r/app:2' },
    ],
    ['rollout restart deployment/web', { action: 'rolloutRestart', subject: 'deployment/web' }],
    ['rollout undo deployment/web', { action: 'rolloutUndo', subject: 'deployment/web' }],
    [
      'rollout undo deployment/web --to-revision=2',
      { action: 'rolloutUndo', subject: 'deployment/web', toRevision: 2 },
    ],
    ['rollout undo deployment/web --to-revision=0', { action: 'rolloutUndo', subject: 'deployment/web' }],
    ['rollout pause deploy web', { action: 'rolloutPause', subject: 'deploy/web' }],
    ['rollout resume deployment/web', { action: 'rolloutResume', subject: 'deployment/web' }],
    ['drain node-1', { action: 'drain', subject: 'node-1' }],
    [
      'drain node/node-1 --ignore-daemonsets --delete-emptydir-data --force --grace-period=5',
      {
        action: 'drain',
        subject: 'node-1',
        ignoreDaemonSets: true,
        deleteEmptyDirData: true,
        force: true,
        gracePeriodSeconds: 5,
      },
    ],
    ['cordon node-1', { action: 'cordon', subject: 'node-1' }],
    ['uncordon node node-1', { action: 'uncordon', subject: 'node-1' }],
    ['taint nodes node-1 a=b:NoExecute c-', { action: 'taint', subject: 'node-1', taints: ['a=b:NoExecute', 'c-'] }],
    ['label node node-1 disk=ssd zone-', { action: 'label', subject: 'node-1', labels: { disk: 'ssd', zone: null } }],
    [
      'label pod web app- tier=back --overwrite',
      {
        action: 'patch',
        subject: 'pod/web',
        patchType: 'merge',
        patch: { metadata: { labels: { app: null, tier: 'back' } } },
      },
    ],
    ['evict pod/web', { action: 'evict', subject: 'pod/web' }],
    ['delete pod web --grace-period=0 --force', { action: 'delete', subject: 'pod/web', gracePeriodSeconds: 0 }],
    ['delete deployment/web --grace-period=-1', { action: 'delete', subject: 'deployment/web' }],
    ['delete node node-1', { action: 'delete', subject: 'node/node-1' }],
    ['drain node-1 --timeout=2m', { action: 'drain', subject: 'node-1', timeout: 120_000 }],
    ['drain node-1 --timeout 0s', { action: 'drain', subject: 'node-1' }],
    [
      'delete pdb web -n shop',
      { action: 'request', request: { verb: 'delete', kind: 'PodDisruptionBudget', namespace: 'shop', name: 'web' } },
    ],
    [
      'delete shop/service/web',
      { action: 'request', request: { verb: 'delete', kind: 'Service', namespace: 'shop', name: 'web' } },
    ],
    [
      'delete pods -l app=web,tier==db --force',
      {
        action: 'request',
        request: {
          verb: 'deletecollection',
          kind: 'Pod',
          gracePeriodSeconds: 0,
          selector: { matchLabels: { app: 'web', tier: 'db' } },
        },
      },
    ],
    ['delete deployments --all', { action: 'request', request: { verb: 'deletecollection', kind: 'Deployment' } }],
    ['killKubelet node-1', { action: 'killKubelet', subject: 'node-1' }],
    ['startkubelet node/node-1', { action: 'startKubelet', subject: 'node-1' }],
    ['cutNetwork node node-1', { action: 'cutNetwork', subject: 'node-1' }],
    ['reboot node-1', { action: 'reboot', subject: 'node-1', downFor: 30_000 }],
    ['reboot node-1 --down-for=2m', { action: 'reboot', subject: 'node-1', downFor: 120_000 }],
    ['shutDown node-1', { action: 'shutDown', subject: 'node-1' }],
    [
      'shutDown node-1 --grace=30s --critical-pods=10s --down-for=5m',
      { action: 'shutDown', subject: 'node-1', grace: 30_000, criticalPods: 10_000, downFor: 300_000 },
    ],
    ['exhaust node-1 memory --left=5%', { action: 'exhaust', subject: 'node-1', resource: 'memory', left: '5%' }],
    ['relieve node-1 memory', { action: 'relieve', subject: 'node-1', resource: 'memory' }],
    ['apply web.yaml', { action: 'applyFile', path: 'web.yaml' }],
    ['apply -f web.yaml', { action: 'applyFile', path: 'web.yaml' }],
  ])('%s', (command, action) => {
    expect(parseStep(`1m30s: ${command}`)).toEqual({ at: 90_000, ...action })
    expect(parseCommand(command)).toEqual(action)
    expect(scenarioBuilder().at('90s').kubectl(command).document.steps).toEqual([{ at: 90_000, ...action }])
    expect(stepsOf(`    - 90s: ${command}`)).toEqual([{ at: 90_000, ...action }])
    expect(stepsOf(`    - "90s: ${command}"`)).toEqual([{ at: 90_000, ...action }])
  })

  test('that is none says where, what was expected, and the nearest word', () => {
    expect(
      [
        'scale deployment/web 5',
        '60s scale deployment/web 5',
        '60s: scael deployment/web 5',
        '60s: kill kubelet node-1',
        '60s: scale deployment/web',
        '60s: scale deployment/web five',
        '60s: scale deployment/web 5 6',
        '60s: scale deployment/web --replica=5',
        '60s: set imag deployment/web app=app:2',
        '60s: set image deployment/web app:2',
        '60s: set image deployment/web a=a:2 b=b:2',
        '60s: rollout undone deployment/web',
        '60s: rollout undo deployment/web --to-revision=last',
        '60s: rollout restart deployment/web --to-revision=2',
        '60s: drain node-1 --ignore-daemonset',
        '60s: cordon',
        '60s: taint node-1 a=b:NoExec',
        '60s: label node-1',
        '60s: label pod/web a',
        '60s: evict node/node-1',
        '60s: delete',
        '60s: apply',
        '60: scale deployment/web 5',
        '60s:scale deployment/web 5',
        '60s: patch deployment/web',
        '60s: create -f web.yaml',
        '60s: get pods',
        '60s: killKubelt node-1',
        '60s: shutDown node-1 --grace=5s --critical-pods=10s',
        '60s: exhaust node-1 cpu',
        '60s: exhaust node-1 pid --left=some',
        '60s: drain node-1 --timeout=long',
        '60s: delete web --all',
        '60s: delete pods -l app',
      ]
        .map(refusal)
        .join('\n'),
    ).toMatchInlineSnapshot(`
      ""scale deployment/web 5", column 1: expected an instant and a colon, such as 60s:, got "scale"
      "60s scale deployment/web 5", column 1: expected an instant and a colon, such as 60s:, got "60s"
        hint: write 60s: and the command
      "60s: scael deployment/web 5", column 6: expected a command of kubectl: apply, scale, set, rollout, drain, cordon, uncordon, taint, label, evict, delete; or a fault of a node: killKubelet, startKubelet, restartKubelet, cutNetwork, restoreNetwork, reboot, shutDown, exhaust, relieve, got "scael"
        hint: did you mean scale?
      "60s: kill kubelet node-1", column 6: expected a command of kubectl: apply, scale, set, rollout, drain, cordon, uncordon, taint, label, evict, delete; or a fault of a node: killKubelet, startKubelet, restartKubelet, cutNetwork, restoreNetwork, reboot, shutDown, exhaust, relieve, got "kill"
        hint: a machine goes off by shutDown node-1, a kubelet by killKubelet node-1
      "60s: scale deployment/web", column 26: expected a number of replicas, got the end
      "60s: scale deployment/web five", column 27: expected a number of replicas, 0 to 10000, got "five"
      "60s: scale deployment/web 5 6", column 29: expected the end, got "6"
      "60s: scale deployment/web --replica=5", column 27: expected a flag of this command, got "--replica=5"
        hint: did you mean --replicas?
      "60s: set imag deployment/web app=app:2", column 10: expected image, got "imag"
        hint: did you mean image?
      "60s: set image deployment/web app:2", column 31: expected a container and its image, such as app=app:2, got "app:2"
      "60s: set image deployment/web a=a:2 b=b:2", column 37: expected the end, got "b=b:2"
        hint: one container a line: write another line for another one
      "60s: rollout undone deployment/web", column 14: expected restart, undo, pause or resume, got "undone"
        hint: did you mean undo?
      "60s: rollout undo deployment/web --to-revision=last", column 34: expected --to-revision from 0 to 1000000, got "last"
      "60s: rollout restart deployment/web --to-revision=2", column 37: expected a flag of this command, got "--to-revision=2"
        hint: its flags are --namespace
      "60s: drain node-1 --ignore-daemonset", column 19: expected a flag of this command, got "--ignore-daemonset"
        hint: did you mean --ignore-daemonsets?
      "60s: cordon", column 12: expected the name of a node, got the end
      "60s: taint node-1 a=b:NoExec", column 19: expected key=value:NoExecute, or key- to take it away, got "a=b:NoExec"
      "60s: label node-1", column 18: expected a label such as key=value, or key- to take it away, got the end
      "60s: label pod/web a", column 20: expected key=value, or key- to take it away, got "a"
      "60s: evict node/node-1", column 12: expected a pod or workload such as deployment/web, got "node/node-1"
      "60s: delete", column 12: expected a pod or workload such as deployment/web, got the end
      "60s: apply", column 11: expected the path of a file, got the end
      "60: scale deployment/web 5", column 1: expected an instant and a colon, such as 60s:, got "60:"
        hint: write 60s:
      "60s:scale deployment/web 5", column 1: expected an instant and a colon, such as 60s:, got "60s:scale"
        hint: write a space after 60s:
      "60s: patch deployment/web", column 6: expected a command of kubectl: apply, scale, set, rollout, drain, cordon, uncordon, taint, label, evict, delete; or a fault of a node: killKubelet, startKubelet, restartKubelet, cutNetwork, restoreNetwork, reboot, shutDown, exhaust, relieve, got "patch"
        hint: patches are steps of a Scenario file: { at: 60s, patch: deployment/web, with: … }
      "60s: create -f web.yaml", column 6: expected a command of kubectl: apply, scale, set, rollout, drain, cordon, uncordon, taint, label, evict, delete; or a fault of a node: killKubelet, startKubelet, restartKubelet, cutNetwork, restoreNetwork, reboot, shutDown, exhaust, relieve, got "create"
        hint: apply FILE creates; requests are steps of a Scenario file: { at: 60s, request: { create: … } }
      "60s: get pods", column 6: expected a command of kubectl: apply, scale, set, rollout, drain, cordon, uncordon, taint, label, evict, delete; or a fault of a node: killKubelet, startKubelet, restartKubelet, cutNetwork, restoreNetwork, reboot, shutDown, exhaust, relieve, got "get"
        hint: look at a run with podwright get, describe, events or wait, and --at
      "60s: killKubelt node-1", column 6: expected a command of kubectl: apply, scale, set, rollout, drain, cordon, uncordon, taint, label, evict, delete; or a fault of a node: killKubelet, startKubelet, restartKubelet, cutNetwork, restoreNetwork, reboot, shutDown, exhaust, relieve, got "killKubelt"
        hint: did you mean killKubelet?
      "60s: shutDown node-1 --grace=5s --critical-pods=10s", column 15: expected criticalPods within grace, got more
      "60s: exhaust node-1 cpu", column 21: expected memory, nodefs, pid, got "cpu"
      "60s: exhaust node-1 pid --left=some", column 25: expected a quantity or a share such as 5%, got "some"
      "60s: drain node-1 --timeout=long", column 19: expected --timeout as a duration such as 30s or 2m, got "long"
      "60s: delete web --all", column 13: expected a kind such as pods, got "web"
      "60s: delete pods -l app", column 18: expected labels such as app=web,tier=db, got "app""
    `)
  })

  test('stands at its place in a Scenario file', () => {
    expect(stepsOf('    - 60s: scael deployment/web 5\n    - "2m: scale deployment/web"')).toMatchInlineSnapshot(`
      [
        "s.yaml:5:7: "60s: scael deployment/web 5", column 6: expected a command of kubectl: apply, scale, set, rollout, drain, cordon, uncordon, taint, label, evict, delete; or a fault of a node: killKubelet, startKubelet, restartKubelet, cutNetwork, restoreNetwork, reboot, shutDown, exhaust, relieve, got "scael"
        hint: did you mean scale?",
        "s.yaml:6:7: "2m: scale deployment/web", column 25: expected a number of replicas, got the end",
      ]
    `)
  })

  test('is a field of the file like every other step', () => {
    expect(
      stepsOf(
        '    - { at: 1m, scale: deployment/web, replicas: 5 }\n    - { at: 2m, rolloutUndo: deployment/web, toRevision: 1 }\n    - { at: 3m, applyFile: web.yaml }',
      ),
    ).toEqual([
      { at: 60_000, action: 'scale', subject: 'deployment/web', replicas: 5 },
      { at: 120_000, action: 'rolloutUndo', subject: 'deployment/web', toRevision: 1 },
      { at: 180_000, action: 'applyFile', path: 'web.yaml' },
    ])
    expect(
      stepsOf('    - { at: 1m, scale: deployment/web }\n    - { at: 1m, rolloutPause: deployment/web, toRevision: 1 }'),
    ).toMatchInlineSnapshot(`
      [
        "s.yaml:5:7: a scale step needs the field "replicas"",
        "s.yaml:6:7: the field "toRevision" belongs to rolloutUndo, not to rolloutPause",
      ]
    `)
  })
})
