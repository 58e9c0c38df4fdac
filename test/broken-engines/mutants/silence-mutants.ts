import { type Mutant, mutant } from '../mutant.js'

const IMAGES = 'cluster/kubelet/image-manager.js'
const KILLER = 'cluster/kubelet/container-killer.js'
const RUNTIME = 'cluster/runtime/processes.js'
const STARTER = 'cluster/kubelet/container-starter.js'

/** Engines that say nothing of what they do, or do it with other images and instances. */
export const SILENCE_MUTANTS: readonly Mutant[] = [
  mutant(
    'kill-is-told',
    'kills without an Event',
    KILLER,
    'this.#events.record(pod.identity.index, container.path, false, WORD.Killing, message, cause);',
    '',
  ),
  mutant(
    'start-is-told',
    'starts containers without an Event',
    STARTER,
    'this.#events.record(index, container.path, false, WORD.Started, started, pod.cause);',
    '',
  ),
  mutant(
    'back-off-is-told',
    'waits in back-off without an Event',
    STARTER,
    'this.#warn(pod, container, WORD.BackOff, symbols.message(MESSAGE.backOffRestarting, nameSymbol, fullName));',
    '',
  ),
  mutant(
    'present-image-is-not-pulled',
    'pulls images that are there',
    IMAGES,
    'if (this.#runtime.isImagePresent(this.#node, container)) {',
    'if (false) {',
  ),
  mutant(
    'failed-pull-creates-nothing',
    'creates containers whose image could not be pulled',
    STARTER,
    "return this.#images.pulled(pod, container, cause) ? this.#prepare(pod, container) : 'failed';",
    'this.#images.pulled(pod, container, cause);\n                return this.#prepare(pod, container);',
  ),
  mutant(
    'start-of-a-created-instance',
    'tells the start of another instance than was created',
    RUNTIME,
    'ROW.containerStart, path, instance, run',
    'ROW.containerStart, path, instance + 1, run',
  ),
  mutant(
    'created-with-its-image',
    'creates containers with an image of its own',
    RUNTIME,
    'ROW.containerCreate, path, instance, attempt, image, cause',
    'ROW.containerCreate, path, instance, attempt, container.nameSymbol, cause',
  ),
]
