import { ask } from './api.ts'

/** What the service tells town and county about tasks and officers. The shapes are those of `/openapi.json`. */

interface Load {
  leased: number
  paused: number
  dueToday: number
  overdue: number
  offered: number
}

export interface Colleague extends Load {
  id: string
  username: string
  name: string
  role: string
  regionCode: string
  place: string
  /** Empty: all matters. */
  matters: string[]
  absent: boolean
  substitute: string | null
}

export interface PlaceLoad {
  regionCode: string
  place: string
  open: number
  leased: number
  paused: number
  dueToday: number
  overdue: number
  raised: number
  unstaffed: number
}

export interface Board {
  places: PlaceLoad[]
  officers: Colleague[]
}

export interface Task {
  id: string
  source: string
  place: string
  summary: string
  fence: number
  promiseDue: string | null
  assigneeName: string | null
  overdue: boolean
  allowedActions: string[]
  offer: { to: string } | null
  urges: number
}

export interface ChainLine {
  seq: number
  at: string
  by: string
  name: string | null
  role: string | null
  office: string | null
  type: string
  reason: string | null
  to: string | null
}

export interface HandedOver {
  moved: number
  left: number
  overdue: number
  tasks: { id: string; summary: string }[]
}

export interface FamilyMoved {
  moved: number
  place: string
  items: { id: string; kind: string; summary: string }[]
  stays: { id: string; summary: string; why: string }[]
  receivers: { name: string; place: string }[]
}

/** Tasks from which the service finds the family. The others are for few eyes, and say of no family who it is. */
const naming = new Set([
  'applicationStep',
  'halfFilledCase',
  'noOfficer',
  'unreachable',
  'supplementOverdue',
  'correction',
])

export const namesFamily = ({ source }: Pick<Task, 'source'>): boolean => naming.has(source)

export interface Absence {
  id: string
  officer: string
  from: string
  to: string
  substitute: string | null
}

export interface Chat {
  channel: string
  member: string | null
  boundAt: string
}

/** `2026-11-22T09:30:00+08:00` as people write it. */
export const shortTime = (at: string): string => at.slice(0, 16).replace('T', ' ')

/** An officer as he is told apart in a list: name, role and office. */
export const whoIs = ({ name, place }: Pick<Colleague, 'name' | 'place'>): string => `${name}（${place}）`

/** @throws {Refused} */
export const readBoard = (): Promise<Board> => ask('/api/task-board')

/** Writes of tasks carry the fencing number that was seen. */
export const ifMatch = ({ fence }: Task): Record<string, string> => ({ 'if-match': `"${fence}"` })
