import { readFileSync } from 'node:fs'
import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { json, logIn } from '../e2e/people.ts'
import { withCheck } from '../e2e/registration.ts'
import { officerOn, type Officer } from './officer.ts'
import { pagesAreBuilt } from './pages.ts'
import { residentOn, type Resident } from './resident.ts'
import { onScreens, onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

const screens = onScreens(
  { surname: '尤', id: withCheck('42070219930401000') },
  { surname: '俞', id: withCheck('42070219930402000') },
  { surname: '柏', id: withCheck('42070219930403000') },
)

onStage(pagesAreBuilt, stage => {
  test.each(screens)(
    'a mother registers by chat, an officer grants, she rates: $album px',
    async ({ surname, id, ...screen }) => {
      const { browser, service } = stage
      const { url } = service
      const hers = await startVisit({ browser, url, ...screen, album: `${screen.album}/resident` })
      const mother = residentOn(hers, url)
      await registers(hers, mother, { name: `${surname}小红`, id })
      const number = (await mother.bubbles()).join().match(/SY\d{6}-\d{6}/)?.[0]

      const his = await startVisit({ browser, url, ...screen, album: `${screen.album}/officer` })
      await grants(his, officerOn(his, url), new RegExp(`${surname}\\*`))

      // Nobody reloads her page: the result and the question how it went arrive by themselves.
      await mother.hears(/PZ\d{6}-\d{6}/)
      await hers.page.getByRole('button', { name: '非常满意', exact: true }).waitFor()
      await hers.look('result')
      const heard = (await mother.bubbles()).join('\n')
      expect(heard.indexOf('凭证编号')).toBeLessThan(heard.indexOf('请您评价'))
      await receives(hers)
      await mother.presses('非常满意')
      await mother.hears('谢谢')
      await hers.look('rated')
      await mother.says('不满意')
      expect(await ratingOf(url, number)).toMatchObject({ level: 5 })

      expect([...hers.findings, ...his.findings]).toEqual([])
      expect([...hers.problems, ...his.problems]).toEqual([])
      await hers.context.close()
      await his.context.close()
    },
    WHOLE_STORY_MS,
  )
})

/** What was said begins where she can read it, however long the list of choices below is. */
async function inSight(words: Locator): Promise<void> {
  const top = async (place: Locator) => (await place.boundingBox())?.y ?? NaN
  await expect
    .poll(async () => (await top(words)) - (await top(words.page().locator('.talk').first())))
    .toBeGreaterThanOrEqual(0)
}

/** From the first hello to the number of the application, by the inputs that the page offers. */
async function registers(visit: Visit, mother: Resident, { name, id }: { name: string; id: string }): Promise<void> {
  const { page, look, press } = visit
  await mother.opens()
  await inSight(mother.talk.locator('.words').first())
  await look('hello')
  await mother.presses('生育登记')
  await look('who-registers')
  await mother.presses('孩子妈妈')
  await look('consent')
  await mother.presses('同意')
  await mother.says(name)
  await look('identity-number')
  await mother.says(`${id.slice(0, 17)}${id.endsWith('1') ? '2' : '1'}`)
  await mother.hears('好像有一位不对')
  await look('identity-number-wrong')
  await mother.says(id)
  await look('phone')
  await mother.says('13800000001')
  await press('选地区')
  // The county of the service stands open: its towns come first.
  await page.getByRole('button', { name: '沼山镇', exact: true }).waitFor()
  await look('region-town')
  await press('沼山镇')
  await page.getByLabel('打字找一找').fill('下柯')
  await page.getByRole('button', { name: '下柯村', exact: true }).waitFor()
  await look('region-village')
  await mother.presses('下柯村')
  await mother.hears('孩子出生了吗')
  await mother.presses('还没出生')
  const due = await choosesLunarDate(visit, mother)
  expect(await mother.bubbles()).toContain(due)
  await mother.hears('有几个孩子')
  await press('加一个')
  await look('children')
  await mother.presses('就是 1')
  await mother.hears(due)
  await look('review')
  await mother.presses('没错，提交')
  await mother.hears(/SY\d{6}-\d{6}/)
  await look('submitted')
}

/** The fifteenth of the next month of the moon; answers the day of the sun that the page shows for it. */
async function choosesLunarDate({ page, look, press }: Visit, mother: Resident): Promise<string> {
  await press('选日期（公历、农历都行）')
  await look('date')
  await press('农历')
  const months = page.locator('.months [role=button]')
  const pressed = await months.evaluateAll(all => all.findIndex(month => month.getAttribute('aria-pressed') === 'true'))
  if (pressed + 1 < (await months.count())) await months.nth(pressed + 1).click()
  else {
    await press('晚一年')
    await press('正月')
  }
  await press('十五')
  const shown = await page.locator('.result').innerText()
  expect(shown).toMatch(/农历.{1,3}月十五/)
  await look('date-lunar')
  await mother.presses('就是这一天')
  return shown.slice(0, shown.indexOf('（')).trim()
}

async function grants(visit: Visit, officer: Officer, words: RegExp): Promise<void> {
  const { page, look, press } = visit
  await officer.opens()
  await look('login')
  await officer.logsIn('village')
  await look('tasks')
  await officer.takesUp(words)
  await look('task')
  expect(await page.locator('body').innerText()).not.toContain('13800000001')
  await officer.does('接单')
  await look('leased')
  await press('查看完整信息')
  await press('确定')
  await officer.warning('请写明理由')
  await look('reveal')
  await page.getByLabel('理由').fill('核对证件')
  await press('确定')
  await page.getByText('13800000001').waitFor()
  await look('revealed')
  await officer.does('受理')
  await page.getByRole('button', { name: '受理', exact: true }).waitFor({ state: 'detached' })
  await look('accepted')
  await press('同意登记')
  await look('grant')
  await press('确定')
  await page
    .getByText(/PZ\d{6}-\d{6}/)
    .first()
    .waitFor()
  await look('granted')
}

/** The certificate: among her cases, as PDF, and on the check page. */
async function receives({ page, context, look, press }: Visit): Promise<void> {
  await press(/^我的办件/)
  await page.getByText('办好了').first().waitFor()
  await look('cases')
  await press(/^办件详情/)
  await page.getByText('谁来办').waitFor()
  await look('case')
  const downloading = page.waitForEvent('download')
  await press('打开登记凭证')
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^PZ\d{6}-\d{6}\.pdf$/)
  expect(
    readFileSync(await download.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  const opening = context.waitForEvent('page')
  await press('查验真伪')
  const check = await opening
  await check.getByText('凭证有效').waitFor()
  await look('check-page', check)
  await check.close()
  await press('返回')
  await press('返回')
  await page.getByRole('list', { name: '聊天记录' }).waitFor()
}

async function ratingOf(url: string, number: string | undefined): Promise<unknown> {
  const town = await logIn(url, 'town')
  type Row = { number: string; rating: unknown }
  const { items } = await json<{ items: Row[] }>(await town.get('/api/applications?limit=100'))
  return items.find(row => row.number === number)?.rating
}
