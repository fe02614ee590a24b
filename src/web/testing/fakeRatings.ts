import type { GriefDesk } from '../../app/grief/griefDesk.ts'
import type { RatingDesk } from '../../app/ratings/ratingDesk.ts'
import { foldBadRating, type BadRatingAction, type BadRatingEvent } from '../../domain/ratings/badRating.ts'
import type { FakeApp } from './fakeApp.ts'
import { AT } from './samples.ts'

const events: BadRatingEvent[] = [
  {
    ...{ type: 'received', ratedIds: ['officer-town'], contactDue: '2026-11-23', repairDue: '2026-12-11' },
    provisional: false,
  },
  { type: 'contacted', words: '说窗口等了两小时' },
  { type: 'appealed', officerId: 'officer-town', reason: '等候是停电造成的' },
]
const actions = events.map((event, n): BadRatingAction => ({
  ...{ ratingId: 'rating-1', seq: n + 1, at: AT, actor: { kind: 'system' }, event },
}))
const rating = {
  ...{ id: 'rating-1', applicationId: 'app-1', regionCode: '420702', placeCode: '420702104212', level: 2 as const },
  ...{ at: AT, actions },
}

/** Knows `rating-1` and `app-1`; everything else is not there. */
export function fakeRatings({ asked }: Pick<FakeApp, 'asked'>): { ratings: RatingDesk; grief: GriefDesk } {
  const done = (name: string, known: string) => async (_officer: unknown, id: string, said: unknown) => {
    asked.push([name, id, said])
    if (id !== known) return { ok: false as const, refusal: { code: 'notFound' as const } }
    return { ok: true as const, value: null }
  }
  return {
    ratings: {
      list: async (_officer, filter) => {
        asked.push(['badRatings', filter])
        const next = { step: 'repaired' as const, due: '2026-12-11', overdue: false }
        return [{ rating, state: foldBadRating(actions), next, taskId: 'task-9', mayDecide: true }]
      },
      mine: async () => [
        {
          ...{ id: 'rating-1', month: '2026-11', level: 2, reasons: ['等的时间长'], status: 'contacted' as const },
          ...{ appeal: 'asked' as const, appealBy: '2026-12-04', mayAppeal: false, said: '等候是停电造成的' },
        },
      ],
      appeal: done('appeal', 'rating-1'),
      decide: done('verdict', 'rating-1'),
      publicCounts: async code => [{ region: { code, name: '梁子湖区' }, ratings: 12, bad: null, repaired: null }],
    },
    grief: {
      bereaved: done('bereaved', 'app-1'),
      told: async (_officer, told) => {
        asked.push(['toldLoss', told])
        return { ok: true, value: { quiet: told.phone !== null } }
      },
      lift: done('lift', 'app-1'),
      liftFamily: done('liftFamily', 'family-1'),
    },
  }
}
