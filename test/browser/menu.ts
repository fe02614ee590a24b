import type { Page } from 'playwright-core'

/** Goes to a page of the supervisors by its name in the menu, through the group it stands in. */
export async function opensPage(page: Page, name: string): Promise<void> {
  const wanted = page.locator('.pages a').filter({ hasText: new RegExp(`^${name}$`) })
  const group = page.getByRole('navigation', { name: '页面' }).locator('.groups > li').filter({ has: wanted })
  await group.getByRole('button').click()
  await group.getByRole('link', { name, exact: true }).click()
}
