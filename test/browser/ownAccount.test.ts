import { expect, test } from 'vitest'
import { DEMO_PASSWORD, startService } from '../e2e/service.ts'
import { freshCode } from './codes.ts'
import { goesWay, officerOn } from './officer.ts'
import { pagesAreBuilt } from './pages.ts'
import { onScreens, onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

/* 我的账号 among the officers' own pages, which the mini-program has too. */

const NEXT_PASSWORD = 'a long new password'

const screens = onScreens({ username: 'village' }, { username: 'town' }, { username: 'village2' })

onStage(pagesAreBuilt, stage => {
  test.each(screens)(
    'an officer binds a chat, switches the second factor on and off, and changes the password on the phone: $album px',
    async ({ album, width, elder, username }) => {
      const { url } = stage.service
      const visit = await startVisit({ browser: stage.browser, url, width, elder, album: `own-account-${album}` })
      const { page, press, look } = visit
      const officer = officerOn(visit, url)
      await officer.logsIn(username)
      await goesWay(page, '绑定微信')
      await page.getByText(/^在公众号里发送：绑定 \d{6}$/).waitFor()
      await press('关闭')
      await goesWay(page, '我的账号')
      await page.getByRole('button', { name: '开通', exact: true }).waitFor()
      await look('off')
      await press('开通')
      await officer.warning('请先把上面的空填好')
      await proves(visit, 'wrong-password')
      await press('开通')
      await officer.warning('密码不对')
      const codes = await switchesOn(visit)
      await page.getByText('已开通。还剩 10 个恢复码。').waitFor()
      await look('on')

      await press('返回')
      await press('退出')
      await officer.typesLogin(username)
      await press('登录')
      await officer.warning('账号、密码或动态验证码不对')
      await officer.typesLogin(username)
      await page.getByLabel(/^动态验证码/).fill(codes[0] ?? '')
      await press('登录')
      await goesWay(page, '我的账号')
      await page.getByText('已开通。还剩 9 个恢复码。').waitFor()
      await proves(visit, DEMO_PASSWORD)
      await page.getByLabel(/恢复码/).fill(codes[1] ?? '')
      await press('停用')
      await page.getByText('已完成：停用').waitFor()

      await changesPassword(visit, DEMO_PASSWORD, '1212121212')
      await officer.warning('新密码太简单')
      await changesPassword(visit, DEMO_PASSWORD, NEXT_PASSWORD, '又一个不一样的密码')
      await page.getByText('两次输入的新密码不一样').waitFor()
      await look('differ')
      await changesPassword(visit, DEMO_PASSWORD, NEXT_PASSWORD)
      await page.getByText('密码已改。').waitFor()
      await look('changed')
      await changesPassword(visit, NEXT_PASSWORD, DEMO_PASSWORD)
      await page.getByText('密码已改。').waitFor()
      expect(visit.findings).toEqual([])
      expect(visit.problems.filter(line => !/401|403|400/.test(line))).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test(
    'whose post asks for a second factor is led to the own account, and sees the tasks when it is on',
    async () => {
      const strict = await startService({ env: { NUANXIN_TOTP_ROLES: 'town' } })
      try {
        const { url } = strict
        const visit = await startVisit({ browser: stage.browser, url, width: 390, album: 'own-account-must' })
        const { page, press, look } = visit
        const officer = officerOn(visit, url)
        await officer.opens()
        await officer.typesLogin('town')
        await press('登录')
        await page.getByText(/^您的岗位登录要用动态验证码/).waitFor()
        await look('led')
        await press('我的账号')
        await switchesOn(visit)
        await press('返回')
        await page.getByRole('list', { name: '任务' }).waitFor()
        expect([...visit.findings, ...visit.problems]).toEqual([])
        await visit.context.close()
      } finally {
        await strict.dispose()
      }
    },
    WHOLE_STORY_MS,
  )
})

const factorOf = ({ page }: Visit) => page.getByRole('group', { name: '动态验证码' })

const proves = (visit: Visit, password: string) => factorOf(visit).getByLabel('现在的密码').fill(password)

/** The codes of the list that is shown this once. */
async function switchesOn(visit: Visit): Promise<string[]> {
  const { press, look } = visit
  const factor = factorOf(visit)
  await visit.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await proves(visit, DEMO_PASSWORD)
  await press('开通')
  await press('复制密钥')
  await factor.getByText('已复制，去验证器里粘贴吧').waitFor()
  const secret = await visit.page.evaluate(() => navigator.clipboard.readText())
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  await look('key')
  await factor.getByLabel('六位验证码').fill(freshCode(secret))
  await press('确认')
  const list = factor.getByRole('list', { name: '恢复码' })
  await list.waitFor()
  await look('codes')
  const codes = await list.getByRole('listitem').allTextContents()
  expect(codes).toHaveLength(10)
  await press('我已抄好')
  return codes
}

async function changesPassword({ page, press }: Visit, from: string, to: string, again = to): Promise<void> {
  const form = page.getByRole('group', { name: '改密码' })
  await form.getByLabel('现在的密码').fill(from)
  await form.getByLabel('新密码', { exact: true }).fill(to)
  await form.getByLabel('再输一次新密码').fill(again)
  await press('改密码')
}
