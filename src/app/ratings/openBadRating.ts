import type { Application } from '../../domain/application.ts'
import { ratingDaysOf } from '../../domain/packs/ratings.ts'
import { foldBadRating, type BadRatingAction } from '../../domain/ratings/badRating.ts'
import { routeBadRating } from '../../domain/ratings/routeBadRating.ts'
import { openTask, taskCreated } from '../../domain/taskState.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'

/** Digits of the code of a county. */
const COUNTY = 6

/**
 * A bad rating becomes a task for somebody who was not rated: to speak with who rated, put it right, and ask again. Both days
 * are of the pack of the place. Needs the eyes of the service.
 */
export async function openBadRating(parts: AppParts, tx: Tx, application: Application, level: 1 | 2): Promise<void> {
  const at = parts.world.now()
  const officers = await tx.complaints.officersOf(application.regionCode.slice(0, COUNTY))
  const { regionCode, ratedIds } = routeBadRating(application, officers)
  const days = ratingDaysOf(parts.packFor(application.regionCode).ratings)
  const contact = parts.addWorkingDays(shanghaiDate(at), days.contactDays)
  const repair = parts.addWorkingDays(shanghaiDate(at), days.repairDays)
  const appealBy = parts.addWorkingDays(shanghaiDate(at), days.appealDays).date
  const task = openTask({
    id: parts.world.newId(),
    source: 'badRating',
    regionCode,
    applicationId: application.id,
    summary: parts.text('zh-CN', 'app.task.badRating', { number: application.number }),
    promiseDue: contact.date,
    dueProvisional: contact.provisional,
    createdAt: at,
    hiddenFrom: ratedIds,
  })
  await tx.tasks.insert(task, taskCreated(task, { kind: 'system' }))
  const id = parts.world.newId()
  const action: BadRatingAction = {
    ...{ ratingId: id, seq: 1, at, actor: { kind: 'system' } },
    event: {
      ...{ type: 'received', ratedIds, contactDue: contact.date, repairDue: repair.date, appealBy },
      provisional: contact.provisional || repair.provisional,
    },
  }
  const rating = { id, applicationId: application.id, regionCode, placeCode: application.regionCode, level, at }
  await tx.badRatings.insert(rating, action, { state: foldBadRating([action]), taskId: task.id })
}
