import { expect, test } from 'vitest'
import { json, logIn } from '../e2e/people.ts'
import { withCheck } from '../e2e/registration.ts'
import { isOfCutLine } from './cutLineWords.ts'
import { filed } from './filed.ts'
import { officerOn } from './officer.ts'
import { pagesAreBuilt } from './pages.ts'
import { onScreens, onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit } from './visit.ts'

/* An officer does the work of an absent colleague of another village on his own phone. */

const screens = onScreens(
  { surname: '端木', day: '0707' },
  { surname: '公冶', day: '0708' },
  { surname: '仲孙', day: '0709' },
)
const DAY_MS = 86_400_000
const SHANGHAI_MS = 8 * 3_600_000

onStage(pagesAreBuilt, stage => {
  test.each(screens)(
    'a substitute chooses whose tasks to do, sees on every page whose they are, and keeps the lists apart offline: $album px',
    async ({ album, width, elder, surname, day }) => {
      const { browser, service } = stage
      const { url } = service
      await filed(url, `${surname}小红`, withCheck(`4207021992${day}000`))
      const town = await logIn(url, 'town')
      const today = new Date(Date.now() + SHANGHAI_MS).toISOString().slice(0, 10)
      const until = new Date(Date.now() + SHANGHAI_MS + DAY_MS).toISOString().slice(0, 10)
      const days = { officer: 'demo-village', from: today, to: until, substitute: 'demo-village2' }
      const { id } = await json<{ id: string }>(await town.post('/api/officer-absences', days))

      const visit = await startVisit({ browser, url, width, elder, album: `standin-${album}` })
      const { page } = visit
      const officer = officerOn(visit, url)
      await officer.logsIn('village2')
      const theirs = page.getByRole('button', { name: new RegExp(surname.slice(0, 1)) })
      const hers = page.getByRole('button', { name: /^代 .*下柯村/ })
      await hers.waitFor()
      expect(await theirs.count()).toBe(0)
      await hers.click()
      const line = page.getByRole('status').filter({ hasText: /^正在代 .*下柯村/ })
      await line.waitFor()
      await theirs.first().waitFor()
      await visit.look('chosen')

      await officer.takesUp(new RegExp(surname.slice(0, 1)))
      await line.first().waitFor()
      await officer.does('接单')
      await visit.look('taken')
      await officer.opensList()
      await line.waitFor()
      await theirs.first().waitFor()

      await visit.context.setOffline(true)
      await page.getByRole('button', { name: '我自己的' }).click()
      await line.waitFor({ state: 'detached' })
      await theirs.first().waitFor({ state: 'detached' })
      await hers.click()
      await theirs.first().waitFor()
      await visit.look('offline')
      await visit.context.setOffline(false)

      expect((await town.post(`/api/officer-absences/${id}/end`)).status).toBe(204)
      await officer.opensList()
      await page.getByText('代班已经结束，下面是您自己的任务。').waitFor()
      expect(await theirs.count()).toBe(0)
      await visit.look('over')
      expect(visit.findings).toEqual([])
      // Without network, when a page of the other place was still on its way, and when the days are over, the browser notes it.
      expect(visit.problems.filter(text => !isOfCutLine(text) && !/status of 40[34]/.test(text))).toEqual([])
      await visit.context.close()
    },
    WHOLE_STORY_MS,
  )
})
