import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { newGuest, type Guest } from '../e2e/people.ts'
import { withCheck } from '../e2e/registration.ts'
import { isOfCutLine } from './cutLineWords.ts'
import { filed } from './filed.ts'
import { goesWay, officerOn, type Officer } from './officer.ts'
import { pagesAreBuilt } from './pages.ts'
import { goesOnAs } from './resident.ts'
import { suggests } from './suggestion.ts'
import { onScreens, onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

/** A pixel: what a phone's photo is, only smaller. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
)

const screens = onScreens(
  { surname: '贺', day: '0601' },
  { surname: '毕', day: '0602' },
  { surname: '池', day: '0603' },
)

onStage(pagesAreBuilt, stage => {
  const visitOf = (who: string, { album, width, elder }: (typeof screens)[number]) =>
    startVisit({ browser: stage.browser, url: stage.service.url, width, elder, album: `cases-${album}/${who}` })

  test.each(screens)(
    'a notice is issued, read, answered with photos, and the case goes on: $album px',
    async screen => {
      const { url } = stage.service
      const guest = await filed(url, `${screen.surname}小红`, withCheck(`4207021993${screen.day}000`))
      const his = await visitOf('officer', screen)
      const officer = officerOn(his, url)
      await issuesNotice(his, officer, new RegExp(`${screen.surname}\\*`))

      const hers = await visitOf('resident', screen)
      await entersAs(hers, guest, url)
      await readsNotice(hers)
      await handsInPhotos(hers)
      await officer.opensList()
      await officer.takesUp(new RegExp(`${screen.surname}\\*`))
      await his.page.getByText('补交材料').first().waitFor()
      await looksAtPhoto(his)
      await takesRareSteps(his, officer)
      expect([...hers.findings, ...his.findings]).toEqual([])
      expect(unexpected([...hers.problems, ...his.problems])).toEqual([])
      await hers.context.close()
      await his.context.close()
    },
    WHOLE_STORY_MS,
  )

  test.each(screens)(
    'an officer files at the window in under a minute, and for a resident by his code: $album px',
    async screen => {
      const { url } = stage.service
      const his = await visitOf('window', screen)
      const officer = officerOn(his, url)
      await officer.logsIn('village')
      const began = Date.now()
      await filesAtWindow(his, `${screen.surname}大山`, withCheck(`4207021991${screen.day}000`))
      expect(Date.now() - began).toBeLessThan(60_000)

      const guest = await newGuest(url)
      await guest.hello()
      const hers = await visitOf('helped', screen)
      await entersAs(hers, guest, url)
      const code = await showsCode(hers)
      await filesByCode(his, { name: `${screen.surname}小云`, id: withCheck(`4207021992${screen.day}000`), code })
      await takesBack(hers, url)
      await followsInvitation(his, hers, url)
      expect([...hers.findings, ...his.findings]).toEqual([])
      expect(unexpected([...hers.problems, ...his.problems])).toEqual([])
      await hers.context.close()
      await his.context.close()
    },
    WHOLE_STORY_MS,
  )

  test.each(screens)(
    'a suggestion is taken on and answered: $album px',
    async screen => {
      const { url } = stage.service
      await suggests(url, '窗口中午能不能有人值班')
      const his = await visitOf('complaints', screen)
      await officerOn(his, url).logsIn('town')
      await answersComplaint(his)
      expect(his.findings).toEqual([])
      expect(his.problems).toEqual([])
      await his.context.close()
    },
    WHOLE_STORY_MS,
  )
})

async function answersComplaint({ page, look, press }: Visit): Promise<void> {
  await goesWay(page, '投诉建议')
  const card = page.getByRole('button', { name: /^建议/ }).last()
  await card.waitFor()
  await look('complaints')
  await card.click()
  await page.getByText('窗口中午能不能有人值班').waitFor()
  await look('complaint')
  await press('接单')
  await press('答复')
  await press('建议采纳')
  await page.getByRole('textbox').last().fill('从下周起中午安排人值班，谢谢您。')
  await look('complaint-answer')
  await press('发给群众')
  await page.getByText('已完成：答复').waitFor()
  await look('complaint-answered')
}

/** The browser writes down each request without a network; and that an invitation waits for the first hello. */
const unexpected = (problems: string[]) =>
  problems.filter(line => !isOfCutLine(line) && !/404.*invitations\/accept/.test(line))

/** The page of somebody who was here before. */
async function entersAs(visit: Visit, guest: Guest, url: string): Promise<void> {
  await goesOnAs(visit, guest)
  await visit.page.goto(`${url}/pages/cases/index`)
}

async function issuesNotice({ page, look, press }: Visit, officer: Officer, words: RegExp): Promise<void> {
  await officer.logsIn('village')
  await officer.takesUp(words)
  await officer.does('接单')
  await look('task')
  await press('一次性告知')
  await page.getByText('缺什么一次勾全').waitFor()
  await press('身份证或户口簿')
  await press('看不清')
  await look('notice-form')
  await press(/^告知群众/)
  await page.getByRole('status').filter({ hasText: '已完成：一次性告知' }).waitFor()
  await look('notice-sent')
}

async function readsNotice({ page, look, press }: Visit): Promise<void> {
  await page.getByText('等您补材料').waitFor()
  await look('my-cases')
  await press(/^办件详情/)
  await page.getByText('请按告知书补材料').waitFor()
  await look('my-case')
  await press(/^看告知书/)
  await page.getByText('要补的').first().waitFor()
  await look('notice')
  await press('我已收到')
  await page.getByText('您已确认收到').waitFor()
  const download = page.waitForEvent('download')
  await press('存成图片')
  expect((await download).suggestedFilename()).toMatch(/\.png$/)
  await look('notice-received')
  await press('返回')
}

/** The first photo finds no network and waits; it arrives by itself when the network is back. */
async function handsInPhotos({ page, context, look, press }: Visit): Promise<void> {
  await press('补材料')
  await page.getByText('拍完最下面点“交上去”').waitFor()
  await look('papers')
  await context.setOffline(true)
  await addsPhoto(page)
  await page.getByText('没传出去，等网络').waitFor()
  await look('papers-offline')
  await context.setOffline(false)
  await page.getByText('传好了').first().waitFor()
  await page.reload()
  await page.getByText('照片传好 1 张，共 1 张').waitFor()
  await look('papers-sent')
  await press('交上去')
  await page.getByText('材料交上去了，接着办。').waitFor()
  await look('my-case-goes-on')
}

async function addsPhoto(page: Page): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page
    .getByRole('button', { name: /^拍照或选照片/ })
    .first()
    .click()
  await (await chooser).setFiles({ name: 'paper.png', mimeType: 'image/png', buffer: PHOTO })
}

