import { expect, test } from 'vitest'
import { logIn } from '../e2e/people.ts'
import { withCheck } from '../e2e/registration.ts'
import { filed } from './filed.ts'
import { officerOn, type Officer } from './officer.ts'
import { pagesAreBuilt } from './pages.ts'
import { log, taskNaming } from './phone.ts'
import { onScreens, onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

/* 转办 from both sides and 催办, as two officers press them on their phones. */

const screens = onScreens(
  { surname: '左', day: '0621' },
  { surname: '冉', day: '0622' },
  { surname: '庄', day: '0623' },
)

onStage(pagesAreBuilt, stage => {
  test.each(screens)(
    'a task is offered, declined, offered again, taken back, offered and taken over; the town urges: $album px',
    async ({ album, width, elder, surname, day }) => {
      const { url } = stage.service
      await filed(url, `${surname}小红`, withCheck(`4207021993${day}000`))
      const visits = await Promise.all(
        ['village', 'town'].map(who =>
          startVisit({ browser: stage.browser, url, width, elder, album: `transfers-${album}/${who}` }),
        ),
      )
      const [his, hers] = visits
      if (!his || !hers) throw new Error('two officers')
      const [holder, other] = [officerOn(his, url), officerOn(hers, url)]
      const words = new RegExp(`${surname}\\*`)
      await holder.logsIn('village')
      await holder.takesUp(words)
      await holder.does('接单')
      await other.logsIn('town')
      await other.takesUp(words)
      await urges(hers)
      await seesUrged(his, holder, words)

      await offers(his, '我明天外出')
      await declines(hers, other, words)
      await seesDeclined(his, holder, words)
      await offers(his, '请您帮忙办')
      await holder.does('收回转办')
      await offers(his, '还是请您办')
      await takesOver(hers, other, words)

      const town = await logIn(url, 'town')
      expect(await log(town, await taskNaming(town, surname))).toEqual([
        ...['created', 'leased', 'urged', 'transferOffered', 'transferDeclined', 'transferOffered'],
        ...['transferWithdrawn', 'transferOffered', 'transferAccepted'],
      ])
      for (const { findings, problems, context } of visits) {
        expect(findings).toEqual([])
        expect(problems).toEqual([])
        await context.close()
      }
    },
    WHOLE_STORY_MS,
  )
})

async function urges({ page, press, look }: Visit): Promise<void> {
  await press('催办')
  await page.getByText('催什么？（会通知经办人）').waitFor()
  await press('确定')
  await page.getByText('请写明理由。').waitFor()
  await press('快到期了，请尽快办')
  await look('urge')
  await press('确定')
  await page.getByText('已完成：催办').waitFor()
  await look('urged')
}

async function seesUrged({ page, look }: Visit, holder: Officer, words: RegExp): Promise<void> {
  await holder.opensList()
  await holder.takesUp(words)
  await page.getByText(/快到期了，请尽快办/).scrollIntoViewIfNeeded()
  await look('was-urged')
}

async function offers({ page, press, look }: Visit, why: string): Promise<void> {
  await press('转办')
  await page.getByRole('group', { name: '转给谁' }).waitFor()
  await press('确定')
  await page.getByText('请选同事，并写为什么。').waitFor()
  await press(/^陈志强/)
  await page.getByLabel('为什么转').fill(why)
  await look('offer')
  await press('确定')
  await page.getByText('已完成：转办').waitFor()
  await page.getByRole('button', { name: '收回转办' }).waitFor()
  await look('offered')
}

async function declines({ page, press, look }: Visit, other: Officer, words: RegExp): Promise<void> {
  await other.opensList()
  await look('list-with-offer')
  await other.takesUp(words)
  await page.getByRole('button', { name: '接手', exact: true }).waitFor()
  await look('asked')
  await press('不接手')
  await press('手上的事太多')
  await look('decline')
  await press('确定')
  await page.getByText('已完成：不接手').waitFor()
}

async function seesDeclined({ page, look }: Visit, holder: Officer, words: RegExp): Promise<void> {
  await holder.opensList()
  await holder.takesUp(words)
  await page.getByText('陈志强没有接手。理由：手上的事太多。').waitFor()
  await look('declined')
}

async function takesOver({ page, look }: Visit, other: Officer, words: RegExp): Promise<void> {
  await other.opensList()
  await other.takesUp(words)
  await other.does('接手')
  await page.getByRole('button', { name: '暂停', exact: true }).waitFor()
  await look('taken-over')
}
