import { expect, test } from 'vitest'
import { newGuest } from '../e2e/people.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { filed } from './filed.ts'
import { goesWay, officerOn, type Officer } from './officer.ts'
import { pagesAreBuilt } from './pages.ts'
import { onScreens, onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

/* What helps an officer beside the writes: the law, the call, the way, the family, the report, the villages, a scanned code. */

const screens = onScreens(
  { surname: '边', day: '0625' },
  { surname: '扈', day: '0626' },
  { surname: '燕', day: '0627' },
)

onStage(pagesAreBuilt, stage => {
  const arrive = (who: string, { album, width, elder }: (typeof screens)[number]) =>
    startVisit({ browser: stage.browser, url: stage.service.url, width, elder, album: `helps-${album}/${who}` })

  test.each(screens)(
    'a task tells the law with its source, what was done with the family, and calls; the day reports itself: $album px',
    async screen => {
      const { url } = stage.service
      const { surname, day } = screen
      const guest = await filed(url, `${surname}小红`, withCheck(`4207021993${day}000`))
      const again = answersOf('420702104212', withCheck(`4207021995${day}000`))
      await registerUpTo(
        'submit',
        again.map(text => (text === '李秀英' ? `${surname}小玉` : text)),
        text => guest.says(text),
      )
      const his = await arrive('village', screen)
      await his.context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await his.context.addInitScript(() =>
        Reflect.set(window, 'open', (address: string) => Reflect.set(window, 'opened', address)),
      )
      const officer = officerOn(his, url)
      await officer.logsIn('village')
      await officer.takesUp(new RegExp(`${surname}\\*`))
      await readsLaw(his)
      await calls(his)
      await looksAtFamily(his)
      await officer.opensList()
      await reports(his)
      expect(his.findings).toEqual([])
      expect(his.problems).toEqual([])
      await his.context.close()
    },
    WHOLE_STORY_MS,
  )

  test.each(screens)(
    'a town chooses a village by its tile and takes its name to a map: $album px',
    async screen => {
      const { url } = stage.service
      await filed(url, `${screen.surname}大海`, withCheck(`4207021996${screen.day}000`))
      const hers = await arrive('town', screen)
      await hers.context.grantPermissions(['clipboard-read', 'clipboard-write'])
      const officer = officerOn(hers, url)
      await officer.logsIn('town')
      await choosesVillage(hers, officer, screen.surname)
      expect(hers.findings).toEqual([])
      expect(hers.problems).toEqual([])
      await hers.context.close()
    },
    WHOLE_STORY_MS,
  )

  test.each(screens)(
    'a code of a resident is scanned where the phone can, typed where it cannot, and another code is no code: $album px',
    async screen => {
      const { url } = stage.service
      const guest = await newGuest(url)
      await guest.hello()
      const { code } = JSON.parse(await (await guest.get('/api/assist-code')).text())
      const his = await arrive('scan', screen)
      const officer = officerOn(his, url)
      await officer.logsIn('village')
      await his.page.goto(`${url}/officer/window?way=assisted`)
      await his.page.getByLabel('帮办码（八位数字）').waitFor()
      // Chromium on a desk has no reader of codes.
      expect(await his.page.getByRole('button', { name: '扫群众的码' }).count()).toBe(0)
      await his.look('typed')
      await scans(his, url, String(code))
      expect(his.findings).toEqual([])
      expect(his.problems).toEqual([])
      await his.context.close()
    },
    WHOLE_STORY_MS,
  )
})

async function readsLaw({ page, press, look }: Visit): Promise<void> {
  await press('法律怎么说')
  await page.getByText('依据：行政许可法第三十二条', { exact: false }).waitFor()
  for (const source of ['国卫办人口发〔2021〕21号', '行政许可法第三十一条'])
    expect(await page.locator('.law').innerText()).toContain(source)
  await look('law')
  await press('收起法律')
  await page.locator('.law').waitFor({ state: 'detached' })
}

/** A number is shown against a reason, and then one tap away. */
async function calls({ page, press, look }: Visit): Promise<void> {
  await press('打电话（先查看号码）')
  await press('电话联系群众')
  await expect.poll(() => page.getByLabel('理由').inputValue()).toBe('电话联系群众')
  await look('why')
  await press('确定')
  await page.getByRole('button', { name: '打电话', exact: true }).click()
  expect(await page.evaluate(() => Reflect.get(window, 'opened'))).toBe('tel:13800000001')
  await look('call')
}

async function looksAtFamily({ page, look }: Visit): Promise<void> {
  const family = page.getByRole('heading', { name: '这一家的其他任务（1）' })
  await family.scrollIntoViewIfNeeded()
  await look('family')
  const own = await page.getByRole('heading', { level: 2 }).last().innerText()
  await page
    .locator('.card', { hasText: own.slice(0, 6) })
    .last()
    .click()
  await page.getByRole('heading', { name: '这一家的其他任务（1）' }).last().waitFor()
  await look('family-task')
}

async function reports({ page, press, look }: Visit): Promise<void> {
  await goesWay(page, '今天的日报')
  const words = page.getByRole('dialog').locator('.words')
  await words.getByText(/王建国/).waitFor()
  await look('report')
  await press('复制')
  await page.getByText('已复制，去粘贴吧').waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(await words.innerText())
  expect(copied).not.toMatch(/小红|小玉|1380000|4207021/)
  await look('report-copied')
  await press('关闭')
}

async function choosesVillage({ page, press, look }: Visit, officer: Officer, surname: string): Promise<void> {
  await press('按村')
  const tile = page.getByRole('button', { name: /^下柯村/ }).first()
  await tile.waitFor()
  await look('villages')
  await tile.click()
  await officer.takesUp(new RegExp(`${surname}\\*`))
  await press('复制地址去导航')
  await page.getByText(/^已复制：.*下柯村。到地图里粘贴。$/).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/梁子湖区沼山镇下柯村$/)
  await look('way')
}

/** As on a phone with Android: the camera takes a photo, the browser reads the code on it. */
async function scans({ page, context, press, look }: Visit, url: string, code: string): Promise<void> {
  await context.addInitScript(
    read =>
      Reflect.set(
        window,
        'BarcodeDetector',
        class {
          detect = async () => (Reflect.get(window, 'wrongCode') ? [{ rawValue: 'https://example.com/12' }] : [read])
        },
      ),
    { rawValue: code },
  )
  await page.goto(`${url}/officer/window?way=assisted`)
  const photographs = async () => {
    const choosing = page.waitForEvent('filechooser')
    await press('扫群众的码')
    await (await choosing).setFiles({ name: 'code.png', mimeType: 'image/png', buffer: PIXEL })
  }
  await page.getByRole('button', { name: '扫群众的码' }).waitFor()
  await page.evaluate(() => Reflect.set(window, 'wrongCode', true))
  await photographs()
  await page.getByText('没看清群众的码。请再扫一次，或者直接打那八位数。').waitFor()
  expect(await page.getByLabel('帮办码（八位数字）').inputValue()).toBe('')
  await look('not-a-code')
  await page.evaluate(() => Reflect.set(window, 'wrongCode', false))
  await photographs()
  await expect.poll(() => page.getByLabel('帮办码（八位数字）').inputValue()).toBe(code)
  await look('scanned')
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
)