/** Each look needs a reason; the photo goes away again. */
async function looksAtPhoto({ page, look, press }: Visit): Promise<void> {
  await press('看照片 1')
  await page.getByLabel('理由').fill('核对身份证')
  await look('photo-why')
  await press('确定')
  await page.getByRole('button', { name: '收起照片' }).waitFor()
  await look('photo')
  await press('收起照片')
}

async function takesRareSteps({ page, look, press }: Visit, officer: Officer): Promise<void> {
  await officer.does('受理')
  await press(/^更多操作/)
  await look('more-steps')
  await press('请其他部门核实')
  await press('公安局')
  await page.getByLabel('请对方核实什么').fill('户籍是否在下柯村')
  await look('other-bureau')
  await press('发给对方')
  await page.getByText('已请其他部门核实，等答复。').waitFor()
  await press('更正内容')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /手机|电话/ })
    .click()
  await page.getByLabel('改成什么').fill('13800000002')
  await page.getByLabel('为什么更正').fill('本人电话说明')
  await look('correct')
  await press('确定')
  await page.getByRole('status').filter({ hasText: '已完成：更正内容' }).waitFor()
  await officer.opensList()
}

async function filesAtWindow({ page, look, press }: Visit, name: string, id: string): Promise<void> {
  await press('窗口登记')
  await offersPromise({ page, look, press })
  await page.getByText('为什么没在网上办').first().waitFor()
  await press('登记，开始办')
  await page.getByText('有几处要再看看').waitFor()
  await look('window-missing')
  await page.getByLabel('姓名', { exact: true }).fill(name)
  await page.getByLabel('身份证号', { exact: true }).fill(id)
  await page.getByLabel(/^预产期/).fill('20270320')
  await press('不会用手机办')
  await look('window')
  await press('登记，开始办')
  await page.getByText('您是首接责任人').waitFor()
  await look('window-filed')
  await press('返回')
}

