import type { Application } from '../../domain/application.ts'
import { foldApplication } from '../../domain/applicationState.ts'
import { computedMaterials } from '../../domain/notice/computeNotice.ts'
import { situationOf } from '../../domain/notice/situation.ts'
import { covers, type Officer } from '../../domain/officer.ts'
import { officerActions } from '../../domain/officerActions.ts'
import type { Outcome } from '../app.ts'
import { caseTaskOf } from '../cases/caseTask.ts'
import { eyesOf, untilQuiet } from '../officer/eyes.ts'
import { applicationViewer } from '../officer/views.ts'
import { refused } from '../officer/work.ts'
import type { AppParts } from '../parts.ts'
import type { Tx } from '../ports.ts'
import type { NoticeDesk, NoticeDraft } from './noticeUse.ts'
import { makeNoticeReading } from './readNotice.ts'
import { requestSupplement, subjectOf } from './requestSupplement.ts'

/** Puts the use cases of notices together. */
export function makeNoticeDesk(parts: AppParts): NoticeDesk {
  const as = <T>(officer: Officer, run: (tx: Tx) => Promise<T>): Promise<T> =>
    untilQuiet(() => parts.store.transaction(eyesOf(officer), run))
  return {
    ...makeNoticeReading(parts),
    confirm: (residentId, number) => confirm(parts, residentId, number),
    draft: (officer, applicationId) => as(officer, tx => draft(parts, tx, officer, applicationId)),
    issue: (officer, id, fence, request) =>
      as(officer, async tx => {
        const result = await requestSupplement(parts, tx, { officer, id, fence, request })
        if (!result.ok) return result
        await tx.as(eyesOf(officer))
        const { application, notice } = result.value
        const view = (await applicationViewer(parts, tx, officer, [application]))(application)
        return { ok: true, value: { application: view, number: notice.number } }
      }),
  }
}

/** Who says that he has it has read it, or had it read to him. */
function confirm(parts: AppParts, residentId: string, number: string): Promise<boolean> {
  return parts.store.transaction({ kind: 'resident', residentId }, async tx => {
    const found = await tx.notices.byNumber(number)
    if (found?.residentId !== residentId) return false
    const by = { kind: 'resident' as const, id: residentId }
    const at = parts.world.now()
    await tx.notices.note({ number, type: 'read', by, at })
    await tx.notices.note({ number, type: 'confirmed', by, at })
    return true
  })
}

async function draft(parts: AppParts, tx: Tx, officer: Officer, id: string): Promise<Outcome<NoticeDraft>> {
  const application = await tx.applications.byId(id)
  const task = application ? caseTaskOf(await tx.tasks.ofApplication(id)) : null
  if (!application || !task || !covers(officer.regionCode, application.regionCode)) return refused({ code: 'notFound' })
  return { ok: true, value: draftOf(parts, application, officer, task.fence) }
}

function draftOf(parts: AppParts, application: Application, officer: Officer, fence: number): NoticeDraft {
  const pack = parts.packFor(application.regionCode)
  const allowed = officerActions(pack, application, officer)
  const open = (['notice', 'noticeException'] as const).find(name => allowed.includes(name)) ?? null
  const asked = { subject: subjectOf(application), situation: situationOf(application) }
  const materials = computedMaterials(pack, asked, key => parts.text('zh-CN', key)).value
  return { materials, notices: foldApplication(application.actions).notices, open, fence }
}
