interface Lock {
  packages: Record<
    string,
    { version?: string; dev?: boolean; optional?: boolean; devOptional?: boolean; link?: boolean }
  >
}
export function isNewEnough(version: string): boolean
export function isInstalled(lock: Lock, installed: Lock, dev: boolean): boolean
export function fingerprint(paths: string[]): string
export const root: string
export function build(names: ('server' | 'bots' | 'bench' | 'h5' | 'mp' | 'console')[]): Promise<void>
