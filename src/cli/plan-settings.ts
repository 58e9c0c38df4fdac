import type { Command } from 'commander'
import { PodwrightError } from '../errors/index.js'
import { readText } from '../files/index.js'
import type { Milliseconds } from '../time/index.js'
import { readHorizon, readNamespace, readSeed } from './option-values.js'

/** What decides a run, as said on the command line. */
export interface PlanSettings {
  readonly paths: readonly string[]
  readonly isRecursive: boolean
  readonly kubernetes: string | undefined
  readonly namespace: string | undefined
  /** A number, or a path of Node manifests. */
  readonly nodes: string | undefined
  readonly horizon: Milliseconds | undefined
  readonly behave: readonly string[]
  readonly traffic: readonly string[]
  readonly metric: readonly string[]
  readonly step: readonly string[]
  readonly seed: number | undefined
  readonly recipe: string | undefined
}

/** The options of `PlanSettings` as commander hands them over. */
export interface PlanFlags {
  readonly recursive?: boolean
  readonly kubernetes?: string
  readonly namespace?: string
  readonly nodes?: string
  readonly horizon?: string
  readonly behave?: readonly string[]
  readonly traffic?: readonly string[]
  readonly metric?: readonly string[]
  readonly step?: readonly string[]
  readonly seed?: string
  readonly recipe?: string
}

const collect = (value: string, before: readonly string[] | undefined): string[] => [...(before ?? []), value]

/** Adds the options that say which plan is run, and with which choices. */
export function addPlanOptions(command: Command): void {
  addInputOptions(command)
  command
    .optionsGroup('What is left to chance:')
    .option('--seed <number>', 'draw every choice of the cluster from this seed (default: the typical values)')
    .option('--recipe <text|@file>', 'replay the choices of an earlier run')
}

/** Adds the options that say which plan is run. */
export function addInputOptions(command: Command): void {
  command
    .optionsGroup('What is run:')
    .option('-R, --recursive', 'read the directories within a directory, too')
    .option('-n, --namespace <name>', 'namespace of objects that name none (default: default)')
    .option('--nodes <number|file>', 'a number of roomy nodes, or a file of Node manifests (default: 1)')
    .option('--kubernetes <release>', 'release of Kubernetes: 1.31 to 1.35 (default: 1.32)')
    .option('--behave <rule>', "what a container does, such as 'web/app: exits 1 after 5s'; repeatable", collect)
    .option('--step <command>', "what is done when, such as '60s: rollout restart deployment/web'; repeatable", collect)
    .option('--traffic <words>', "requests to a Service, such as 'service/web 50/s'; repeatable", collect)
    .option('--metric <words>', "what autoscalers read, such as 'deployment/web cpu 100m'; repeatable", collect)
    .option('--horizon <duration>', 'virtual time at which the run ends at the latest (default: 10m)')
}

/** Reads the options, strictly. */
export function readPlanSettings(paths: readonly string[], flags: PlanFlags): PlanSettings {
  const { kubernetes, namespace, nodes, horizon, seed, recipe } = flags
  if (seed !== undefined && recipe !== undefined) {
    throw new PodwrightError({
      code: 'USAGE',
      problem: 'expected --seed or --recipe, got both',
      hint: 'a recipe already holds every choice',
    })
  }
  return {
    paths,
    isRecursive: flags.recursive ?? false,
    kubernetes,
    namespace: namespace === undefined ? undefined : readNamespace(namespace, '--namespace'),
    nodes,
    horizon: horizon === undefined ? undefined : readHorizon(horizon, '--horizon'),
    behave: flags.behave ?? [],
    traffic: flags.traffic ?? [],
    metric: flags.metric ?? [],
    step: flags.step ?? [],
    seed: seed === undefined ? undefined : readSeed(seed, '--seed'),
    recipe: recipe === undefined ? undefined : readRecipe(recipe),
  }
}

const readRecipe = (text: string): string => (text.startsWith('@') ? readText(text.slice(1)).trim() : text)
