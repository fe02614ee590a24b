import type { Application } from '../../domain/application.ts'
import { figureAfter, figureOf, type CaseClock, type CaseFigure } from '../../domain/figures/caseFigure.ts'
import { countChanges, ratingCounts } from '../../domain/figures/counts.ts'
import { shanghaiDate } from '../../domain/world.ts'
import type { Store, Tx } from '../ports.ts'

/** Due days of an application, from the pack of its place and the calendar. */
export type ClockOf = (application: Application) => CaseClock

/**
 * The same store, in which every action of an application and every rating is counted in its own transaction. This is the
 * one place where counting happens: no use case can append and forget to count.
 */
export function countingStore(store: Store, clockOf: ClockOf): Store {
  return { ...store, transaction: (scope, run) => store.transaction(scope, tx => run(counting(tx, clockOf))) }
}

function counting(tx: Tx, clockOf: ClockOf): Tx {
  const { applications, ratings } = tx
  return {
    ...tx,
    applications: {
      ...applications,
      insert: async application => {
        await applications.insert(application)
        await save(tx, null, wholeFigure(application, clockOf))
      },
      append: async (...appended) => {
        await applications.append(...appended)
        await countAppended(tx, appended[0].applicationId, clockOf)
      },
    },
    ratings: {
      ...ratings,
      insert: async rating => {
        const isNew = await ratings.insert(rating)
        const figure = isNew ? await knownFigure(tx, rating.applicationId, clockOf) : null
        if (figure) await tx.figures.count(ratingCounts(figure, rating, shanghaiDate(rating.at)))
        return isNew
      },
    },
  }
}

async function countAppended(tx: Tx, applicationId: string, clockOf: ClockOf): Promise<void> {
  const before = await tx.figures.ofCase(applicationId)
  const application = await tx.applications.byId(applicationId)
  if (!application) throw new Error('an application vanished from its own transaction')
  const after = before ? figureAfter(application, clockOf(application), before) : wholeFigure(application, clockOf)
  await save(tx, before, after)
}

/** The row of a case; one filed before there were figures gets it now. */
async function knownFigure(tx: Tx, applicationId: string, clockOf: ClockOf): Promise<CaseFigure | null> {
  const known = await tx.figures.ofCase(applicationId)
  if (known) return known
  const application = await tx.applications.byId(applicationId)
  if (!application) return null
  const figure = wholeFigure(application, clockOf)
  await save(tx, null, figure)
  return figure
}

/** The row of all actions so far, as of the last of them. */
export function wholeFigure(application: Application, clockOf: ClockOf): CaseFigure {
  const last = application.actions.at(-1)
  if (!last) throw new Error('a case begins with an action')
  return figureOf(application, clockOf(application), shanghaiDate(last.at))
}

function save(tx: Tx, before: CaseFigure | null, after: CaseFigure): Promise<void> {
  return tx.figures.saveCase(after, countChanges(before, after))
}
