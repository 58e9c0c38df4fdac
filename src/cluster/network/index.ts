export { EndpointSlices } from './endpoint-slices.js'
export { Traffic } from './traffic.js'
