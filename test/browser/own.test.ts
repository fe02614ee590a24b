import { expect, test } from 'vitest'
import type { Guest } from '../e2e/people.ts'
import { withCheck } from '../e2e/registration.ts'
import { filed } from './filed.ts'
import { pagesAreBuilt } from './pages.ts'
import { goesOnAs } from './resident.ts'
import { onScreens, onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

/* 我的信息 and 服务日历: what a resident sees of what is kept, and what he may do about it. */

const screens = onScreens(
  { surname: '蒲', day: '0604' },
  { surname: '车', day: '0605' },
  { surname: '郝', day: '0606' },
)

onStage(pagesAreBuilt, stage => {
  test.each(screens)(
    'a resident reads his calendar and what is kept of him, corrects, withdraws and deletes: $album px',
    async ({ album, width, elder, surname, day }) => {
      const { browser, service } = stage
      const { url } = service
      const guest = await registered(url, `${surname}小红`, withCheck(`4207021993${day}000`))
      const hers = await startVisit({ browser, url, width, elder, album: `own-${album}` })
      await goesOnAs(hers, guest)
      await findsThePages(hers, url)
      await stopsCalendar(hers)
      await seesAndCorrects(hers, `${surname}小红`)
      await withdraws(hers)
      await deletes(hers, guest)
      expect(hers.findings).toEqual([])
      expect(hers.problems).toEqual([])
      await hers.context.close()
    },
    WHOLE_STORY_MS,
  )

  test(
    'who never filed anything is told that there is nothing to correct, and where a calendar begins',
    async () => {
      const { browser, service } = stage
      const visit = await startVisit({ browser, url: service.url, width: 390, album: 'own-nothing' })
      await visit.page.goto(`${service.url}/pages/calendar/index`)
      await visit.page.getByText('办了生育登记，才有服务日历。').waitFor()
      await visit.page.goto(`${service.url}/pages/mydata/index`)
      await visit.page.getByText('现在没有您同意过的事。').waitFor()
      await asksCorrection(visit)
      await visit.page.getByText('您还没有办件，没有要改的。').waitFor()
      await visit.look('nothing')
      expect([...visit.findings, ...visit.problems]).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )
})

/** A registration and, by chat, the calendar that comes after it. */
async function registered(url: string, name: string, id: string): Promise<Guest> {
  const guest = await filed(url, name, id)
  await guest.says('服务日历')
  await guest.presses('同意，开日历')
  return guest
}

/** From the first screen: complaint, and what is one's own. */
async function findsThePages({ page, look, press }: Visit, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: '投诉或者提建议' }).waitFor()
  await look('first-screen')
  await press(/^我的办件/)
  await page.getByText('服务日历').first().waitFor()
  await look('mine')
}

async function stopsCalendar({ page, look, press }: Visit): Promise<void> {
  await press('服务日历')
  await page.getByText('上户口：到户籍派出所').waitFor()
  await look('calendar')
  await press('停掉服务日历')
  await page.getByText('以后还能再开。').last().waitFor()
  await look('calendar-stop')
  await press('确定停掉')
  await page.getByText('服务日历停了。').waitFor()
  await page.getByRole('button', { name: '开服务日历' }).waitFor()
  await look('calendar-stopped')
  await press('返回')
}

async function seesAndCorrects(visit: Visit, name: string): Promise<void> {
  const { page, look, press } = visit
  await press('我的信息')
  await page.getByText('办件（1件）').waitFor()
  await look('own-data')
  await press(/^看里面写了什么/)
  await page.getByText(name).first().waitFor()
  await look('own-case')
  await asksCorrection(visit)
  await page.getByText(/^已交给经办人核对/).waitFor()
  await look('corrected')
}

async function asksCorrection({ page, look, press }: Visit): Promise<void> {
  await press('有错，要改')
  await press('交给经办人')
  await page.getByText('请选哪一项，并写正确的。').waitFor()
  await press('电话')
  await page.getByRole('dialog').getByRole('textbox').fill('13800000002')
  await look('correct')
  await press('交给经办人')
}

async function withdraws({ page, look, press }: Visit): Promise<void> {
  const button = page.getByRole('button', { name: '撤回同意 办生育登记' })
  await button.click()
  await page.getByText('已经办的仍然算数，别的事不受影响').waitFor()
  await look('withdraw')
  await press('确定撤回')
  await page.getByText('已撤回。不再用于这件事，别的不变。').waitFor()
  await button.waitFor({ state: 'detached' })
}

async function deletes({ page, look, press }: Visit, guest: Guest): Promise<void> {
  await press('删掉我的信息')
  await page.getByText(/^会删：/).waitFor()
  await look('delete')
  await press('不了，先留着')
  await press('删掉我的信息')
  await press('确定删掉')
  await page.getByText(/^删好了/).waitFor()
  await look('deleted')
  const cases = await guest.get('/api/applications')
  expect(JSON.stringify(await cases.json())).toContain('birthRegistration')
}
