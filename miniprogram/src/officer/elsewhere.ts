import type { Task } from '../api/officerApi.ts'
import { t } from '../text.ts'

/** Where a task is worked on that has a page of its own; null for one that is closed where it is shown. */
export function pageOf({ id, source }: Pick<Task, 'id' | 'source'>): { words: string; url: string } | null {
  if (source === 'householdChange') return { words: t('households.title'), url: '/officer/households' }
  if (source === 'complaint') return { words: t('complaint.title'), url: '/officer/complaints' }
  if (source === 'careVisit' || source === 'carePromise' || source === 'careGap')
    return { words: t('care.title'), url: `/officer/careFamily?task=${id}` }
  return null
}

export const openPage = ({ url }: { url: string }): unknown => uni.navigateTo({ url })
