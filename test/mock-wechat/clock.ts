/** Time of the platform's rules (windows, tokens, codes): real time plus whatever a test has skipped. */
export interface MockClock {
  now(): number
  advance(ms: number): void
}

export function mockClock(): MockClock {
  let skipped = 0
  return {
    now: () => Date.now() + skipped,
    advance: ms => {
      skipped += ms
    },
  }
}
