import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { peersFolder } from '../places.ts'

/** Installs the peers as the folder's lockfile names them, unless that was done. They never enter the service's own packages. */
export function installPeers(folder = peersFolder): void {
  const installed = path.join(folder, 'node_modules', '.package-lock.json')
  const lock = path.join(folder, 'package-lock.json')
  if (existsSync(installed) && sameVersions(readFileSync(lock, 'utf8'), readFileSync(installed, 'utf8'))) return
  process.stderr.write('installing the peers\n')
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
  const done = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`npm ci in ${folder} failed:\n${done.stderr}`)
}

function sameVersions(lock: string, installed: string): boolean {
  const [wanted, there] = [versions(lock), versions(installed)]
  return wanted.length === there.length && wanted.every((line, n) => line === there[n])
}

const lockfile = z.looseObject({ packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })) })

function versions(lock: string): string[] {
  const { packages } = lockfile.parse(JSON.parse(lock))
  return Object.entries(packages)
    .filter(([folder]) => folder !== '')
    .map(([folder, { version }]) => `${folder} ${version}`)
    .sort()
}
