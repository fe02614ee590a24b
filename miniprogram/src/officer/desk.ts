import { platform } from '@platform'
import { reactive } from 'vue'
import type { Problem } from '../api/answer.ts'
import {
  casePath,
  decodeTaskFile,
  decodeTaskPage,
  firstTasks,
  taskPath,
  OWN_LOGIN,
  type OfficerLogin,
  type Task,
  type TaskFilter,
} from '../api/officerApi.ts'
import { evidencePath } from '../api/evidence.ts'
import { familyPath, readVillages, VILLAGES, decodeVillages, type VillageCount } from '../api/rounds.ts'
import { officerApi, officerReads, officerSession, standInHeader } from '../client.ts'
import { createAhead } from '../offline/ahead.ts'
import { afterDoing, asIf } from '../offline/asIf.ts'
import type { Entry } from '../offline/outbox.ts'
import { t } from '../text.ts'
import { byDueDate } from './due.ts'
import { box, openCourier, renewSession } from './outgoing.ts'
import { sayProblem } from './say.ts'
import { keepStandIn, keptStandIn, readStandIns, type StandIn } from './standIn.ts'

export const views = ['today', 'mine', 'overdue', 'families', 'villages', 'done'] as const
export type View = (typeof views)[number]

/** What the officers' pages share: who is logged in, the list, what went wrong. */
export const desk = reactive({
  officer: null as OfficerLogin | null,
  /** Colleagues whose work he does today, and in whose place he works now; null: in his own. */
  standIns: [] as StandIn[],
  standIn: null as StandIn | null,
  /** False until the session was asked for once. */
  asked: false,
  tasks: [] as Task[],
  view: 'today' as View,
  /** What waits in each village, and of which one the list is now; empty: of all. */
  villages: [] as VillageCount[],
  place: '',
  next: null as string | null,
  loading: false,
  notice: '',
  /** What this officer wrote and the service has not confirmed. */
  outbox: [] as Entry[],
  /** Counts what was settled behind the officer's back: who shows a task reads it anew. */
  settled: 0,
})

export const courier = openCourier({
  officerId: () => desk.officer?.id ?? null,
  onChange: entries => (desk.outbox = entries),
  onDone: noteOnCopies,
  onSettled() {
    desk.settled++
    void loadTasks()
  },
  onExpired: showProblem,
})

/** What is known of a task by a write that was done: should the network fail now, its copies are no older than that. */
function noteOnCopies({ taskId, action, standInFor }: Entry, fence: number | null): void {
  if (standInFor !== officerSession.standInFor) return
  const done = { by: desk.officer?.name ?? '', fence }
  const noted = (task: Task) => (task.id === taskId ? afterDoing(task, action, done) : task)
  for (const path of [firstTasks('all'), firstTasks('mine'), firstTasks('all', desk.place)])
    officerReads.change(path, body => {
      const { items, next } = decodeTaskPage(body)
      return { items: items.map(noted), next }
    })
  officerReads.change(taskPath(taskId), body => ({ ...body, task: noted(decodeTaskFile(body).task) }))
}

/** Whose copies lie on this phone. */
const LAST_OFFICER = 'nuanxin.deskOfficer'

/** Who is logged in, in his own place. */
let own: OfficerLogin | null = null

/** Role and place are the colleague's; id, name and token stay his own. */
function workIn(one: StandIn | null): void {
  officerSession.standInFor = one?.username ?? ''
  desk.standIn = one
  desk.officer = own && one ? { ...own, role: one.role, regionCode: one.regionCode } : own
}

/** From now on in the place of this colleague; null: in one's own. */
export function standFor(one: StandIn | null): void {
  keepStandIn(own?.id ?? '', one)
  workIn(one)
  emptyList()
  void loadTasks()
}

export async function loadStandIns(): Promise<void> {
  const answer = await readStandIns()
  if (!answer.ok) return
  desk.standIns = answer.value
  const { standIn } = desk
  if (!standIn || answer.value.some(({ username }) => username === standIn.username)) return
  standFor(null)
  desk.notice = t('standIn.over')
}

function enter(officer: OfficerLogin): void {
  if (platform.store.read(LAST_OFFICER) !== officer.id) officerReads.forget()
  platform.store.write(LAST_OFFICER, officer.id)
  // Without network the page opens for who was logged in last.
  if (officer.csrfToken) officerReads.put(OWN_LOGIN, JSON.stringify({ officer, csrfToken: '' }))
  officerSession.csrfToken = officer.csrfToken
  own = officer
  workIn(keptStandIn(officer.id))
  desk.outbox = box.read(officer.id)
  courier.wake()
}

/** Whose place the list is of: what was read of another one goes out of sight at once. */
function emptyList(): void {
  Object.assign(desk, { tasks: [], villages: [], place: '', next: null, notice: '' })
  officerSession.copyFrom = null
}

/** The outbox stays in sight when a session ends: what waits there goes out after the next login. */
function leave(): void {
  officerSession.csrfToken = ''
  own = null
  workIn(null)
  desk.standIns = []
  desk.tasks = []
  desk.villages = []
}

/** Shows a problem. An ended session leads back to the login page, with the reason. */
export function showProblem(problem: Problem): void {
  if (problem.kind === 'expired') leave()
  desk.notice = problem.kind === 'expired' ? t('officer.expired') : sayProblem(problem)
}

const HTTP_OK = 200

