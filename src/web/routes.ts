import type { LoginWay, PlatformCallback } from './deps.ts'
import type { Route } from './route.ts'
import { accountRoutes } from './routes/account.ts'
import { applicationRoutes } from './routes/applications.ts'
import { auditRoutes } from './routes/audit.ts'
import { botRoutes } from './routes/bot.ts'
import { careActivityRoutes } from './routes/careActivities.ts'
import { careFamilyRoutes } from './routes/careFamilies.ts'
import { careHelpRoutes } from './routes/careHelp.ts'
import { careLinkRoutes } from './routes/careLinks.ts'
import { relativeRoutes } from './routes/relatives.ts'
import { caseStepRoutes } from './routes/caseSteps.ts'
import { campaignRoutes } from './routes/campaigns.ts'
import { certificateRoutes } from './routes/certificates.ts'
import { chatRoutes } from './routes/chat.ts'
import { complaintRoutes } from './routes/complaints.ts'
import { confirmationRoutes } from './routes/confirmations.ts'
import { crossRegionRoutes } from './routes/crossRegion.ts'
import { funnelRoutes } from './routes/funnels.ts'
import { importRoutes } from './routes/imports.ts'
import { griefRoutes } from './routes/grief.ts'
import { householdRoutes } from './routes/households.ts'
import { identityRoutes } from './routes/identities.ts'
import { indicatorRoutes } from './routes/indicators.ts'
import { loginRoutes } from './routes/loginWay.ts'
import { messageRoutes } from './routes/messages.ts'
import { noticeRoutes } from './routes/notices.ts'
import { officerRoutes } from './routes/officer.ts'
import { officerListRoutes } from './routes/officerLists.ts'
import { operationRoutes } from './routes/operations.ts'
import { ownHouseholdRoutes } from './routes/ownHouseholds.ts'
import { platformRoutes } from './routes/platform.ts'
import { privacyRoutes } from './routes/privacy.ts'
import { ratingRoutes } from './routes/ratings.ts'
import { regionRoutes } from './routes/regions.ts'
import { serviceCalendarRoutes } from './routes/serviceCalendar.ts'
import { sessionRoutes } from './routes/session.ts'
import { staffSurveyRoutes } from './routes/staffSurveys.ts'
import { surveyDoorRoutes } from './routes/surveyDoor.ts'
import { surveyResultRoutes } from './routes/surveyResults.ts'
import { surveyRoutes } from './routes/surveys.ts'
import { taskBoardRoutes } from './routes/taskBoard.ts'
import { taskTransferRoutes } from './routes/taskTransfers.ts'
import { taskRoutes } from './routes/tasks.ts'
import { residentCaseRoutes } from './routes/residentCases.ts'
import { taskEvidenceRoutes } from './routes/taskEvidence.ts'
import { taskExceptionsRoutes } from './routes/taskExceptions.ts'
import { taskRoundsRoutes } from './routes/taskRounds.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { villageSeatRoutes } from './routes/villageSeats.ts'
import { windowCaseRoutes } from './routes/windowCases.ts'

/** Every address of the service but the platforms' callbacks. A new group is a file in `routes/` and a line here. */
export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...chatRoutes,
  ...applicationRoutes,
  ...caseStepRoutes,
  ...residentCaseRoutes,
  ...windowCaseRoutes,
  ...confirmationRoutes,
  ...certificateRoutes,
  ...noticeRoutes,
  ...uploadRoutes,
  ...regionRoutes,
  ...officerRoutes,
  ...accountRoutes,
  ...taskRoutes,
  ...taskTransferRoutes,
  ...taskBoardRoutes,
  ...taskEvidenceRoutes,
  ...taskRoundsRoutes,
  ...villageSeatRoutes,
  ...taskExceptionsRoutes,
  ...identityRoutes,
  ...funnelRoutes,
  ...indicatorRoutes,
  ...crossRegionRoutes,
  ...complaintRoutes,
  ...ratingRoutes,
  ...griefRoutes,
  ...campaignRoutes,
  ...messageRoutes,
  ...householdRoutes,
  ...ownHouseholdRoutes,
  ...careFamilyRoutes,
  ...careHelpRoutes,
  ...careActivityRoutes,
  ...careLinkRoutes,
  ...relativeRoutes,
  ...importRoutes,
  ...officerListRoutes,
  ...privacyRoutes,
  ...serviceCalendarRoutes,
  ...surveyRoutes,
  ...surveyDoorRoutes,
  ...surveyResultRoutes,
  ...staffSurveyRoutes,
  ...auditRoutes,
  ...botRoutes,
  ...operationRoutes,
]

/** All that is served, the callbacks of these platforms first, with the ways of logging in that there are. */
export function allRoutes(
  platforms: readonly PlatformCallback[],
  loginWays: readonly LoginWay[] = [],
): readonly Route[] {
  return [...platforms.flatMap(platformRoutes), ...routes, ...loginWays.flatMap(loginRoutes)]
}
