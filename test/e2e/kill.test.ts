import { once } from 'node:events'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { crashPoints, type CrashPointName } from '../../src/app/ports.ts'
import { deployments, type Deployment } from './deployments.ts'
import { eventually, json, logIn, newGuest, type Guest } from './people.ts'
import { answersOf, registerUpTo, withCheck } from './registration.ts'
import { freePort, type RunningService } from './service.ts'

/*
 * `kill -9` at every named place around the transaction. The process ends there; the next one, on the same data, must
 * have everything that was acknowledged, and the message that was not acknowledged comes again under its old id.
 */

const [embedded] = deployments
if (!embedded) throw new Error('the embedded deployment is always there')

let deployment: Deployment
let port: number

beforeAll(async () => {
  deployment = await embedded.open()
  port = await freePort()
})

afterAll(async () => {
  await deployment.close()
})

/** Two or three starts and what lies between them, on a machine that has other things to do. */
const LONG = 180_000

const start = (crash?: CrashPointName): Promise<RunningService> =>
  deployment.start({ port, ...(crash ? { env: { NUANXIN_CRASH_AT: crash } } : {}) })

/** The healthy one that the case before left, or the first. */
let left: RunningService | null = null
const goOn = async (): Promise<RunningService> => left ?? start()

/** The service dies under this call; afterwards a healthy one runs on the same data. */
async function killedDuring(crash: CrashPointName, call: () => Promise<unknown>): Promise<RunningService> {
  const doomed = await start(crash)
  const died = doomed.process.exitCode === null ? once(doomed.process, 'exit') : Promise.resolve([null, 'SIGKILL'])
  await call().catch(() => undefined) // the connection breaks, or the crash comes after the answer
  const [, signal] = await died
  expect(signal).toBe('SIGKILL')
  return start()
}

async function stopped(service: RunningService): Promise<void> {
  left = null
  expect(await service.stop()).toBe(0)
}

async function filings(guest: Guest): Promise<{ id: string; number: string; status: string }[]> {
  return (await json<{ items: { id: string; number: string; status: string }[] }>(await guest.get('/api/applications')))
    .items
}

async function history(guest: Guest): Promise<{ from: string; text: string | null; replies: { text: string }[] }[]> {
  return (
    await json<{ items: { from: string; text: string | null; replies: { text: string }[] }[] }>(
      await guest.get('/api/chat/history?limit=100'),
    )
  ).items
}

/** A mother of her own for every case: one person and one date make one application. */
let mothers = 0
const answers = () => answersOf('420702104212', withCheck(`4207021992${String(101 + mothers++).padStart(4, '0')}000`))

const turnPoints = ['turn.opened', 'turn.beforeCommit', 'turn.afterCommit'] as const
const commandPoints = ['turn.opened', 'command.afterRows', 'turn.afterCommit'] as const
const outboxPoints = ['outbox.markedSending', 'outbox.accepted'] as const

describe('an ordinary answer', () => {
  test.each(turnPoints)(
    'killed at %s: sent again, it counts once',
    async point => {
      const healthy = await goOn()
      const guest = await newGuest(healthy.url)
      await guest.says('生育登记')
      await guest.says('孩子妈妈')
      await stopped(healthy)
      const id = randomUUID()
      const after = await killedDuring(point, () => guest.says('同意', id))

      const answer = await guest.says('同意', id)
      expect(answer.state.step).toBe('applicantName')
      const said = (await history(guest)).filter(({ from }) => from === 'resident').map(({ text }) => text)
      expect(said.filter(text => text === '同意')).toHaveLength(1)
      expect((await guest.says('李秀英')).state.step).toBe('applicantId')
      left = after
    },
    LONG,
  )
})

describe('the submission', () => {
  test.each(commandPoints)(
    'killed at %s: sent again, one application and one task',
    async point => {
      const healthy = await goOn()
      const guest = await newGuest(healthy.url)
      await registerUpTo('review', answers(), text => guest.says(text))
      await stopped(healthy)
      const id = randomUUID()
      const after = await killedDuring(point, () => guest.says('提交', id))

      const answer = await guest.says('提交', id)
      const number = JSON.stringify(answer.replies).match(/SY\d{6}-\d{6}/)?.[0]
      expect((await filings(guest)).map(filing => filing.number)).toEqual([number])
      expect(await tasksOf(after.url, guest)).toHaveLength(1)
      left = after
    },
    LONG,
  )
})

describe('the message about a decision', () => {
  test.each(outboxPoints)(
    'killed at %s: it arrives, and is in the history once',
    async point => {
      const healthy = await goOn()
      const guest = await newGuest(healthy.url)
      await registerUpTo('submit', answers(), text => guest.says(text))
      await settled(healthy)
      await stopped(healthy)
      const after = await killedDuring(point, () => decide(healthy.url, guest))

      const told = await eventually(async () => {
        const [filing] = await filings(guest)
        return filing?.status === 'delivered' ? await history(guest) : null
      }, 90_000)
      const decisions = told.flatMap(({ replies }) => replies).filter(({ text }) => /PZ\d{6}-\d{6}/.test(text))
      expect(decisions).toHaveLength(1)
      expect((await tasksOf(after.url, guest)).map(({ status }) => status)).toEqual(['done'])
      left = after
    },
    180_000,
  )
})

test('every crash point is tried here or named as tried elsewhere', () => {
  // test/store/jobs.test.ts: timers under a moved clock. test/e2e/campaignKill.test.ts: the asking of households.
  const elsewhere: CrashPointName[] = ['timer.fired', 'campaign.rows', 'campaign.committed']
  const tried = new Set<CrashPointName>([...turnPoints, ...commandPoints, ...outboxPoints, ...elsewhere])
  expect([...tried].toSorted()).toEqual([...crashPoints].toSorted())
})

async function decide(url: string, guest: Guest): Promise<void> {
  const [filing] = await filings(guest)
  const officer = await logIn(url, 'village')
  const { taskId } = await json<{ taskId: string }>(await officer.get(`/api/applications/${filing?.id}`))
  const { fence } = await json<{ fence: number }>(await officer.post(`/api/tasks/${taskId}/lease`))
  await json(await officer.post(`/api/applications/${filing?.id}/decide`, { decision: 'granted' }, fence))
}

/** The messages of the demo itself have left; the next one to leave is ours. A case filed by an officer sends none. */
async function settled({ url }: RunningService): Promise<void> {
  const county = await logIn(url, 'county')
  await eventually(async () => {
    const { items } = await json<{ items: { status: string; way: string }[] }>(
      await county.get('/api/applications?limit=100'),
    )
    return items.every(({ status, way }) => way !== 'self' || status !== 'granted')
  }, 60_000)
}

async function tasksOf(url: string, guest: Guest): Promise<{ status: string }[]> {
  const [filing] = await filings(guest)
  const officer = await logIn(url, 'village')
  const { items } = await json<{ items: { status: string; applicationId: string | null; source: string }[] }>(
    await officer.get('/api/tasks?limit=100'),
  )
  return items.filter(({ applicationId }) => applicationId === filing?.id)
}
