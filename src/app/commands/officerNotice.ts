import { z } from 'zod'
import { foldApplication } from '../../domain/applicationState.ts'
import { gapsInWords } from '../../domain/notice/gaps.ts'
import { matterFacts } from '../../domain/notice/matterFacts.ts'
import { gapWords, requestSupplement, subjectOf } from '../notices/requestSupplement.ts'
import { outcome, type CommandHandler } from './command.ts'

const asked = z.object({ taskId: z.string(), said: z.string().max(300) })

/**
 * 告知 N 缺……: a notice on the case of a task that the officer holds, with every paper of the list that his sentence names.
 * Outcomes: `issued`; `noPaper` with the papers of the list, when it names none; `second`, `notLeased`, `notAllowed`, `notFound`.
 */
export const officerNotice: CommandHandler = async (args, { parts, tx, officer }) => {
  const { taskId, said } = asked.parse(args)
  const task = officer ? await tx.tasks.byId(taskId) : null
  const application = task?.applicationId ? await tx.applications.byId(task.applicationId) : null
  if (!officer || !task || !application) return outcome('notFound')
  if (foldApplication(application.actions).noticeIssued) return outcome('second')
  const pack = parts.packFor(application.regionCode)
  const subject = subjectOf(application)
  const { nameOf } = gapWords(parts)
  const gaps = gapsInWords(pack, subject, said, nameOf)
  if (gaps.length === 0) {
    const papers = matterFacts(pack, subject).materials.value?.map(({ name }) => nameOf(name)) ?? []
    return outcome('noPaper', { papers })
  }
  if (task.assigneeId !== officer.id || task.status !== 'leased') return outcome('notLeased')
  const request = { gaps, due: null, reason: null }
  const result = await requestSupplement(parts, tx, { officer, id: application.id, fence: task.fence, request })
  if (!result.ok) return outcome('notAllowed')
  const { number, content } = result.value.notice
  return outcome('issued', { number, count: content.gaps.length, papers: content.gaps.map(({ what }) => what) })
}
