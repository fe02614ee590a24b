/** What of a thrown error may stand in a log. */
export interface Fault {
  name: string
  /** SQLSTATE, errno and the like. */
  code: string | null
  /** Where, from the inside out. */
  frames: string[]
  cause: Fault | null
}

/** An error caused by an error caused by … is cut here; also one that causes itself. */
const MOST_CAUSES = 4

/**
 * Name, code and place of an error, and of what caused it. Never the message: those of drivers and parsers quote what a person
 * said (`invalid input syntax for type date: "…"`), and their other fields quote whole rows.
 */
export function faultOf(error: unknown, causes = MOST_CAUSES): Fault {
  if (!(error instanceof Error)) return { name: typeof error, code: null, frames: [], cause: null }
  const frames = error.stack?.split('\n').filter(line => /^ {4}at .+:\d+:\d+\)?$/.test(line)) ?? []
  return {
    name: error.name,
    code: 'code' in error && typeof error.code === 'string' ? error.code : null,
    frames: frames.map(line => line.trim()),
    cause: error.cause === undefined || causes === 0 ? null : faultOf(error.cause, causes - 1),
  }
}
