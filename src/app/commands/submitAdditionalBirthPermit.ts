import { z } from 'zod'
import type { AdditionalBirthPermitCase } from '../../domain/application.ts'
import { maskName } from '../../domain/mask.ts'
import { fileCase } from '../cases/fileCase.ts'
import { keepVouched, sealSchema } from '../cases/vouched.ts'
import type { CommandContext, CommandHandler } from './command.ts'
import { absent, answerOf, beginning, filedBy, filerSchema } from './filing.ts'

const submission = filerSchema.extend({
  spouseName: absent(z.string().min(1).max(50)),
  livingChildren: z.int().min(0).max(30),
  ground: z.string().regex(/^[a-zA-Z]+$/),
  marriageSeal: sealSchema,
})

/**
 * Files a request for an additional-birth permit, with what was promised instead of papers. One per person and number of
 * children: who has another child may ask again. Outcomes: `submitted`, `duplicate`. The number decides nothing.
 */
export const submitAdditionalBirthPermit: CommandHandler = async (args, context) => {
  const { parts, tx, residentId } = context
  const { marriageSeal, ...answers } = submission.parse(args)
  const application = newPermit(answers, context)
  const actor = { kind: 'resident' as const, id: residentId }
  const filed = await fileCase(parts, tx, {
    application,
    summary: parts.text('zh-CN', 'app.task.additionalBirthPermit', {
      name: maskName(application.content.applicantName),
    }),
    actor,
  })
  const vouched = [{ material: 'marriageCertificate', seal: marriageSeal }]
  if (filed.ok) await keepVouched(parts, tx, application, { actor, vouched })
  return answerOf(filed, application.number)
}

type Answers = Omit<z.infer<typeof submission>, 'marriageSeal'>

function newPermit(answers: Answers, context: CommandContext): AdditionalBirthPermitCase {
  const { spouseName, livingChildren, ground } = answers
  const filing = filedBy(answers, context)
  return {
    ...beginning(context, 'ZS', filing),
    matter: 'additionalBirthPermit',
    regionCode: filing.regionCode,
    content: { ...filing, spouseName, spouseId: null, livingChildren, ground },
  }
}
