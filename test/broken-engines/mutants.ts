import type { Mutant } from './mutant.js'
import { ADMISSION_MUTANTS } from './mutants/admission-mutants.js'
import { CLUSTER_MUTANTS } from './mutants/cluster-mutants.js'
import { CONDITION_MUTANTS } from './mutants/condition-mutants.js'
import { DISRUPTION_MUTANTS } from './mutants/disruption-mutants.js'
import { JOB_MUTANTS } from './mutants/job-mutants.js'
import { NODE_MUTANTS } from './mutants/node-mutants.js'
import { OMISSION_MUTANTS } from './mutants/omission-mutants.js'
import { ORDER_MUTANTS } from './mutants/order-mutants.js'
import { OWNER_MUTANTS } from './mutants/owner-mutants.js'
import { POLICY_MUTANTS } from './mutants/policy-mutants.js'
import { PROBE_MUTANTS } from './mutants/probe-mutants.js'
import { REQUEST_MUTANTS } from './mutants/request-mutants.js'
import { RESTART_MUTANTS } from './mutants/restart-mutants.js'
import { SET_MUTANTS } from './mutants/set-mutants.js'
import { SILENCE_MUTANTS } from './mutants/silence-mutants.js'
import { STATUS_MUTANTS } from './mutants/status-mutants.js'
import { STOP_MUTANTS } from './mutants/stop-mutants.js'

/** The broken engines: at least one for every law. */
export const MUTANTS: readonly Mutant[] = [
  ...ORDER_MUTANTS,
  ...STOP_MUTANTS,
  ...RESTART_MUTANTS,
  ...PROBE_MUTANTS,
  ...CONDITION_MUTANTS,
  ...STATUS_MUTANTS,
  ...CLUSTER_MUTANTS,
  ...OMISSION_MUTANTS,
  ...SILENCE_MUTANTS,
  ...ADMISSION_MUTANTS,
  ...REQUEST_MUTANTS,
  ...NODE_MUTANTS,
  ...DISRUPTION_MUTANTS,
  ...JOB_MUTANTS,
  ...SET_MUTANTS,
  ...OWNER_MUTANTS,
  ...POLICY_MUTANTS,
]
