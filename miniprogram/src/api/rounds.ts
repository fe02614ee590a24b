import { call, part, type Answer, type Send } from './answer.ts'
import { fields, isFields, list, number, text, textOrNull, type Page } from './decode.ts'
import { decodeTaskPage, type Task } from './officerApi.ts'

/** Where the office of a village lies, in degrees (WGS-84). */
export interface Seat {
  longitude: number
  latitude: number
}

/** What waits in a village, counted by the service: the list holds the first of many. */
export interface VillageCount {
  regionCode: string
  place: string
  /** The part of `place` that names the town; empty where the officer's own place is the town or lies in it. */
  town: string
  live: number
  dueToday: number
  overdue: number
  /** Where its office lies; null while nobody recorded it, and in copies of before it could be. */
  seat: Seat | null
}

export const VILLAGES = '/api/task-villages'

export function decodeVillages(value: unknown): VillageCount[] {
  return list(fields(value)['items'], item => {
    const from = fields(item)
    return {
      regionCode: text(from, 'regionCode'),
      place: textOrNull(from, 'place') ?? '',
      town: textOrNull(from, 'town') ?? '',
      live: number(from, 'live'),
      dueToday: number(from, 'dueToday'),
      overdue: number(from, 'overdue'),
      seat: isFields(from['seat']) ? seatIn(from['seat']) : null,
    }
  })
}

export const seatIn = (value: unknown): Seat => {
  const from = fields(value)
  return { longitude: number(from, 'longitude'), latitude: number(from, 'latitude') }
}

export const readVillages = (send: Send): Promise<Answer<VillageCount[]>> =>
  call(send, { method: 'GET', path: VILLAGES }, decodeVillages)

/** 日报: some lines for the group of the town. */
export const readReport = (send: Send): Promise<Answer<string>> =>
  call(send, { method: 'GET', path: '/api/task-report' }, value => text(fields(value), 'text'))

export const familyPath = (taskId: string): string => `/api/tasks/${part(taskId)}/family`

/** The other tasks of the same family, newest first. */
export const readFamily = (send: Send, taskId: string): Promise<Answer<Page<Task>>> =>
  call(send, { method: 'GET', path: familyPath(taskId) }, decodeTaskPage)
