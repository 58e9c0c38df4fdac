export { EndpointSlices } from './endpoint-slices.js'
