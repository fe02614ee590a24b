import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { root } from '../../scripts/setup.mjs'

/** What we hold ourselves to: WCAG 2.1 to level AA, and what axe calls good practice. */
export const AXE_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface VisitOptions {
  browser: Browser
  /** Address of the service; nothing else may be asked. */
  url: string
  /** Where its pictures go, below `test-output/browser`. */
  album: string
  width: number
  elder?: boolean
}

/** One person's browser: own cookies and storage. */
export interface Visit {
  page: Page
  context: BrowserContext
  /** Errors on the console, thrown errors, requests to other addresses. Empty is what we want. */
  problems: string[]
  /** Everything that `look` found. Empty is what we want. */
  findings: string[]
  /** Takes the next picture, asks axe, and measures what axe does not. */
  look(name: string, page?: Page): Promise<void>
  /** Presses the button of this name that came last. */
  press(name: string | RegExp): Promise<void>
}

export async function startVisit({ browser, url, album, width, elder = false }: VisitOptions): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  // A page that never answers shall fail by its own message, before the test runs out of time.
  context.setDefaultTimeout(20_000)
  if (elder) await context.addInitScript(() => localStorage.setItem('nuanxin.elder', 'yes'))
  const page = await context.newPage()
  const problems = watch(context, url)
  const findings: string[] = []
  const folder = path.join(root, 'test-output/browser', album)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  let pictures = 0
  return {
    page,
    context,
    problems,
    findings,
    look: async (name, seen = page) => {
      const number = String(++pictures).padStart(2, '0')
      await seen.screenshot({ path: path.join(folder, `${number}-${name}.png`) })
      const found = [...(await axeFindings(seen)), ...(await sizeFindings(seen, elder))]
      findings.push(...found.map(finding => `${name}: ${finding}`))
    },
    press: name => page.getByRole('button', { name, exact: true }).last().click(),
  }
}

function watch(context: BrowserContext, url: string): string[] {
  const problems: string[] = []
  context.on('weberror', error => problems.push(`thrown: ${error.error().message}`))
  context.on('console', message => {
    if (message.type() !== 'error') return
    // The officers' page asks who is logged in; 401 is the answer "nobody", and the browser writes every 401 down.
    if (message.location().url === `${url}/api/officer/me` && message.text().includes('401')) return
    problems.push(`console: ${message.text()} (${message.location().url})`)
  })
  context.on('request', request => {
    const to = new URL(request.url())
    if (to.origin !== url && to.protocol !== 'blob:' && to.protocol !== 'data:')
      problems.push(`asked elsewhere: ${request.url()}`)
  })
  return problems
}

async function axeFindings(page: Page): Promise<string[]> {
  // Half a megabyte that a page keeps until it is loaded anew.
  if (!(await page.evaluate(() => Reflect.has(window, 'axe')))) await page.evaluate(axeSource)
  return page.evaluate(async rules => {
    const { violations } = await Reflect.get(window, 'axe').run(document, { runOnly: rules })
    return violations.map(
      ({ id, nodes }: { id: string; nodes: { target: string[]; failureSummary: string }[] }) =>
        `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')} (${nodes[0]?.failureSummary})`,
    )
  }, AXE_RULES)
}

/** Nothing wider than the screen; every button large enough for a thumb, in elder mode for a hand that trembles. */
async function sizeFindings(page: Page, elder: boolean): Promise<string[]> {
  // 44 px: WCAG 2.1, 2.5.5. 60 px: 移动互联网应用适老化通用设计规范, the size of main controls for the old.
  return page.evaluate(
    least => {
      const found: string[] = []
      const { scrollWidth, clientWidth } = document.documentElement
      if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} px wide on a screen of ${clientWidth}`)
      for (const button of document.querySelectorAll('[role=button]')) {
        const { width, height, right } = button.getBoundingClientRect()
        const words = button.textContent?.trim().slice(0, 20)
        if (height > 0 && height < least) found.push(`${words}: ${height} px high`)
        if (width > 0 && right > clientWidth + 1) found.push(`${words}: ends outside the screen`)
      }
      return found
    },
    elder ? 60 : 44,
  )
}
