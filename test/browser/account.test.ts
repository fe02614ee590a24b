import { expect, test } from 'vitest'
import { totpCode } from '../../src/runtime/password.ts'
import { DEMO_PASSWORD, startService } from '../e2e/service.ts'
import { freshCode, STEP_MS } from './codes.ts'
import { consoleIsBuilt } from './pages.ts'
import { onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

onStage(consoleIsBuilt, stage => {
  const open = async (album: string, width: number, url = stage.service.url) => {
    const visit = await startVisit({ browser: stage.browser, url, album: `account-${album}`, width })
    await visit.page.goto(`${url}/console`)
    return visit
  }

  test.each([
    { album: '1280', width: 1280, username: 'town2' },
    { album: '390', width: 390, username: 'town' },
    { album: '320', width: 320, username: 'village2' },
  ])(
    'an officer switches the second factor on, comes in by a code and by a recovery code, and changes the password: $album px',
    async ({ album, width, username }) => {
      const visit = await open(album, width)
      const { page } = visit
      await logIn(visit, username)
      await page.getByRole('link', { name: /我的账号$/ }).click()
      const factor = page.getByRole('region', { name: '动态验证码' })
      await factor.getByLabel('现在的密码').fill('wrong-password')
      await factor.getByRole('button', { name: '开通' }).click()
      await factor.getByRole('alert').filter({ hasText: '密码不对' }).waitFor()
      await visit.look('off')
      const { secret, codes } = await switchesOn(visit)

      await page.getByRole('button', { name: '退出' }).click()
      await logIn(visit, username)
      await page.getByRole('alert').filter({ hasText: '账号、密码或动态验证码不对' }).waitFor()
      await visit.look('refused')
      await logIn(visit, username, freshCode(secret))
      await page.getByRole('button', { name: '退出' }).click()
      await logIn(visit, username, codes[0])
      await page.getByRole('link', { name: /我的账号$/ }).click()
      await factor.getByText('已开通。还剩 9 个恢复码。').waitFor()
      await visit.look('on')
      await factor.getByLabel('现在的密码').fill(DEMO_PASSWORD)
      await factor.getByLabel(/恢复码/).fill(codes[1] ?? '')
      await factor.getByRole('button', { name: '停用' }).click()
      await factor.getByRole('button', { name: '开通' }).waitFor()

      await changesPassword(visit, DEMO_PASSWORD, '1212121212')
      await page.getByRole('alert').filter({ hasText: '新密码太简单' }).waitFor()
      await changesPassword(visit, DEMO_PASSWORD, 'a long new password')
      await page.getByText('密码已改。').waitFor()
      await visit.look('changed')
      // The others of this file and of the demo know this officer by the password of all.
      await changesPassword(visit, 'a long new password', DEMO_PASSWORD)
      expect(visit.findings).toEqual([])
      expect(visit.problems.filter(line => !/401|403|400/.test(line))).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test(
    'whose post asks for a second factor is led to it after log-in, and sees the other pages when it is on',
    { timeout: WHOLE_STORY_MS },
    async () => {
      const strict = await startService({ env: { NUANXIN_TOTP_ROLES: 'county' } })
      try {
        const visit = await open('must-390', 390, strict.url)
        const { page } = visit
        await logIn(visit, 'county')
        await page.getByText(/^您的岗位登录要用动态验证码/).waitFor()
        expect(await page.getByRole('navigation').count()).toBe(0)
        await visit.look('led')
        await switchesOn(visit)
        await page.getByRole('navigation', { name: '页面' }).waitFor()
        expect(visit.findings).toEqual([])
        await visit.context.close()
      } finally {
        await strict.dispose()
      }
    },
  )

  test.each([
    { album: 'menu-1280', width: 1280 },
    { album: 'menu-390', width: 390 },
    { album: 'menu-320', width: 320 },
  ])(
    'the menu is one row, works with the keyboard, and marks where one is: $album px',
    async ({ album, width }) => {
      const visit = await open(album, width)
      const { page } = visit
      await logIn(visit, 'county')
      const menu = page.getByRole('navigation', { name: '页面' })
      await menu.waitFor()
      expect(await menu.evaluate(element => element.getBoundingClientRect().height)).toBeLessThan(64)
      expect(await menu.getByRole('button').allTextContents()).toEqual(['今天▾', '办事▾', '群众▾', '数据▾', '管理▾'])
      const manage = menu.getByRole('button', { name: '管理' })
      await manage.focus()
      await page.keyboard.press('Enter')
      await menu.getByRole('link', { name: '人员' }).waitFor()
      await visit.look('open')
      await page.keyboard.press('Escape')
      expect(await manage.getAttribute('aria-expanded')).toBe('false')
      expect(await manage.evaluate(element => element === document.activeElement)).toBe(true)
      await page.keyboard.press('Enter')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: '人员' }).waitFor()
      await manage.click()
      expect(await menu.getByRole('link', { name: '人员' }).getAttribute('aria-current')).toBe('page')
      await page.getByRole('heading', { name: '人员' }).click()
      expect(await manage.getAttribute('aria-expanded')).toBe('false')
      expect([...visit.findings, ...visit.problems]).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )
})

async function logIn({ page }: Visit, username: string, code = ''): Promise<void> {
  await page.getByLabel('账号').fill(username)
  await page.getByLabel('密码', { exact: true }).fill(DEMO_PASSWORD)
  await page.getByLabel(/^动态验证码/).fill(code)
  await page.getByRole('button', { name: '登录' }).click()
}

async function switchesOn({ page, look }: Visit): Promise<{ secret: string; codes: string[] }> {
  const factor = page.getByRole('region', { name: '动态验证码' })
  await factor.getByLabel('现在的密码').fill(DEMO_PASSWORD)
  await factor.getByRole('button', { name: '开通' }).click()
  const key = (await factor.locator('.key').textContent()) ?? ''
  expect(key).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  await look('picture')
  const secret = key.replaceAll(' ', '')
  await factor.getByLabel('六位验证码').fill(totpCode(secret, Math.floor(Date.now() / STEP_MS) - 40))
  await factor.getByRole('button', { name: '确认' }).click()
  await factor.getByRole('alert').filter({ hasText: '时间慢了' }).waitFor()
  await factor.getByLabel('六位验证码').fill(freshCode(secret))
  await factor.getByRole('button', { name: '确认' }).click()
  const list = factor.getByRole('list', { name: '恢复码' })
  await list.waitFor()
  await look('codes')
  const codes = await list.locator('code').allTextContents()
  expect(codes).toHaveLength(10)
  await factor.getByRole('button', { name: '我已抄好' }).click()
  return { secret, codes }
}

async function changesPassword({ page }: Visit, from: string, to: string): Promise<void> {
  const form = page.getByRole('region', { name: '改密码' })
  await form.getByLabel('现在的密码').fill(from)
  await form.getByLabel('新密码', { exact: true }).fill(to)
  await form.getByLabel('再输一次新密码').fill(to)
  await form.getByRole('button', { name: '改密码' }).click()
  await form.getByText(to === '1212121212' ? '新密码太简单' : '密码已改').waitFor()
}
