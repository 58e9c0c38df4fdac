export { digestText, formatLanes } from './digest.js'
export { finish, hashText, mix } from './mix.js'
export { uidOf } from './uid-of.js'
