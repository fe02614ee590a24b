import { expect, test } from 'vitest'
import { logIn, type Guest } from '../e2e/people.ts'
import { withCheck } from '../e2e/registration.ts'
import { filed } from './filed.ts'
import { pagesAreBuilt } from './pages.ts'
import { goesOnAs } from './resident.ts'
import { onScreens, onStage, WHOLE_STORY_MS } from './stage.ts'
import { startVisit, type Visit } from './visit.ts'

/* 我的办件: where all that is one's own is, who is at it, 催一下 and 没办好. */

const screens = onScreens(
  { surname: '佟', day: '0704' },
  { surname: '鄢', day: '0705' },
  { surname: '麦', day: '0706' },
)

onStage(pagesAreBuilt, stage => {
  test.each(screens)(
    'a resident has a call that never came taken up again, and urges it and his case: $album px',
    async ({ album, width, elder, surname, day }) => {
      const { browser, service } = stage
      const { url } = service
      const guest = await filed(url, `${surname}小红`, withCheck(`4207021992${day}000`))
      await closedCall(url, guest)
      const hers = await startVisit({ browser, url, width, elder, album: `requests-${album}` })
      await goesOnAs(hers, guest)
      await hers.page.goto(`${url}/pages/cases/index`)
      await reopens(hers)
      await urges(hers)
      await urgesCase(hers)
      expect(hers.findings).toEqual([])
      expect(hers.problems).toEqual([])
      await hers.context.close()
    },
    WHOLE_STORY_MS,
  )
})

/** Asked for by chat, and closed by the county. */
async function closedCall(url: string, guest: Guest): Promise<void> {
  await guest.says('人工')
  const answer: { items: { id: string }[] } = await (await guest.get('/api/requests')).json()
  const id = answer.items[0]?.id ?? ''
  const county = await logIn(url, 'county')
  const leased = await county.post(`/api/tasks/${id}/lease`, {})
  const { fence }: { fence: number } = await leased.json()
  const closed = await county.post(`/api/tasks/${id}/close`, { evidence: '已电话答复' }, fence)
  expect(closed.ok, await closed.text()).toBe(true)
}

async function reopens({ page, look, press }: Visit): Promise<void> {
  await page.getByText('没办好，可以说一声，重新办。').waitFor()
  await look('list')
  await press(/^没办好 请工作人员联系/)
  await press('没办好，重新办')
  await page.getByText('请选一个，或写两个字以上。').waitFor()
  await press('没人联系我')
  await look('not-done')
  await press('没办好，重新办')
  await page.getByText('好，已经重新打开，也告诉经办人了。').waitFor()
  await page.getByText('已收到，等人办').waitFor()
  await look('open-again')
}

async function urges({ page, look, press }: Visit): Promise<void> {
  await press(/^催一下 请工作人员联系/)
  await page.getByText('给经办人发一条催办消息。').waitFor()
  await look('urge')
  await press('催一下经办人')
  await page.getByText('催过了，经办人马上收到。').waitFor()
  await page.getByText(/今天催过了，经办人收到了。.*起可以再催/).waitFor()
  await look('urged')
}

async function urgesCase({ page, look, press }: Visit): Promise<void> {
  await press(/^办件详情/)
  await page.getByText('谁来办').waitFor()
  await look('case')
  await press(/^催一下 SY/)
  await press('催一下经办人')
  await page.getByText(/今天催过了，经办人收到了。.*起可以再催/).waitFor()
  await look('case-urged')
}
