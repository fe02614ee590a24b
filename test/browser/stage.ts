import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { startService, type RunningService } from '../e2e/service.ts'
import { inChromium, launchChromium } from './chromium.ts'

/** What a browser test plays on. Both are there once its tests run, not while they are gathered. */
export interface Stage {
  readonly browser: Browser
  readonly service: RunningService
}

/** A start, a build perhaps, or some thirty pages, each with a picture and axe, on a busy machine. */
export const WHOLE_STORY_MS = 240_000

/** Settings of the service that are known only when its mock platform listens. */
type Settings = () => Promise<Record<string, string>>

/** Runs the tests of one file with a service and a browser of their own, where there is a Chromium. */
export function onStage(
  pagesAreThere: () => Promise<void>,
  play: (stage: Stage) => void,
  settings: Settings = async () => ({}),
): void {
  inChromium(() => {
    let browser: Browser
    let service: RunningService

    beforeAll(async () => {
      await pagesAreThere()
      service = await startService({ env: await settings() })
      browser = await launchChromium()
    }, WHOLE_STORY_MS)

    afterAll(async () => {
      await browser?.close()
      await service?.dispose()
    })

    play({
      get browser() {
        return browser
      },
      get service() {
        return service
      },
    })
  })
}

/** A phone, a desk, and the smallest phone in elder mode; on each the story is played by other people. */
export const onScreens = <T extends object>(phone: T, desk: T, elder: T) => [
  { album: '390', width: 390, elder: false, ...phone },
  { album: '1280', width: 1280, elder: false, ...desk },
  { album: '320-elder', width: 320, elder: true, ...elder },
]
