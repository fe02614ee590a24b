/** The process that makes the load: takes one plan, reports once, ends. Apart, so that its work is not the contender's. */
import { percentile } from '../statistics.ts'
import { answerBook, type AnswerBook } from './answerBook.ts'
import { loadPlan, type LoadMessage, type LoadPlan, type LoadReport, type WorkPlan } from './plan.ts'
import { runLoad } from './run.ts'
import type { RunResult } from './tally.ts'
import { answeredText, callbackRequest, getRequest, openidOf, postRequest } from './wechat.ts'
import { dialogues, repeated, type Work } from './work.ts'

type DialoguePlan = Extract<WorkPlan, { kind: 'dialogue' }>

const tell = (message: LoadMessage): void => void process.send?.(message)

/** The lone resident stands outside the numbered ones. */
const ALONE = 99_999_999
/** A lone resident's dialogue takes well under a second; a service that stands still is given up. */
const ALONE_MS = 20_000

async function perform(plan: LoadPlan): Promise<LoadReport> {
  const { work } = plan
  if (work.kind !== 'dialogue') {
    const request = work.kind === 'get' ? getRequest('/') : postRequest('/', 'text/xml', 'x'.repeat(800))
    const result = await runLoad(plan, repeated(request), { ...edges, answer: () => undefined })
    return reportOf(result, { errors: {}, verified: 0 }, [])
  }
  const told = await walkAlone(plan, work)
  const book = answerBook()
  const result = await runLoad(plan, manyResidents(work), { ...edges, answer: book.write })
  return reportOf(result, compare(work, book, told), told)
}

const edges = { begin: () => tell({ say: 'begin' }), over: () => tell({ say: 'over' }) }

function manyResidents({ residents, says, active, account, run }: DialoguePlan): Work {
  const turns = says.length
  const requests = Array.from({ length: residents * turns }, (_, request) => {
    const resident = Math.floor(request / turns)
    const text = says[request % turns] ?? ''
    return callbackRequest(account, { openid: openidOf(run, resident), messageId: messageId(request), text })
  })
  const nothing = Buffer.alloc(0)
  return dialogues({ residents, turns, active, bytes: request => requests[request] ?? nothing })
}

/** 19 digits, as the platform's are. */
const messageId = (request: number): string => String(7_300_000_000_000_000_000n + BigInt(request))

/** One resident alone says everything; what he is told is what everybody must be told. */
async function walkAlone({ ports }: LoadPlan, { says, account, run }: DialoguePlan): Promise<string[]> {
  const openid = openidOf(run, ALONE)
  const requests = says.map((text, turn) =>
    callbackRequest(account, { openid, messageId: messageId(1e12 + turn), text }),
  )
  const work = dialogues({
    residents: 1,
    turns: says.length,
    active: 1,
    bytes: request => requests[request] ?? Buffer.alloc(0),
  })
  const told: string[] = []
  const plan = { ports: ports.slice(0, 1), connections: 1, warmUpMs: 0, measureMs: ALONE_MS, perSecond: null }
  const { errors } = await runLoad(plan, work, {
    begin: () => undefined,
    over: () => undefined,
    answer: (_request, body) => told.push(answeredText(account, openid, body.toString())),
  })
  if (told.length === says.length) return told
  throw new Error(`one resident alone got ${told.length} of ${says.length} answers: ${JSON.stringify(errors)}`)
}

interface Comparison {
  errors: Record<string, number>
  verified: number
}

function compare({ says, account, run }: DialoguePlan, book: AnswerBook, told: string[]): Comparison {
  const errors: Record<string, number> = {}
  let verified = 0
  for (const { request, body } of book.entries()) {
    const turn = request % says.length
    const wrong = fault(() => answeredText(account, openidOf(run, Math.floor(request / says.length)), body), told[turn])
    if (wrong === null) verified++
    else errors[wrong] = (errors[wrong] ?? 0) + 1
  }
  return { errors, verified }
}

function fault(read: () => string, expected: string | undefined): string | null {
  try {
    const text = read()
    return text === expected ? null : `another answer: ${text.slice(0, 60)}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function reportOf(result: RunResult, { errors, verified }: Comparison, told: string[]): LoadReport {
  const sorted = result.latencies.sort()
  return {
    answers: result.answers,
    seconds: result.seconds,
    perSecond: result.seconds > 0 ? result.answers / result.seconds : 0,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    errors: { ...result.errors, ...errors },
    verified,
    told,
  }
}

process.on('SIGINT', () => undefined)
process.once('message', message => {
  perform(loadPlan.parse(message))
    .then(report => tell({ say: 'report', report }))
    .catch((error: unknown) => tell({ say: 'failed', why: error instanceof Error ? error.message : String(error) }))
    .finally(() => process.disconnect())
})
