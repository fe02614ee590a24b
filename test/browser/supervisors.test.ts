import { expect, test } from 'vitest'
import { withCheck } from '../e2e/registration.ts'
import { DEMO_PASSWORD } from '../e2e/service.ts'
import { filed } from './filed.ts'
import { opensPage } from './menu.ts'
import { consoleIsBuilt } from './pages.ts'
import { onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

onStage(consoleIsBuilt, stage => {
  const open = async (album: string, width: number, username: string) => {
    const visit = await startVisit({ browser: stage.browser, url: stage.service.url, album: `desk-${album}`, width })
    await visit.page.goto(`${stage.service.url}/console`)
    await logIn(visit, username)
    return visit
  }

  test.each([
    { album: '1280', width: 1280, surname: '欧阳', day: '0301' },
    { album: '390', width: 390, surname: '司马', day: '0302' },
    { album: '320', width: 320, surname: '上官', day: '0303' },
  ])(
    'the town sees where tasks wait, reads what happened to one, assigns it, and looks at a hand-over: $album px',
    async ({ album, width, surname, day }) => {
      await filed(stage.service.url, `${surname}小红`, withCheck(`4207021990${day}000`))
      const visit = await open(album, width, 'town')
      const { page } = visit
      await opensPage(page, '任务')
      await page
        .getByRole('region', { name: '各地任务' })
        .getByRole('row', { name: /下柯村/ })
        .waitFor()
      await visit.look('board')

      const row = page
        .getByRole('region', { name: '待接的任务' })
        .getByRole('row', { name: new RegExp(surname.slice(0, 1)) })
        .last()
      await row.getByRole('button', { name: /^经过/ }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('cell', { name: '生成' }).waitFor()
      await visit.look('chain')
      await dialog.getByRole('button', { name: '关闭' }).click()

      await row.getByRole('button', { name: /^指派/ }).click()
      const village = await dialog
        .getByRole('option', { name: /下柯村/ })
        .first()
        .getAttribute('value')
      await dialog.getByLabel('指派给').selectOption(village)
      await dialog.getByLabel('为什么').fill('请先联系')
      await visit.look('assign')
      await dialog.getByRole('button', { name: '指派' }).click()
      await dialog.waitFor({ state: 'detached' })

      await page.getByLabel('哪一种').selectOption('bySilence')
      await page.getByText(/^五个工作日没有告知也没有受理/).waitFor()
      await page.getByLabel('哪一种').selectOption('reopened')
      await page.getByRole('heading', { name: '例外' }).scrollIntoViewIfNeeded()
      await visit.look('exceptions')

      await page.getByRole('button', { name: '移交任务' }).click()
      const names = await dialog.getByLabel('从谁手里').getByRole('option').allTextContents()
      await dialog.getByLabel('从谁手里').selectOption({ index: 0 })
      expect(await dialog.getByLabel('交给谁').getByRole('option').count()).toBe(names.length - 1)
      await dialog.getByLabel('交给谁').selectOption({ index: 0 })
      await dialog.getByLabel('为什么').fill('岗位调整')
      await dialog.getByRole('button', { name: '先看会交哪些' }).click()
      await dialog.getByText(/^会移交 \d+ 件/).waitFor()
      await visit.look('hand-over')
      await dialog.getByRole('button', { name: '关闭' }).click()
      expect(visit.findings).toEqual([])
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test.each([
    { album: 'staff-1280', width: 1280 },
    { album: 'staff-390', width: 390 },
  ])(
    'the county enters who is away and who stands in, divides the matters, and reads the trail: $album px',
    async ({ album, width }) => {
      const visit = await open(album, width, 'county')
      const { page } = visit
      await opensPage(page, '人员')
      await page.getByRole('button', { name: '登记离岗' }).click()
      const dialog = page.getByRole('dialog')
      const away = await optionOf(dialog.getByLabel('工作人员'), /下柯村/)
      await dialog.getByLabel('工作人员').selectOption(away)
      await dialog.getByLabel('第一天').fill('2099-02-02')
      await dialog.getByLabel('最后一天').fill('2099-02-06')
      await visit.look('absence')
      await dialog.getByRole('button', { name: '登记离岗' }).click()
      await dialog.waitFor({ state: 'detached' })
      const entered = page.getByRole('region', { name: '离岗与代班' }).getByRole('row', { name: /2099-02-06/ })
      await entered.getByText('没有代班人，任务交给上一级').waitFor()
      await entered.getByRole('button', { name: /^提前回岗/ }).click()
      await entered.waitFor({ state: 'detached' })

      await page
        .getByRole('button', { name: /^分工 / })
        .first()
        .click()
      await dialog.getByLabel('生育登记').check()
      await visit.look('matters')
      await dialog.getByRole('button', { name: '保存' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page.getByRole('cell', { name: '生育登记', exact: true }).first().waitFor()
      await page
        .getByRole('button', { name: /^分工 / })
        .first()
        .click()
      await dialog.getByLabel('生育登记').uncheck()
      await dialog.getByRole('button', { name: '保存' }).click()
      await dialog.waitFor({ state: 'detached' })

      await page
        .getByRole('button', { name: /^绑定 / })
        .first()
        .click()
      await dialog.getByText('还没有绑定。').waitFor()
      await dialog.getByRole('button', { name: '取绑定码' }).click()
      await dialog.getByText(/回复：绑定 \d{6}$/).waitFor()
      await visit.look('chats')
      await dialog.getByRole('button', { name: '关闭' }).click()

      await opensPage(page, '审计记录')
      await page.getByRole('region', { name: '审计记录' }).getByRole('cell', { name: '改分工' }).first().waitFor()
      await visit.look('trail')
      expect(visit.findings).toEqual([])
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test.each([
    { album: 'officers-1280', width: 1280, username: 'ke-1280' },
    { album: 'officers-320', width: 320, username: 'ke-320' },
  ])(
    'the county tries a list of officers, confirms it, sees each first password once, and makes a lost one anew: $album px',
    async ({ album, width, username }) => {
      const visit = await open(album, width, 'county')
      const { page } = visit
      await opensPage(page, '名单导入')
      await page.getByLabel('哪种名单').selectOption('officers')
      const list = (...lines: string[]) => {
        const buffer = Buffer.from(['用户名,姓名,级别,地区代码', ...lines].join('\r\n'))
        return page.getByLabel(/^文件/).setInputFiles({ name: '人员.csv', mimeType: 'text/csv', buffer })
      }
      await list('far,柯立秋,乡镇,420703100', 'spy,柯立秋,审计,420702')
      await page.getByRole('button', { name: '试运行' }).click()
      await page.getByText('不属于您所在的县（区）：420703100').waitFor()
      await page.getByText(/^审计员的账号不能在网页里新增或修改/).waitFor()
      await list(`${username},柯小满,村,420702104212`)
      await page.getByRole('button', { name: '试运行' }).click()
      await page.getByRole('row', { name: new RegExp(`新增 ${username} — 柯小满 · 村级专干`) }).waitFor()
      await visit.look('tried')
      await page.getByRole('button', { name: '确认写入' }).click()
      await page.getByRole('region', { name: '初始密码' }).getByRole('row', { name: username }).waitFor()
      const first = await page.getByRole('region', { name: '初始密码' }).locator('code').textContent()
      expect(first).toMatch(/^[a-z2-9-]{16}$/)
      await visit.look('passwords')

      await opensPage(page, '人员')
      expect(await page.getByText(first ?? '').count()).toBe(0)
      const row = page.getByRole('region', { name: '人员' }).getByRole('row', { name: username })
      await row.getByRole('button', { name: /^密码和验证码/ }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('为什么').fill('抄错了')
      await dialog.getByRole('button', { name: '发新密码' }).click()
      await dialog.locator('code').waitFor()
      expect(await dialog.locator('code').textContent()).not.toBe(first)
      await visit.look('renewed')
      expect(visit.findings).toEqual([])
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test.each([
    { album: 'post-1280', width: 1280, username: 'post-1280' },
    { album: 'post-390', width: 390, username: 'post-390' },
    { album: 'post-320', width: 320, username: 'post-320' },
  ])(
    'the county sends an officer to another village, ends the account, and restores it: $album px',
    async ({ album, width, username }) => {
      const visit = await open(album, width, 'county')
      const { page } = visit
      await imports(visit, `${username},柯小满,村,420702104212`)
      await opensPage(page, '人员')
      const row = page.getByRole('region', { name: '人员', exact: true }).getByRole('row', { name: username })
      const dialog = page.getByRole('dialog')
      const confirms = async () => {
        await dialog.getByLabel('为什么').fill('岗位调整')
        await dialog.getByRole('button', { name: '先看会怎样' }).click()
        await dialog.getByRole('status').waitFor()
        await visit.look('follows')
        await dialog.getByRole('button', { name: '确认修改' }).click()
        await dialog.waitFor({ state: 'detached' })
      }
      await row.getByRole('button', { name: /^岗位/ }).click()
      await dialog.getByLabel('村（社区）').selectOption({ index: 1 })
      await dialog.getByLabel(/^办公电话/).fill('110')
      await dialog.getByLabel('为什么').fill('岗位调整')
      await dialog.getByRole('button', { name: '先看会怎样' }).click()
      await dialog.getByRole('alert').waitFor()
      await dialog.getByLabel(/^办公电话/).fill('0711-2345678')
      await confirms()
      await row.getByRole('cell', { name: /沼山镇(?!下柯村)/ }).waitFor()

      await row.getByRole('button', { name: /^岗位/ }).click()
      await dialog.getByLabel('停用这个账号').check()
      await confirms()
      const gone = page.getByRole('region', { name: '已停用的账号' }).getByRole('row', { name: username })
      await gone.getByRole('button', { name: /^恢复或修改/ }).click()
      await dialog.getByLabel('停用这个账号').uncheck()
      await confirms()
      await gone.waitFor({ state: 'detached' })

      await row.getByRole('button', { name: /^密码和验证码/ }).click()
      await dialog.getByLabel('为什么').fill('手机丢了')
      await dialog.getByRole('button', { name: '停用动态验证码' }).click()
      await dialog.getByText(/^已停用。/).waitFor()
      await visit.look('reset')
      expect(visit.findings).toEqual([])
      expect(visit.problems.filter(line => !/400/.test(line))).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test('an auditor reads the trail, checks its seals, and nothing else', { timeout: WHOLE_STORY_MS }, async () => {
    const visit = await open('auditor', 1280, 'auditor')
    const { page } = visit
    await page.getByRole('region', { name: '审计记录' }).waitFor()
    expect(await page.getByRole('navigation').getByRole('link').allTextContents()).toEqual(['审计记录'])
    await page.getByRole('button', { name: '查验封签' }).click()
    await page.getByText(/^封签完整/).waitFor()
    await visit.look('seals')
    expect(visit.findings).toEqual([])
    expect(visit.problems).toEqual([])
    await visit.context.close()
  })
})

/** One new officer, by the list. */
async function imports({ page }: Visit, line: string): Promise<void> {
  await opensPage(page, '名单导入')
  await page.getByLabel('哪种名单').selectOption('officers')
  const buffer = Buffer.from(['用户名,姓名,级别,地区代码', line].join('\r\n'))
  await page.getByLabel(/^文件/).setInputFiles({ name: '人员.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: '试运行' }).click()
  await page.getByRole('button', { name: '确认写入' }).click()
  await page.getByRole('region', { name: '初始密码' }).waitFor()
}

async function optionOf(select: ReturnType<Visit['page']['getByLabel']>, name: RegExp): Promise<string> {
  return (await select.getByRole('option', { name }).first().getAttribute('value')) ?? ''
}

async function logIn({ page }: Visit, username: string): Promise<void> {
  await page.getByLabel('账号').fill(username)
  await page.getByLabel('密码').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
}
