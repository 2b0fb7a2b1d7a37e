/** Runs a command with an engine of its own on the data folder. */
import { mkdirSync } from 'node:fs'
import { connect, type EngineClient } from '../api/contract/rpc.ts'
import { portOfNodePort } from '../api/ports.ts'
import { startEngine } from '../host/engine-host.ts'
import { unusableText } from '../host/startup-errors.ts'
import type { ReadResource } from './archive.ts'
import type { Command } from './base/command.ts'
import { complaintOf, fail, messageOf } from './base/output.ts'

function isFetching({ name, wait }: Command): boolean {
  return name === 'refresh' || (name === 'import' && wait > 0)
}

/** The engine polls nothing: it answers this command and ends. */
export async function withEngine(
  command: Command,
  run: (engine: EngineClient, command: Command, resource: ReadResource) => Promise<number>,
): Promise<number> {
  const { dataDir, isJson } = command
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    return fail({ code: 'storage-read-only', message: `The data folder can't be made: ${messageOf(error)}` }, isJson)
  }
  const started = await startEngine({ dataDir, isPolling: false, isRefreshing: isFetching(command) })
  if (started.kind === 'unusable') {
    return fail({ code: started.code, message: unusableText(started.code, started.detail, dataDir) }, isJson)
  }
  const client = connect(portOfNodePort(started.engine.connect()))
  try {
    return await run(client, command, path => started.engine.resource(path))
  } catch (error) {
    return fail(complaintOf(error), isJson)
  } finally {
    client.close()
    await started.engine.close()
  }
}
