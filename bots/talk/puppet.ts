import type * as PUPPET from 'wechaty-puppet'

type PuppetConstructor = new () => PUPPET.impls.PuppetInterface

/** Loads the package that drives the account. Only the package named in the configuration is ever loaded. */
export async function loadPuppet(name: string): Promise<PUPPET.impls.PuppetInterface> {
  const loaded: unknown = await import(name)
  const constructor = constructorIn(loaded)
  if (!constructor) throw new Error(`${name} exports no puppet`)
  return new constructor()
}

/** Puppets export their class as default, some once more inside a CommonJS default, some by name only. */
function constructorIn(loaded: unknown): PuppetConstructor | null {
  if (!isRecord(loaded)) return null
  const named = Object.entries(loaded).find(([name]) => /^Puppet[A-Z]/.test(name))?.[1]
  const inner = isRecord(loaded.default) ? loaded.default.default : undefined
  const found = [loaded.default, inner, named].find(candidate => typeof candidate === 'function')
  return found ? (found as PuppetConstructor) : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
