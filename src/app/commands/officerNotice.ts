import { z } from 'zod'
import { foldApplication } from '../../domain/applicationState.ts'
import { gapsInWords } from '../../domain/notice/gaps.ts'
import { matterFacts } from '../../domain/notice/matterFacts.ts'
import { gapWords, requestSupplement, subjectOf } from '../notices/requestSupplement.ts'
import { outcome, type CommandHandler } from './command.ts'

const asked = z.object({
  taskId: z.string(),
  said: z.string().max(300),
  /** Everything on the list is missing. */
  all: z.boolean().default(false),
})

/**
 * 告知 N 缺……: a notice on the case of a task that the officer holds, with every paper of the list that his sentence names.
 * Outcomes: `issued`; `noPaper` with the papers of the list, when it names none; `second`, `notLeased`, `notAllowed`, `notFound`;
 * `noCase` for a task without one.
 */
export const officerNotice: CommandHandler = async (args, { parts, tx, officer }) => {
  const { taskId, said, all } = asked.parse(args)
  const task = officer ? await tx.tasks.byId(taskId) : null
  const application = task?.applicationId ? await tx.applications.byId(task.applicationId) : null
  if (!officer || !task) return outcome('notFound')
  if (!application) return outcome('noCase')
  if (foldApplication(application.actions).noticeIssued) return outcome('second')
  const pack = parts.packFor(application.regionCode)
  const subject = subjectOf(application)
  const { nameOf } = gapWords(parts)
  const papers = matterFacts(pack, subject).materials.value?.map(({ name }) => nameOf(name)) ?? []
  const gaps = gapsInWords(pack, subject, all ? papers.join('、') : said, nameOf)
  if (gaps.length === 0) return outcome('noPaper', { taskId, papers })
  if (task.assigneeId !== officer.id || task.status !== 'leased') return outcome('notLeased')
  const request = { gaps, due: null, reason: null }
  const result = await requestSupplement(parts, tx, { officer, id: application.id, fence: task.fence, request })
  if (!result.ok) return outcome('notAllowed')
  const { number, content } = result.value.notice
  return outcome('issued', { number, count: content.gaps.length, papers: content.gaps.map(({ what }) => what) })
}
