import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Running } from '../processes.ts'

/** A fresh database on a given server, dropped when the contender stops. The server's own time is not counted. */
export async function passingDatabase(serverUrl: string): Promise<Running & { url: string }> {
  const name = `nuanxin_bench_${randomBytes(4).toString('hex')}`
  await onServer(serverUrl, `create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.toString(),
    ports: [],
    pids: [],
    stop: () => onServer(serverUrl, `drop database ${name} with (force)`),
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
