import type { Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../e2e/service.ts'
import type { Visit } from './visit.ts'

/** What an officer does on `/officer`. */
export interface Officer {
  opens(): Promise<void>
  typesLogin(username: string, password?: string): Promise<void>
  logsIn(username: string): Promise<void>
  /** The list again, by its address: the session is still there. */
  opensList(): Promise<void>
  /** Opens the task whose card has these words. */
  takesUp(words: RegExp): Promise<void>
  /** Presses, and waits until the page says that it was done. */
  does(action: string): Promise<void>
  /** The red line above everything. */
  warning(words: string | RegExp): Promise<void>
}

/** Goes another way than the list: it stands beside the list on a wide page, and behind one button on a phone. */
export async function goesWay(page: Page, name: string): Promise<void> {
  const more = page.getByRole('button', { name: '更多', exact: true })
  const way = page.getByRole('button', { name, exact: true })
  await more.or(way).first().waitFor()
  if (await more.isVisible()) await more.click()
  await way.last().click()
}

export function officerOn(visit: Visit, url: string): Officer {
  const { page } = visit
  const officer: Officer = {
    opens: async () => {
      await page.goto(`${url}/officer`)
      await page.getByLabel('账号').waitFor()
    },
    typesLogin: async (username, password = DEMO_PASSWORD) => {
      await page.getByLabel('账号').fill(username)
      await page.getByLabel('密码', { exact: true }).fill(password)
    },
    logsIn: async username => {
      await officer.opens()
      await officer.typesLogin(username)
      await visit.press('登录')
      await page.getByRole('list', { name: '任务' }).waitFor()
    },
    opensList: async () => {
      await page.goto(`${url}/officer`)
      await page.getByRole('list', { name: '任务' }).waitFor()
    },
    takesUp: async words => {
      await page.getByRole('button', { name: words }).first().click()
      await page.getByRole('heading', { name: '办件内容' }).waitFor()
    },
    does: async action => {
      await visit.press(action)
      await page
        .getByRole('status')
        .filter({ hasText: `已完成：${action}` })
        .waitFor()
    },
    warning: words => page.getByRole('alert').filter({ hasText: words }).waitFor(),
  }
  return officer
}
