import { platform } from '@platform'
import { reactive } from 'vue'
import type { Problem } from '../api/answer.ts'
import type { OfficerLogin, Task, TaskFilter } from '../api/officerApi.ts'
import { officerApi, officerSession } from '../client.ts'
import { t } from '../text.ts'
import { byDueDate } from './due.ts'
import { sayProblem } from './say.ts'

/** What the officers' pages share: who is logged in, the list, what went wrong. */
export const desk = reactive({
  officer: null as OfficerLogin | null,
  /** False until the session was asked for once. */
  asked: false,
  tasks: [] as Task[],
  filter: 'all' as TaskFilter | 'overdue',
  next: null as string | null,
  loading: false,
  notice: '',
})

function enter(officer: OfficerLogin): void {
  officerSession.csrfToken = officer.csrfToken
  desk.officer = officer
}

function leave(): void {
  officerSession.csrfToken = ''
  desk.officer = null
  desk.tasks = []
}

/** Shows a problem. An ended session leads back to the login page, with the reason. */
export function showProblem(problem: Problem): void {
  if (problem.kind === 'expired') leave()
  desk.notice = problem.kind === 'expired' ? t('officer.expired') : sayProblem(problem)
}

const HTTP_OK = 200

/** Shows a file that the officers' cookie opens, or says that it did not open. */
export async function openOfficerFile(path: string, fileName: string): Promise<void> {
  const status = await platform.openFile({ method: 'GET', path }, fileName).catch(() => 0)
  desk.notice = status === HTTP_OK ? '' : t('chat.fileFailed')
}

export async function findSession(): Promise<void> {
  if (desk.officer) return
  const answer = await officerApi.me()
  desk.asked = true
  if (answer.ok) enter(answer.value)
  else if (answer.problem.kind !== 'expired') showProblem(answer.problem)
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
  if (answer.ok || answer.problem.kind === 'expired') leave()
  else showProblem(answer.problem)
}

/** Only the newest request may fill the list: the filter may have changed while an older one was on its way. */
let latest = 0

async function fetchTasks(cursor: string | null): Promise<void> {
  const mine = ++latest
  desk.loading = true
  const answer = await officerApi.tasks(desk.filter === 'overdue' ? 'all' : desk.filter, cursor)
  if (mine !== latest) return
  desk.loading = false
  if (!answer.ok) return showProblem(answer.problem)
  const known = new Set(answer.value.items.map(({ id }) => id))
  const kept = cursor ? desk.tasks.filter(({ id }) => !known.has(id)) : []
  desk.tasks = [...kept, ...answer.value.items].sort(byDueDate)
  desk.next = answer.value.next
}

export const loadTasks = (): Promise<void> => fetchTasks(null)
export const loadMoreTasks = (): Promise<void> => fetchTasks(desk.next)

export const shownTasks = (): Task[] =>
  desk.filter === 'overdue' ? desk.tasks.filter(({ overdue }) => overdue) : desk.tasks
