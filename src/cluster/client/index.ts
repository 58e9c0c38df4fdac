export { BackOff } from './back-off.js'
export { EventRecorder } from './event-recorder.js'