/**
 * The demo county asks for no marriage certificate; where one is asked for, the words of the promise are shown, and chosen or
 * not. A promise does not outlive a change of the matter.
 */
async function offersPromise({ page, look, press }: Pick<Visit, 'page' | 'look' | 'press'>): Promise<void> {
  const items = [{ material: 'marriageCertificate', text: '告知承诺书（结婚证）\n您承诺：以上属实，愿意接受核查。' }]
  await page.route('**/api/window-commitments?matter=additionalBirthPermit*', route =>
    route.fulfill({ json: { items } }),
  )
  await press('再生育证')
  await press('自愿承诺，不用带结婚证')
  await page.getByText('愿意接受核查').waitFor()
  await look('promise')
  await press('本人自愿承诺，属实')
  await page.getByRole('button', { name: '✓ 自愿承诺，不用带结婚证' }).waitFor()
  await press('补证换证')
  await page.getByText('看了原件、确认是本人再点。', { exact: false }).waitFor()
  await press('已当面核对身份证件')
  await look('window-reissue')
  await page.getByRole('group', { name: '办什么' }).getByRole('button', { name: '再生育证' }).click()
  await page.getByRole('button', { name: '自愿承诺，不用带结婚证', exact: true }).waitFor()
  await press('生育登记')
}

async function showsCode({ page, look, press }: Visit): Promise<string> {
  await press('请人帮我办')
  await page.locator('.digits').waitFor()
  await look('code')
  return (await page.locator('.digits').innerText()).replace(/\D/g, '')
}

async function filesByCode(
  { page, look, press }: Visit,
  { name, id, code }: { name: string; id: string; code: string },
): Promise<void> {
  await press('帮群众办')
  await page.getByLabel('帮办码（八位数字）').fill(code)
  await page.getByLabel('姓名', { exact: true }).fill(name)
  await page.getByLabel('身份证号', { exact: true }).fill(id)
  await page.getByLabel(/^预产期/).fill('20270321')
  await look('assisted')
  await press('替他提交')
  await page.getByText('您是首接责任人').waitFor()
  await press('现在就办')
  await page.getByText('工作人员帮办（网上）').waitFor()
  await look('assisted-task')
}

async function takesBack({ page, look, press }: Visit, url: string): Promise<void> {
  await page.goto(`${url}/pages/cases/index`)
  await press(/^办件详情/)
  await press('撤回这个申请')
  await look('withdraw')
  await press('确定撤回')
  await page.getByText('您已撤回').waitFor()
  await look('withdrawn')
}

/** An officer shows the code at the window; a phone that was never here scans it and goes on. */
async function followsInvitation(his: Visit, hers: Visit, url: string): Promise<void> {
  await his.page.goto(`${url}/officer/window?way=window`)
  await his.page.getByLabel('姓名', { exact: true }).fill('阮小云')
  await his.press('请本人扫码网上办')
  await his.page.locator('.digits').waitFor()
  await his.look('invitation')
  const code = (await his.page.locator('.digits').innerText()).replace(/\D/g, '')
  await hers.page.goto(`${url}/?invitation=${code}`)
  await hers.page.getByText('窗口已经记下的不用再填').first().waitFor()
  await hers.look('invited')
}
