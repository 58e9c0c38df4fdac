#!/usr/bin/env node
import { runProgram } from './program.js'
import { reportError } from './report-error.js'
import { exitQuietlyOnClosedPipe } from './standard-streams.js'

exitQuietlyOnClosedPipe()
process.on('uncaughtException', error => process.exit(reportError(error)))
process.exitCode = await runProgram(process.argv.slice(2))
