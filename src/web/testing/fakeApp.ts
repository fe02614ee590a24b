import type { App, InboundMessage, Outcome } from '../../app/app.ts'
import { noticePrint } from './noticeSample.ts'
import {
  answer,
  application,
  AT,
  auditRecord,
  calendar,
  content,
  registration,
  funnelStep,
  print,
  residentApplication,
  task,
} from './samples.ts'

export interface FakeApp extends App {
  /** Everything asked, as `name` and arguments. */
  asked: [string, ...unknown[]][]
  turns: InboundMessage[]
  /** Use cases of officers answer this instead, when set. */
  refuseWith: Extract<Outcome<never>, { ok: false }> | null
}

/** Answers the samples for `task-1`, `application-1` and the sample's certificate; everything else is not there. */
export function fakeApp(): FakeApp {
  const asked: FakeApp['asked'] = []
  const turns: InboundMessage[] = []
  const state: { refuseWith: FakeApp['refuseWith'] } = { refuseWith: null }
  const outcome = <T>(known: boolean, value: T): Outcome<T> => {
    if (state.refuseWith) return state.refuseWith
    return known ? { ok: true, value } : { ok: false, refusal: { code: 'notFound' } }
  }
  const onTask =
    (name: string) =>
    async (_officer: unknown, id: string, ...rest: unknown[]) => {
      asked.push([name, id, ...rest])
      return outcome(id === task.id, task)
    }
  const onApplication =
    (name: string) =>
    async (_officer: unknown, id: string, ...rest: unknown[]) => {
      asked.push([name, id, ...rest])
      return outcome(id === application.id, application)
    }
  return {
    asked,
    turns,
    get refuseWith() {
      return state.refuseWith
    },
    set refuseWith(refusal) {
      state.refuseWith = refusal
    },
    async takeTurn(message) {
      turns.push(message)
      return answer
    },
    async fireTimer() {},
    outbox: { async sent() {}, async undeliverable() {} },
    async funnels(_officer, filter) {
      asked.push(['funnels', filter])
      return outcome(true, [funnelStep])
    },
    audit: {
      async read(_officer, filter) {
        asked.push(['audit', filter])
        return outcome(true, { items: [auditRecord], next: 'next-page' })
      },
      async seal() {
        return outcome(true, { firstBroken: null, sealedAt: AT, seals: 2, entries: 7 })
      },
    },
    officerCases: {
      async act(_officer, id, act) {
        asked.push(['act', id, act])
        return outcome(id === application.id, application)
      },
      async file(_officer, filing) {
        asked.push(['file', filing])
        return outcome(true, { application, fence: 1, repeated: false })
      },
      async print(_officer, number) {
        asked.push(['print', number])
        return outcome(number === print.certificate.number, print)
      },
      vouchable: (regionCode, matter) =>
        matter === 'additionalBirthPermit' ? [{ material: 'marriageCertificate', text: `承诺 ${regionCode}` }] : [],
      async invite(_officer, draft) {
        asked.push(['invite', draft])
        return outcome(true, { code: '12345678', expiresAt: AT })
      },
    },
    residentCases: {
      async withdraw(_residentId, id, reason) {
        asked.push(['withdraw', id, reason])
        return outcome(id === residentApplication.id, residentApplication)
      },
      async supplement(_residentId, id, materials) {
        asked.push(['supplement', id, materials])
        return outcome(id === residentApplication.id, residentApplication)
      },
      async assistCode() {
        return { code: '12345678', expiresAt: AT }
      },
      async acceptInvitation(_residentId, code) {
        return code === '12345678'
      },
    },
    caseWork: {
      async look() {
        return 0
      },
      async watch() {},
      async exchange() {},
      async answer({ requestId, token }) {
        return requestId === 'request-1' && token === 'right' ? 'taken' : 'unknown'
      },
    },
    officer: {
      async tasks(_officer, filter) {
        asked.push(['tasks', filter])
        return { items: [task], next: 'next-page' }
      },
      async task(_officer, id) {
        return outcome(id === task.id, { task, lines: [] })
      },
      lease: onTask('lease'),
      release: onTask('release'),
      pause: onTask('pause'),
      resume: onTask('resume'),
      close: onTask('close'),
      check: onTask('check'),
      async applications(_officer, filter) {
        asked.push(['applications', filter])
        return { items: [application], next: null }
      },
      application: onApplication('application'),
      async reveal(_officer, id, reason) {
        asked.push(['reveal', id, reason])
        return outcome(id === application.id, registration)
      },
      async photo(_officer, id, { upload, reason }) {
        asked.push(['photo', id, upload, reason])
        return outcome(id === application.id, { upload, residentId: registration.residentId })
      },
      async revealTask(_officer, id, reason) {
        asked.push(['revealTask', id, reason])
        return outcome(id === task.id, { applicantName: content.applicantName, phone: content.phone })
      },
      accept: onApplication('accept'),
      decide: onApplication('decide'),
    },
    notices: {
      async own(_residentId, number) {
        return number === noticePrint.notice.number ? noticePrint : null
      },
      async byLink({ number, key }) {
        return number === noticePrint.notice.number && key === 'right' ? noticePrint : null
      },
      async ofPlace(_officer, number) {
        return number === noticePrint.notice.number ? noticePrint : null
      },
      async confirm(_residentId, number) {
        return number === noticePrint.notice.number
      },
      async draft(_officer, id) {
        const { materials } = noticePrint.notice.content
        return outcome(id === application.id, { materials: materials.value, notices: [], open: 'notice', fence: 3 })
      },
      async issue(_officer, id, ...rest) {
        asked.push(['notice', id, ...rest])
        return outcome(id === application.id, { application, number: noticePrint.notice.number })
      },
    },
    resident: {
      async calendars() {
        return { running: [calendar], offer: false }
      },
      async applications() {
        return { items: [residentApplication], next: null }
      },
      async application(_residentId, id) {
        return id === residentApplication.id ? residentApplication : null
      },
      async certificateByLink({ number, key }) {
        return number === print.certificate.number && key === 'right' ? print : null
      },
      async certificate(_residentId, number) {
        return number === print.certificate.number ? print : null
      },
    },
  }
}
