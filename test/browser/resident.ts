import type { Locator } from 'playwright-core'
import type { Guest } from '../e2e/people.ts'
import type { Visit } from './visit.ts'

/** What a resident does on the chat page. Each deed waits until the service has answered it. */
export interface Resident {
  opens(): Promise<void>
  says(text: string): Promise<void>
  /** Types and sends, and does not wait: for a network that is not there. */
  tries(text: string): Promise<void>
  presses(label: string | RegExp): Promise<void>
  /** Everything in the chat, in order. */
  bubbles(): Promise<string[]>
  /** Waits for these words in a bubble of the service. */
  hears(words: string | RegExp): Promise<void>
  /** The token under which this browser talks to the service. */
  token(): Promise<string>
  talk: Locator
}

const TOKEN = 'nuanxin.residentToken'

export function residentOn(visit: Visit, url: string): Resident {
  const { page } = visit
  const talk = page.getByRole('list', { name: '聊天记录' })
  const settled = () => page.getByText('发送中……').waitFor({ state: 'detached' })
  const turn = async (deed: () => Promise<void>) => {
    const answered = page.waitForResponse(response => response.url() === `${url}/api/chat/turns` && response.ok())
    await deed()
    await answered
    await settled()
  }
  const tries = async (text: string) => {
    await page.getByLabel('在这里打字').fill(text)
    await visit.press('发送')
  }
  return {
    talk,
    tries,
    opens: async () => {
      await page.goto(`${url}/`)
      await talk.waitFor()
      await settled()
    },
    says: async text => {
      await turn(() => tries(text))
      await page.locator('.write .uni-input-placeholder').waitFor()
    },
    presses: label => turn(() => visit.press(label)),
    bubbles: () => talk.locator('.words').allInnerTexts(),
    hears: words => talk.locator('.service', { hasText: words }).last().waitFor(),
    token: async () => (await page.evaluate(key => localStorage.getItem(key), TOKEN)) ?? '',
  }
}

/** Opens the pages as somebody who was here before. */
export async function goesOnAs({ context }: Visit, { token }: Guest): Promise<void> {
  await context.addInitScript(([key, value]) => localStorage.setItem(key ?? '', value ?? ''), [TOKEN, token])
}

/** As if the login had ended: the page still holds a token, the service does not know it. */
export async function endLogin({ page }: Visit): Promise<void> {
  await page.evaluate(key => localStorage.setItem(key, 'A'.repeat(43)), TOKEN)
}
