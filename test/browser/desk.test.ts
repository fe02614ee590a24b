import { expect, test } from 'vitest'
import { withCheck } from '../e2e/registration.ts'
import { filed } from './filed.ts'
import { goesWay, officerOn, type Officer } from './officer.ts'
import { pagesAreBuilt } from './pages.ts'
import { suggests } from './suggestion.ts'
import { onScreens, onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

/* What officers do with a case or a complaint beside deciding it: print, move, hand over. */

const screens = onScreens(
  { surname: '焦', day: '0607' },
  { surname: '巴', day: '0608' },
  { surname: '弓', day: '0609' },
)

onStage(pagesAreBuilt, stage => {
  test.each(screens)(
    'an officer prints a certificate, moves a case, and a complaint goes to the county: $album px',
    async ({ album, width, elder, surname, day }) => {
      const { browser, service } = stage
      const { url } = service
      await filed(url, `${surname}小红`, withCheck(`4207021993${day}000`))
      await filed(url, `${surname}大山`, withCheck(`4207021994${day}000`))
      const his = await startVisit({ browser, url, width, elder, album: `desk-${album}/village` })
      const officer = officerOn(his, url)
      await officer.logsIn('village')
      await grantsAndPrints(his, officer, new RegExp(`${surname}\\*`))
      await officer.opensList()
      await moves(his, officer, new RegExp(`${surname}\\*`))

      await suggests(url, '能不能在县里设一个总窗口')
      const theirs = await startVisit({ browser, url, width, elder, album: `desk-${album}/town` })
      await officerOn(theirs, url).logsIn('town')
      await handsToCounty(theirs)
      expect([...his.findings, ...theirs.findings]).toEqual([])
      // What is gone from the own place is asked for once more, and the browser writes the 404 down.
      expect([...his.problems, ...theirs.problems].filter(line => !/status of 404/.test(line))).toEqual([])
      await his.context.close()
      await theirs.context.close()
    },
    WHOLE_STORY_MS,
  )
})

async function grantsAndPrints({ page, look, press }: Visit, officer: Officer, words: RegExp): Promise<void> {
  await officer.takesUp(words)
  for (const action of ['接单', '受理']) await officer.does(action)
  // The page is read anew behind the word that it is done, and what is below moves.
  await page.getByRole('button', { name: '受理', exact: true }).waitFor({ state: 'detached' })
  await press('同意登记')
  await press('确定')
  const print = page.getByRole('button', { name: /^打开凭证/ })
  await print.waitFor()
  await print.scrollIntoViewIfNeeded()
  await look('granted')
  const downloading = page.waitForEvent('download')
  await print.click()
  expect((await downloading).suggestedFilename()).toMatch(/^PZ\d{6}-\d{6}\.pdf$/)
}

async function moves({ page, look, press }: Visit, officer: Officer, words: RegExp): Promise<void> {
  await officer.takesUp(words)
  await press(/^更多操作/)
  await press('转到别处办理')
  await press('转过去')
  await page.getByText('请选村（社区），并写为什么转。').waitFor()
  await press('选村（社区）')
  await press('沼山镇')
  await look('move-villages')
  await press('夏咀村')
  await page.getByLabel('为什么转').fill('户籍在夏咀村')
  await look('move')
  await press('转过去')
  await page.getByRole('status').filter({ hasText: '已完成：转到别处办理' }).waitFor()
  await look('moved')
}

async function handsToCounty({ page, look, press }: Visit): Promise<void> {
  await goesWay(page, '投诉建议')
  await page.getByRole('button', { name: /^建议/ }).last().click()
  await press('接单')
  await press('转给别的单位')
  await press('确定')
  await page.getByText('请选转给谁，并写为什么转。').waitFor()
  await press('选乡镇（街道）')
  await page.getByRole('button', { name: '沼山镇' }).waitFor()
  await look('hand-over-towns')
  await page.getByRole('dialog').last().getByRole('button', { name: '关闭' }).click()
  await press('梁子湖区')
  await page.getByLabel('为什么转').fill('要由县里统一安排')
  await look('hand-over')
  await press('确定')
  await page.getByRole('status').filter({ hasText: '已完成：转给别的单位' }).waitFor()
  await look('handed-over')
}
