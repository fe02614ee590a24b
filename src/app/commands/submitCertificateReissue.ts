import { z } from 'zod'
import type { CertificateReissueCase } from '../../domain/application.ts'
import { maskName } from '../../domain/mask.ts'
import { documentName } from '../certificateLines.ts'
import { fileCase } from '../cases/fileCase.ts'
import { issueAtOnce, type Asked } from '../cases/issueAtOnce.ts'
import type { CommandContext, CommandHandler } from './command.ts'
import { absent, answerOf, beginning, filedBy, filerSchema } from './filing.ts'

const submission = filerSchema.extend({
  document: z.string().regex(/^[a-z][a-zA-Z]*$/),
  reason: z.enum(['lost', 'damaged', 'changed']),
  oldNumber: absent(z.string().min(1).max(40)),
  changes: absent(z.array(z.object({ what: z.string(), value: z.string().max(200) })).max(6)),
  birthDate: absent(z.string().regex(/^\d{4}-\d{2}-\d{2}$/)),
  issuedMonth: absent(z.string().regex(/^\d{4}-\d{2}$/)),
})
type Answers = z.infer<typeof submission>

/**
 * Asks for a document again. `issued`: identity is proved and the register has it, so the electronic one is there and the old
 * number ended. `submitted`: an officer of the place looks first. `duplicate`: this person's earlier request for the same
 * document is still open. Free of charge.
 */
export const submitCertificateReissue: CommandHandler = async (args, context) => {
  const { parts, tx, residentId } = context
  const answers = submission.parse(args)
  const application = newReissue(answers, context)
  const issued =
    answers.reason === 'changed' ? null : await issueAtOnce(parts, tx, asked(answers, application, context))
  if (issued) return issued
  const filed = await fileCase(parts, tx, {
    application,
    summary: summaryOf(application, context),
    actor: { kind: 'resident', id: residentId },
  })
  return answerOf(filed, application.number)
}

function asked(
  { birthDate, issuedMonth }: Answers,
  application: CertificateReissueCase,
  { address }: CommandContext,
): Asked {
  return { application, answers: { birthDate, issuedMonth }, address }
}

function newReissue(answers: Answers, context: CommandContext): CertificateReissueCase {
  const { document, reason, oldNumber, changes } = answers
  const { parts } = context
  const change = changes?.map(({ what, value }) => `${parts.text('zh-CN', `app.change.${what}`)}：${value}`).join('；')
  const filing = filedBy(answers, context)
  return {
    ...beginning(context, 'BZ', filing),
    matter: 'certificateReissue',
    regionCode: filing.regionCode,
    content: { ...filing, document, reason, oldNumber, change: change || null },
  }
}

function summaryOf({ content }: CertificateReissueCase, { parts }: CommandContext): string {
  return parts.text('zh-CN', 'app.task.certificateReissue', {
    name: maskName(content.applicantName),
    document: documentName(parts, content),
    reason: content.reason,
  })
}
