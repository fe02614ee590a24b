import { expect, test } from 'vitest'
import { z } from 'zod'
import { needsSchema } from '../../src/web/figureSchemas.ts'
import { withCheck } from '../e2e/registration.ts'
import { DEMO_PASSWORD } from '../e2e/service.ts'
import { opensPage } from './menu.ts'
import { consoleIsBuilt } from './pages.ts'
import { suggests } from './suggestion.ts'
import { onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

const daysSchema = z.object({ from: z.iso.date(), to: z.iso.date() })

onStage(consoleIsBuilt, stage => {
  const open = async (album: string, width: number) => {
    const visit = await startVisit({ browser: stage.browser, url: stage.service.url, album: `console-${album}`, width })
    await visit.page.goto(`${stage.service.url}/console`)
    return visit
  }

  test.each([
    { album: '1280', width: 1280 },
    { album: '390', width: 390 },
  ])(
    'a supervisor reads the figures, follows one to its cases, and reads the check table: $album px',
    async ({ album, width }) => {
      const visit = await open(album, width)
      const { page } = visit
      await page.getByLabel('账号').waitFor()
      await visit.look('log-in')
      await logIn(visit, 'county')

      await page.getByRole('heading', { name: '网办率', exact: true }).waitFor()
      await page.locator('svg').first().waitFor()
      await visit.look('overview')
      await page.getByRole('button', { name: '看办件：网办率' }).click()
      await page
        .getByRole('dialog')
        .getByRole('cell', { name: /^SY\d{6}-\d{6}$/ })
        .first()
        .waitFor()
      await visit.look('cases')
      await page.getByRole('button', { name: '关闭' }).click()

      await opensPage(page, '网办率')
      await page.getByRole('cell', { name: '年老、有病或残疾' }).waitFor()
      await page.locator('svg').nth(1).waitFor()
      await visit.look('online')

      await opensPage(page, '检查表')
      await page.getByText('网上办证率未能达到100%的按比例最高扣3分').waitFor()
      await visit.look('check-table')

      await opensPage(page, '导出')
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: /XLSX/ }).click()
      expect((await download).suggestedFilename()).toMatch(/^服务与效能指标-420702-.*\.xlsx$/)
      await visit.look('export')
      expect(visit.findings).toEqual([])
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test.each([
    { album: '1280', width: 1280 },
    { album: '320', width: 320 },
  ])(
    'a supervisor reads what residents need, and what the check table has and lacks: $album px',
    async ({ album, width }) => {
      const visit = await open(`needs-${album}`, width)
      const { page } = visit
      await logIn(visit, 'county')
      await page.getByText('没有核实到出生后多久内要登记的规定').waitFor()
      const own = page.waitForResponse(response => new URL(response.url()).pathname === '/api/indicators/needs')
      await opensPage(page, '群众需求')
      needsSchema.parse(await (await own).json())
      await page.getByRole('heading', { name: '群众需求', exact: true }).waitFor()
      // A service of this minute has hardly had a night to count in: what it counts later is told in its stead.
      await visit.look('of-today')
      await page.route('**/api/indicators/needs?*', route => route.fulfill({ json: countedNeeds }))
      await page.getByRole('button', { name: '查看', exact: true }).click()
      const table = page.getByRole('region', { name: '群众需求：分内容' })
      await table.getByRole('row', { name: /^补证、换证 ＜5 +＜5 0$/ }).waitFor()
      await page.locator('svg').nth(1).waitFor()
      await page.getByRole('combobox', { name: /^内容/ }).selectOption('育儿补贴')
      await page.getByRole('img', { name: '群众需求：分月：育儿补贴' }).waitFor()
      await visit.look('counted')
      expect(await page.getByRole('link', { name: /XLSX/ }).getAttribute('href')).toMatch(/^\/api\/indicators\.xlsx\?/)

      await opensPage(page, '检查表')
      await page.getByText('要看单位的文件，系统没有').first().waitFor()
      await visit.look('check-table')
      await page
        .getByRole('button', { name: /^看办件：/ })
        .first()
        .click()
      await page.getByRole('dialog').waitFor()
      await visit.look('cases')
      expect(visit.findings).toEqual([])
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test.each([
    { album: '1280', width: 1280, day: '0611' },
    { album: '390', width: 390, day: '0612' },
    { album: '320', width: 320, day: '0613' },
  ])(
    'a supervisor looks after complaints and answers what another place asks: $album px',
    async ({ album, width, day }) => {
      await suggests(stage.service.url, '窗口能不能早点开门')
      const visit = await open(`care-${album}`, width)
      const { page } = visit
      await logIn(visit, 'county')
      await opensPage(page, '投诉建议')
      await page.getByRole('heading', { name: /^等答复/ }).waitFor()
      await page
        .getByRole('cell', { name: /^TS\d{6}-\d{6}$/ })
        .first()
        .waitFor()
      await page.getByRole('region', { name: '反映什么，多久答复' }).getByRole('cell', { name: '建议' }).waitFor()
      await visit.look('complaints')
      await page.getByRole('button', { name: '这段时间收到' }).click()
      await page.getByRole('heading', { name: /^这段时间收到/ }).waitFor()

      await opensPage(page, '异地查询')
      await entersRequest(visit, withCheck(`4207021990${day}000`))
      await answersRequest(visit)
      expect(visit.findings).toEqual([])
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test.each([
    { album: '1280', width: 1280, household: 'H-1280' },
    { album: '390', width: 390, household: 'H-390' },
    { album: '320', width: 320, household: 'H-320' },
  ])(
    'a list with bad rows is refused by line, a good one is tried, confirmed, and found unchanged: $album px',
    async ({ album, width, household }) => {
      const visit = await open(`lists-${album}`, width)
      const { page } = visit
      await logIn(visit, 'county')
      await opensPage(page, '名单导入')
      await page.getByRole('button', { name: '试运行' }).click()
      await page.getByText('请先选文件。').waitFor()
      const head = '户编号,村代码,户主姓名,联系电话'
      await triesList(visit, [head, `${household},420702104212,李大山,138000`, `${household},99,,`])
      await page.getByRole('heading', { name: '有错，一行也没有写' }).waitFor()
      await page.getByText('不是手机或座机号码').waitFor()
      await visit.look('refused')
      const good = [head, `${household},420702104212,李大山,13800000000`]
      await triesList(visit, good)
      await page.getByText('以上没有错。确认以后写入。').waitFor()
      await visit.look('tried')
      await page.getByRole('button', { name: '确认写入' }).click()
      await page.getByRole('heading', { name: '已全部写入' }).waitFor()
      await visit.look('done')
      await triesList(visit, good)
      await page.getByRole('heading', { name: '与现有资料一致，没有要改的' }).waitFor()
      expect(visit.findings).toEqual([])
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )

  test('a town has no lists to give', { timeout: WHOLE_STORY_MS }, async () => {
    const visit = await open('town', 1280)
    await logIn(visit, 'town')
    await opensPage(visit.page, '异地查询')
    await visit.page.getByRole('button', { name: '管理' }).click()
    expect(await visit.page.getByRole('navigation').getByRole('link').allTextContents()).toEqual(['人员'])
    await visit.page.goto(`${stage.service.url}/console#lists`)
    await visit.page.getByRole('heading', { name: '网办率', exact: true }).waitFor()
    expect(visit.problems).toEqual([])
    await visit.context.close()
  })

  test(
    'the days are those of the service until the officer chooses, whatever the clock of the browser says',
    { timeout: WHOLE_STORY_MS },
    async () => {
      const visit = await open('days', 1280)
      const { page } = visit
      await page.clock.setFixedTime(new Date('2020-02-03T04:05:06Z'))
      const first = page.waitForResponse(response => new URL(response.url()).pathname === '/api/indicators')
      // The visits before this one have used up the log-ins of `county` for this minute.
      await logIn(visit, 'town')
      const { from, to } = daysSchema.parse(await (await first).json())
      expect([await page.getByLabel('起').inputValue(), await page.getByLabel('止').inputValue()]).toEqual([from, to])
      expect(to.slice(0, 4)).not.toBe('2020')

      const second = page.waitForRequest(request => request.url().includes('/api/indicators?'))
      await page.getByLabel('起').fill(`${to.slice(0, 8)}01`)
      await page.getByRole('button', { name: '查看', exact: true }).click()
      expect(new URL((await second).url()).search).toBe(`?from=${to.slice(0, 8)}01`)
      await page.getByRole('heading', { name: `${to.slice(0, 8)}01 – ${to}` }).waitFor()
      expect(visit.problems).toEqual([])
      await visit.context.close()
    },
  )

  test('a village officer is sent to his desk', { timeout: WHOLE_STORY_MS }, async () => {
    const visit = await open('village', 390)
    await logIn(visit, 'village')
    await visit.page.getByText('您的岗位不看指标').waitFor()
    expect(visit.problems).toEqual([])
    await visit.context.close()
  })
})

/** As the service answers after some nights; its own schema holds it to the shape. */
const countedNeeds = needsSchema.parse({
  ...{ region: { code: '420702', name: '湖北省鄂州市梁子湖区' }, from: '2026-01-01', to: '2026-02-28' },
  ...{ at: '2026-03-01T09:00:00+08:00', n: 61 },
  items: [
    need('birthRegistration', '生育登记', { n: 38, share: 38 / 61, months: [21, 17] }),
    need('childcareSubsidy', '育儿补贴', { n: 20, share: 20 / 61, months: [8, 12] }),
    need('certificateReissue', '补证、换证', { n: null, share: null, months: [null, 0] }),
  ],
})

function need(
  kind: string,
  name: string,
  { months, ...counted }: { n: number | null; share: number | null; months: (number | null)[] },
) {
  return { kind, name, ...counted, months: months.map((n, at) => ({ month: `2026-0${at + 1}`, n })) }
}

async function logIn({ page }: Visit, username: string): Promise<void> {
  await page.getByLabel('账号').fill(username)
  await page.getByLabel('密码').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
}

async function entersRequest({ page, look }: Visit, id: string): Promise<void> {
  await page.getByRole('button', { name: '登记一件查询' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('哪里来问').fill('郑州市二七区卫生健康委员会')
  await dialog.getByLabel('姓名').fill('欧小红')
  await dialog.getByLabel('身份证号').fill(id)
  await dialog.getByLabel('问什么').fill('是否办过生育登记')
  await look('new-request')
  await dialog.getByRole('button', { name: '登记一件查询' }).click()
  await page.getByRole('cell', { name: '是否办过生育登记' }).first().waitFor()
  await look('requests')
}

async function answersRequest({ page, look }: Visit): Promise<void> {
  await page
    .getByRole('button', { name: /^看全名和号码/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('为什么要看').fill('核对登记')
  await dialog.getByRole('button', { name: '看全名和号码' }).click()
  await dialog.getByText('欧小红').waitFor()
  await look('revealed')
  await dialog.getByRole('button', { name: '关闭' }).click()
  await page
    .getByRole('button', { name: /^反馈 / })
    .first()
    .click()
  await dialog.getByLabel('查下来').selectOption('notFound')
  await dialog.getByLabel('说明').fill('查了 2026 年的登记')
  await look('answer')
  await dialog.getByRole('button', { name: '反馈' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '全部', exact: true }).click()
  await page.getByText('没有这个人').first().waitFor()
  await look('answered')
}

async function triesList({ page }: Visit, lines: string[]): Promise<void> {
  const buffer = Buffer.from(lines.join('\r\n'))
  await page.getByLabel(/^文件/).setInputFiles({ name: '住户.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: '试运行' }).click()
}