/** Shows a file that the officers' cookie opens, or says that it did not open. */
export async function openOfficerFile(path: string, fileName: string): Promise<void> {
  const status = await platform
    .openFile({ method: 'GET', path, headers: standInHeader(officerSession.standInFor) }, fileName)
    .catch(() => 0)
  desk.notice = status === HTTP_OK ? '' : t('chat.fileFailed')
}

let listening = false

/** Back on the network: the session first, without which nothing can be written. */
async function comeBack(): Promise<void> {
  if (!desk.officer) return
  await renewSession(desk.officer.id)
  courier.wake()
}

export async function findSession(): Promise<void> {
  if (!listening) platform.onAwake(() => void comeBack())
  listening = true
  if (desk.officer) return
  officerReads.prune()
  const answer = await officerApi.me()
  desk.asked = true
  if (answer.ok) enter(answer.value)
  else if (answer.problem.kind !== 'expired') showProblem(answer.problem)
}

/** Who is logged in may do more than a moment ago. */
export async function readOwn(): Promise<void> {
  const answer = await officerApi.me()
  if (answer.ok) enter(answer.value)
  else showProblem(answer.problem)
}

export async function logIn(username: string, password: string, totp: string): Promise<void> {
  desk.notice = ''
  const answer = await officerApi.login(username, password, totp)
  if (answer.ok) enter(answer.value)
  else
    desk.notice =
      answer.problem.kind === 'expired' ? answer.problem.title || t('officer.wrongLogin') : sayProblem(answer.problem)
}

export async function logOut(): Promise<void> {
  const answer = await officerApi.logout()
  if (!answer.ok && answer.problem.kind !== 'expired') return showProblem(answer.problem)
  officerReads.forget()
  keepStandIn('', null)
  leave()
  desk.outbox = []
}

const filterOf = (view: View): TaskFilter => (view === 'mine' || view === 'done' ? view : 'all')

/** Only the newest request may fill the list: the view may have changed while an older one was on its way. */
let latest = 0

async function fetchTasks(cursor: string | null): Promise<void> {
  const mine = ++latest
  desk.loading = true
  const answer = await officerApi.tasks(filterOf(desk.view), cursor, desk.place)
  if (mine !== latest) return
  desk.loading = false
  // Without network the line about the copies says so already.
  if (!answer.ok && answer.problem.kind === 'unreachable' && desk.tasks.length > 0 && cursor === null) return
  if (!answer.ok) return showProblem(answer.problem)
  const known = new Set(answer.value.items.map(({ id }) => id))
  const kept = cursor ? desk.tasks.filter(({ id }) => !known.has(id)) : []
  desk.tasks = [...kept, ...answer.value.items].sort(byDueDate)
  desk.next = answer.value.next
  if (!cursor && desk.view !== 'done' && officerSession.copyFrom === null) void fetchAhead(desk.tasks)
}

/** An hour old a copy counts as stale, whatever its number: a case moves on while its task stands still. */
const FRESH_MS = 3_600_000

/** The list is read; while the officer looks at it, what he will open follows. */
const fetchAhead = createAhead({
  send: officerReads.send,
  paths: ({ id, applicationId }) => [
    ...(applicationId === null ? [] : [casePath(applicationId)]),
    ...[evidencePath(id), familyPath(id)],
    // Last, as it tells whether the task is there as it is now: a newer list may have ended the round in the middle of it.
    taskPath(id),
  ],
  fresh({ id, fence }) {
    const copy = officerReads.peek(taskPath(id), decodeTaskFile)
    return copy !== null && copy.value.task.fence === fence && platform.now() - copy.at < FRESH_MS
  },
  busy: () => desk.officer === null || desk.outbox.some(({ refusal }) => refusal === null),
})

async function countVillages(): Promise<void> {
  const copy = officerReads.peek(VILLAGES, decodeVillages)
  if (copy && desk.villages.length === 0) desk.villages = copy.value
  const answer = await readVillages(officerReads.send)
  if (answer.ok) desk.villages = answer.value
}

/** What was there last time, at once: on a slow network the new list takes its time. */
function showCopy(): void {
  const filter = filterOf(desk.view)
  const { place } = desk
  const copy =
    officerReads.peek(firstTasks(filter, place), decodeTaskPage) ??
    officerReads.peek(firstTasks(filter), decodeTaskPage)
  const items = copy?.value.items.filter(({ regionCode }) => place === '' || regionCode === place)
  if (items) desk.tasks = items.sort(byDueDate)
}

export function loadTasks(): Promise<void> {
  if (desk.tasks.length === 0) showCopy()
  if (desk.view === 'villages') void countVillages()
  return fetchTasks(null)
}

export const loadMoreTasks = (): Promise<void> => fetchTasks(desk.next)

export function openView(view: View): void {
  const other = filterOf(view) !== filterOf(desk.view) || desk.place !== ''
  desk.view = view
  desk.place = ''
  if (other) desk.tasks = []
  void loadTasks()
}

/** The tasks of one village, all of them: the list of all holds only the first. */
export function openVillage(code: string): void {
  desk.place = code
  desk.tasks = []
  void loadTasks()
}

/** A task as it will be when everything written has arrived. */
export const seen = (task: Task): Task => asIf(task, desk.outbox, desk.officer?.name ?? '')

export const seenTasks = (): Task[] => desk.tasks.map(seen)
