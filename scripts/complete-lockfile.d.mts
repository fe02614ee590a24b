export interface Lock {
  packages: Record<string, { dev?: unknown; optionalDependencies?: Record<string, string> | undefined }>
}
export function platformOf(name: string): { os?: string[]; cpu?: string[]; libc?: string[] }
export function missingOptional(lock: Lock): { name: string; version: string; dev: boolean }[]
