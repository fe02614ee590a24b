import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'
import { describe } from 'vitest'

/** Where Debian's package `chromium` puts it; nothing is downloaded by a test. */
const PROGRAM = '/usr/bin/chromium'

/** Without a sandbox of its own, because root may not have one; and without Chromium's own talk to its maker. */
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // A tone instead of the microphone that a machine of tests has not got.
  '--use-fake-device-for-media-stream',
]

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: PROGRAM, args: FLAGS })
}

/** Runs the tests where there is a Chromium; says so and skips where there is none, fails with REQUIRE_ALL=1. */
export function inChromium(run: () => void): void {
  const missing = !existsSync(PROGRAM)
  if (missing && process.env['REQUIRE_ALL'] === '1') throw new Error('chromium is not installed')
  describe.skipIf(missing)(missing ? 'Chromium (left out: no chromium)' : 'Chromium', run)
}
