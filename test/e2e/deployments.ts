import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe } from 'vitest'
import { hasRedis, postgresPrograms, startPostgres, startRedis } from './servers.ts'
import { startService, type RunningService, type ServiceOptions } from './service.ts'

/** A place where the service runs; the same tests run in each. */
export interface Deployment {
  /** One process of the service. All of a deployment share database and queue. */
  start(options?: ServiceOptions): Promise<RunningService>
  /** Stops what is left and removes the data. */
  close(): Promise<void>
}

interface Kind {
  name: string
  /** What is missing on this machine; null when it can run. */
  missing(): string | null
  open(): Promise<Deployment>
}

const embedded: Kind = {
  name: 'embedded default',
  missing: () => null,
  open: async () => deployment(mkdtempSync(path.join(tmpdir(), 'nuanxin-e2e-')), {}, []),
}

const dataCentre: Kind = {
  name: 'PostgreSQL and Redis',
  missing: () => (postgresPrograms() === null ? 'postgresql' : hasRedis() ? null : 'redis-server'),
  open: async () => {
    const bin = postgresPrograms()
    if (bin === null) throw new Error('no PostgreSQL here')
    const postgres = await startPostgres(bin)
    const redis = await startRedis()
    const dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxin-e2e-'))
    const keyFile = path.join(dataDir, 'test.key')
    writeFileSync(keyFile, JSON.stringify({ format: 1, master: randomBytes(32).toString('base64') }), { mode: 0o400 })
    const env = { DATABASE_URL: postgres.url, REDIS_URL: redis.url, NUANXIN_KEY_FILE: keyFile, NUANXIN_DEMO: '1' }
    return deployment(dataDir, env, [redis.stop, postgres.stop])
  },
}

export const deployments: readonly Kind[] = [embedded, dataCentre]

/** Runs the same tests in every kind of deployment; says so and skips where one cannot run, fails with REQUIRE_ALL=1. */
export function inEveryDeployment(run: (open: () => Promise<Deployment>) => void): void {
  for (const kind of deployments) {
    const missing = kind.missing()
    if (missing && process.env['REQUIRE_ALL'] === '1') throw new Error(`${kind.name}: ${missing} is not installed`)
    describe.skipIf(missing !== null)(missing ? `${kind.name} (left out: no ${missing})` : kind.name, () =>
      run(kind.open),
    )
  }
}

function deployment(dataDir: string, env: Record<string, string>, stops: (() => Promise<void>)[]): Deployment {
  const running: RunningService[] = []
  return {
    start: async options => {
      const service = await startService({ ...options, dataDir, env: { ...env, ...options?.env } })
      running.push(service)
      return service
    },
    close: async () => {
      for (const service of running) await service.stop()
      for (const stop of stops) await stop()
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
