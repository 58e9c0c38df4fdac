export { type ChoiceLabel, type ChoiceSource, Choices, choiceLabel, type ObjectPaths } from './choices.js'
export { type Dispatch, Kernel, PRIORITY, type StopReason, type TieBreaker } from './kernel.js'
export { EntryQueue } from './queue.js'
