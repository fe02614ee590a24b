import { expect, test } from 'vitest'
import { withCheck } from '../e2e/registration.ts'
import { DEMO_PASSWORD } from '../e2e/service.ts'
import { filed } from './filed.ts'
import { opensPage } from './menu.ts'
import { officerOn } from './officer.ts'
import { consoleIsBuilt, pagesAreBuilt } from './pages.ts'
import { onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit } from './visit.ts'

/* What is done when somebody died, on the officers' pages and the town's: said before it is done, in words for tired people. */

const built = async () => {
  await pagesAreBuilt()
  await consoleIsBuilt()
}

onStage(built, stage => {
  test.each([
    { album: 'care-390', width: 390, surname: '欧阳', day: '0701', heard: '吴桂兰' },
    { album: 'care-1280', width: 1280, surname: '司马', day: '0702', heard: '郑桂兰' },
  ])(
    'a death is told on the case and without one; the town sees who is left in peace, lifts it, and ends it: $album',
    async ({ album, width, surname, day, heard }) => {
      const { url } = stage.service
      await filed(url, `${surname}小红`, withCheck(`4207021990${day}000`))
      const visit = await startVisit({ browser: stage.browser, url, album, width })
      const { page } = visit
      const village = officerOn(visit, url)
      await village.logsIn('village')
      await village.takesUp(new RegExp(surname.slice(0, 1)))
      await visit.press('家里有人走了')
      await page.getByText('停掉给这家的一切主动消息').waitFor()
      await visit.press('停消息，请人上门')
      await page.getByRole('alert').filter({ hasText: '选好走了的是谁' }).waitFor()
      await visit.look('case-loss')
      await visit.press('家里大人')
      await village.does('停消息，请人上门')

      await page.goto(`${url}/officer/care`)
      await visit.press('家里有人走了')
      await visit.press('孩子，没出生的也算')
      await page.getByLabel('找谁（姓名）').fill(heard)
      await page.getByLabel('电话（没有不填）').fill('13800000099')
      await visit.look('heard')
      await visit.press('停消息，请人上门')
      await page.getByText('已经请镇上上门；按这个电话认不出是哪一户').waitFor()
      await visit.context.close()

      const atTown = await startVisit({ browser: stage.browser, url, album: `${album}-town`, width })
      await officerOn(atTown, url).logsIn('town')
      const town = atTown.page
      await town.goto(`${url}/officer/care`)
      await town
        .getByRole('button', { name: new RegExp(`^${surname}家`) })
        .first()
        .click()
      await town.getByText(/起不主动给这家发消息/).waitFor()
      await atTown.look('quiet')
      await atTown.press('可以再发消息了')
      await town.getByLabel('去看过没有，本人怎么说').fill('上门看过，说可以发')
      await atTown.look('lift')
      await atTown.press('恢复发消息')
      await town.getByText(/起不主动给这家发消息/).waitFor({ state: 'detached' })
      await atTown.press('不再联系这家')
      await town.getByText(/记录再留90天备查，到期全部删掉/).waitFor()
      await atTown.press('问过，本人没同意')
      await atTown.look('end')
      await atTown.press('不再联系')
      await town.getByText('这一家已经不再联系，记录留90天。').waitFor()
      await atTown.look('ended')
      for (const { findings, problems } of [visit, atTown]) expect([...findings, ...problems]).toEqual([])
      await atTown.context.close()
    },
    WHOLE_STORY_MS,
  )

  test.each([
    { album: 'care-console-390', width: 390, family: '李家', step: '家里大人走了' },
    { album: 'care-console-1280', width: 1280, family: '李家', step: '不再联系' },
  ])(
    'the town does the same on its own page: $album',
    async ({ album, width, family, step }) => {
      const { url } = stage.service
      const visit = await startVisit({ browser: stage.browser, url, album, width })
      const { page } = visit
      await page.goto(`${url}/console`)
      await page.getByLabel('账号').fill('town')
      await page.getByLabel('密码', { exact: true }).fill(DEMO_PASSWORD)
      await page.getByRole('button', { name: '登录' }).click()
      await opensPage(page, '暖心')
      await page.getByRole('heading', { name: /^联系着的人家/ }).scrollIntoViewIfNeeded()
      await visit.look('families')
      await page.getByRole('button', { name: `办理 ${family}` }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(step).check()
      if (step === '不再联系') await dialog.getByLabel('原因').selectOption('moved')
      await visit.look('step')
      await dialog.getByRole('button', { name: '就这么办' }).click()
      await dialog.waitFor({ state: 'detached' })
      const row = page.getByRole('button', { name: `办理 ${family}` })
      if (step === '不再联系') await row.waitFor({ state: 'detached' })
      expect([...visit.findings, ...visit.problems]).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )
})
