import { type Pod, qosClassOf } from '../../model/index.js'
import type { Answer } from './table.js'
import { type Partly, wholePod } from './whole-objects.js'

interface Input {
  readonly pod: Partly<Pod>
  readonly podLevelResourcesEnabled?: boolean
}

/** kubernetes: pkg/apis/core/v1/helper/qos/qos_test.go, kubectl: pkg/util/qos/qos_test.go. */
export function answerQos(input: unknown): Answer {
  const { pod, podLevelResourcesEnabled = false } = input as Input
  const { spec, status } = wholePod(pod)
  return { qosClass: status?.qosClass || qosClassOf(spec, { podLevelResources: podLevelResourcesEnabled }) }
}
