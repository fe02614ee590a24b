import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { json, logIn } from '../e2e/people.ts'
import { withCheck } from '../e2e/registration.ts'
import { openLine, type CuttableLine } from './cuttableLine.ts'
import { isOfCutLine } from './cutLineWords.ts'
import { filed } from './filed.ts'
import { officerOn, type Officer } from './officer.ts'
import { pagesAreBuilt } from './pages.ts'
import { taskNaming, type Desk } from './phone.ts'
import { onScreens, onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

/* What an officer says of a task instead of typing it. Chromium's own test tone stands for the voice. */

const TEST_MS = 120_000
const screens = onScreens(
  { surname: '安', day: '0611' },
  { surname: '常', day: '0612' },
  { surname: '乐', day: '0613' },
)

onStage(pagesAreBuilt, stage => {
  let line: CuttableLine
  let visit: Visit
  let officer: Officer
  let village: Desk

  beforeAll(async () => {
    village = await logIn(stage.service.url, 'village')
  }, WHOLE_STORY_MS)
  beforeEach(async () => {
    line = await openLine(stage.service.url)
  })
  afterEach(async () => {
    await visit.context.close()
    await line.close()
  })

  const arrive = async (options: { width: number; album: string; elder: boolean }) => {
    visit = await startVisit({ browser: stage.browser, url: line.url, ...options })
    await visit.context.grantPermissions(['microphone'])
    officer = officerOn(visit, line.url)
  }

  const notes = async (task: string) =>
    (
      await json<{ items: { piece: { kind: string; seconds: number } }[] }>(
        await village.get(`/api/tasks/${task}/evidence`),
      )
    ).items

  const records = async () => {
    const { page, press } = visit
    await press('录语音')
    await press('开始录音')
    await page.getByText('正在录音 1 秒').waitFor()
    await press('说完了')
    await page.getByText(/^已录 \d 秒，还没保存$/).waitFor()
  }

  describe.each(screens)('on a screen of $album px', ({ album, width, elder, surname, day }) => {
    test(
      'an officer records a note, hears it, and it is kept; without network it waits on the phone and is sent once',
      async () => {
        await filed(stage.service.url, `${surname}小红`, withCheck(`4207021993${day}000`))
        const task = await taskNaming(village, surname)
        await arrive({ width, elder, album: `voice-${album}` })
        const { page, press, look } = visit
        await officer.logsIn('village')
        await officer.takesUp(new RegExp(`${surname}\\*`))
        await officer.does('接单')
        await records()
        await look('recorded')
        await press('听一听')
        await press('停止播放')
        await press('保存')
        await page.getByText('已完成：录语音').waitFor()
        const play = page.getByRole('button', { name: /^播放 \d 秒$/ })
        await play.first().waitFor()
        await look('kept')
        await play.first().click()
        await page.getByRole('button', { name: '停止播放' }).click()
        expect(await notes(task)).toMatchObject([{ piece: { kind: 'voice' } }])

        line.set('cut')
        await visit.context.setOffline(true)
        await records()
        await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
        await press('录语音')
        await page.getByText(/^已录 \d 秒，还没保存$/).waitFor()
        await press('保存')
        await page.getByText('已存在手机里，连上后自动发送：录语音').waitFor()
        await page.getByText('未发送', { exact: true }).last().waitFor()
        await look('waiting')
        await play.last().click()
        await page.getByRole('button', { name: '停止播放' }).click()
        expect(await notes(task)).toHaveLength(1)
        line.set('whole')
        await visit.context.setOffline(false)
        await expect.poll(async () => (await notes(task)).length, { timeout: 20_000 }).toBe(2)
        await page.getByText('未发送', { exact: true }).first().waitFor({ state: 'detached' })
        expect(visit.findings).toEqual([])
        expect(visit.problems.filter(words => !isOfCutLine(words))).toEqual([])
      },
      TEST_MS,
    )
  })

  test(
    'where the browser cannot record, the page says so and what to do instead',
    async () => {
      await filed(stage.service.url, '于小红', withCheck('42070219930614000'))
      await arrive({ width: 390, elder: false, album: 'voice-cannot' })
      await visit.context.addInitScript(() => Reflect.deleteProperty(window, 'MediaRecorder'))
      await officer.logsIn('village')
      await officer.takesUp(/于\*/)
      await officer.does('接单')
      await visit.press('录语音')
      await officer.warning('这个浏览器不能录音')
      await visit.look('cannot')
      expect(visit.findings).toEqual([])
    },
    TEST_MS,
  )
})
