import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { json, logIn } from '../e2e/people.ts'
import { withCheck } from '../e2e/registration.ts'
import { openLine, type CuttableLine } from './cuttableLine.ts'
import { isOfCutLine } from './cutLineWords.ts'
import { filed } from './filed.ts'
import { officerOn } from './officer.ts'
import { pagesAreBuilt } from './pages.ts'
import { taskNaming, type Desk } from './phone.ts'
import { onScreens, onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

/* A photo of what was done, taken on the task's own page: with network, and without it. */

const TEST_MS = 120_000
/** One pixel, PNG. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const screens = onScreens(
  { surname: '寇', day: '0811' },
  { surname: '栾', day: '0812' },
  { surname: '岑', day: '0813' },
)

onStage(pagesAreBuilt, stage => {
  let line: CuttableLine
  let visit: Visit
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

  const pieces = async (task: string) =>
    (await json<{ items: { piece: { kind: string } }[] }>(await village.get(`/api/tasks/${task}/evidence`))).items

  /** A family asks, and the officer of its village takes it up on a phone. `day`: of birth, in 1994. */
  const takesUpCaseOf = async (
    surname: string,
    day: string,
    screen: { width: number; elder?: boolean; album: string },
  ): Promise<void> => {
    await filed(stage.service.url, `${surname}小红`, withCheck(`4207021994${day}000`))
    visit = await startVisit({ browser: stage.browser, url: line.url, ...screen })
    const officer = officerOn(visit, line.url)
    await officer.logsIn('village')
    await officer.takesUp(new RegExp(`${surname}\\*`))
    await officer.does('接单')
  }

  const takes = async () => {
    const chosen = visit.page.waitForEvent('filechooser')
    await visit.press('拍照或选照片，留作凭据')
    await (await chosen).setFiles({ name: 'photo.png', mimeType: 'image/png', buffer: PIXEL })
  }

  describe.each(screens)('on a screen of $album px', ({ album, width, elder, surname, day }) => {
    test(
      'an officer leaves a photo and sees it; without network it waits on the phone, outlives the page, and is sent once',
      async () => {
        await takesUpCaseOf(surname, day, { width, elder, album: `photo-${album}` })
        const task = await taskNaming(village, surname)
        const { page, press, look } = visit
        await takes()
        await page.getByText('已完成：留照片').waitFor()
        await press('看照片')
        await page.locator('.picture').waitFor()
        await look('kept')
        expect(await pieces(task)).toMatchObject([{ piece: { kind: 'photo', state: 'here' } }])

        line.set('cut')
        await visit.context.setOffline(true)
        await takes()
        await page.getByText('已存在手机里，连上后自动发送：留照片').waitFor()
        await page.getByText('未发送', { exact: true }).last().waitFor()
        await look('waiting')
        await page.reload()
        await page.getByText('未发送', { exact: true }).last().waitFor()
        expect(await pieces(task)).toHaveLength(1)
        line.set('whole')
        await visit.context.setOffline(false)
        await expect.poll(async () => (await pieces(task)).length, { timeout: 20_000 }).toBe(2)
        await page.getByText('未发送', { exact: true }).first().waitFor({ state: 'detached' })
        expect(visit.findings).toEqual([])
        expect(visit.problems.filter(words => !isOfCutLine(words))).toEqual([])
      },
      TEST_MS,
    )
  })

  test(
    'a photo that cannot be read is said not to be kept, and the next one is',
    async () => {
      await takesUpCaseOf('褚', '0815', { width: 390, album: 'photo-unread' })
      await visit.page.evaluate(() => {
        const { arrayBuffer } = Blob.prototype
        Blob.prototype.arrayBuffer = () => {
          Blob.prototype.arrayBuffer = arrayBuffer
          return Promise.reject(new DOMException('gone', 'NotReadableError'))
        }
      })
      await takes()
      await visit.page.getByRole('alert').filter({ hasText: '照片没有读出来，还没存下。' }).waitFor()
      await visit.look('unread')
      await takes()
      await visit.page.getByText('已完成：留照片').waitFor()
      expect(visit.findings).toEqual([])
    },
    TEST_MS,
  )

  test(
    'where the phone keeps nothing more, the page says that it has to stay open',
    async () => {
      await takesUpCaseOf('幸', '0814', { width: 390, album: 'photo-full' })
      await visit.page.evaluate(() => {
        const { setItem } = Storage.prototype
        Storage.prototype.setItem = function (this: Storage, name: string, value: string) {
          if (value.includes('image')) throw new DOMException('full', 'QuotaExceededError')
          setItem.call(this, name, value)
        }
      })
      line.set('cut')
      await visit.context.setOffline(true)
      await takes()
      await visit.page.getByText('这台手机存不住：留照片 还没发出去，请先不要关这一页。').waitFor()
      await visit.look('full')
      expect(visit.findings).toEqual([])
    },
    TEST_MS,
  )
})
