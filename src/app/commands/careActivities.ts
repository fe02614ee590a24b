import { z } from 'zod'
import { showDay } from '../../conversation/showValue.ts'
import type { Json } from '../../conversation/types.ts'
import { MOST_PEOPLE } from '../../domain/care/careActivity.ts'
import { shanghaiDate, shanghaiTime } from '../../domain/world.ts'
import { activitiesOf, signUpResident, type OwnActivity } from '../care/activities.ts'
import { outcome, type CommandContext, type CommandHandler } from './command.ts'

/** Told in one message. */
const MOST_SHOWN = 5

const ahead = async ({ parts, tx, residentId }: CommandContext) =>
  (await activitiesOf(parts, tx, residentId)).slice(0, MOST_SHOWN)

/** What the family of who asks can go to. Outcomes: `listed` with the lines; `none`, for anybody else too. */
export const listActivities: CommandHandler = async (_args, context) => {
  const found = await ahead(context)
  if (found.length === 0) return outcome('none')
  const lines = (language: 'zh-CN' | 'en') => found.map((one, n) => lineOf(context, one, { n, language })).join('\n')
  return outcome('listed', { linesZh: lines('zh-CN'), linesEn: lines('en'), count: found.length })
}

function lineOf(
  { parts }: CommandContext,
  { activity, hasRoom, people, waits }: OwnActivity,
  { n, language }: { n: number; language: 'zh-CN' | 'en' },
): string {
  const stand = people !== null ? 'comes' : waits ? 'waits' : hasRoom ? 'room' : 'full'
  const told = { n: n + 1, ...toldOf(activity, language), stand, people: people ?? 0 }
  return parts.text(language, 'care.activity', told)
}

function toldOf({ title, place, startsAt }: OwnActivity['activity'], language: 'zh-CN' | 'en'): Record<string, Json> {
  const time = shanghaiTime(startsAt).slice(11, 16)
  return { title, place, day: showDay(language, shanghaiDate(startsAt)), time }
}

const wish = z.object({ which: z.number().int(), people: z.number().int().min(0).max(MOST_PEOPLE) })

/**
 * Outcomes: `signed` with place and time, `waiting` where it is full, `left` for nobody, `full` where they are more than there is
 * room for beside those who come already, `notThere` once it is over or called off.
 */
export const signUpActivity: CommandHandler = async (args, context) => {
  const { which, people } = wish.parse(args)
  const chosen = (await ahead(context))[which - 1]
  if (!chosen) return outcome('notThere')
  const { activity } = chosen
  const asked = { residentId: context.residentId, activityId: activity.id, people, mayWait: true }
  const answer = await signUpResident(context.parts, context.tx, asked)
  if (answer === 'ok') return people === 0 ? outcome('left') : outcome('signed', day(activity))
  return answer === 'waiting' || answer === 'full' ? outcome(answer) : outcome('notThere')
}

const day = ({ title, place, startsAt }: OwnActivity['activity']): Record<string, Json> => ({
  ...{ title, place, day: shanghaiDate(startsAt), time: shanghaiTime(startsAt).slice(11, 16) },
})
