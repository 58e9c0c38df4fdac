export { nearestWord } from './nearest-word.js'
export { orList } from './or-list.js'
export { formatOrigin, type Origin } from './origin.js'
export { type ErrorCode, type ErrorDetails, PodwrightError } from './podwright-error.js'
