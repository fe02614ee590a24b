/** Every command a flow or the front desk may ask for, by hand; a flow with another name does not load. */
import type { Command, CommandResult } from '../../conversation/types.ts'
import type { Officer } from '../../domain/officer.ts'
import { eyesOf } from '../officer/eyes.ts'
import type { Scope } from '../ports.ts'
import { bindOfficer } from './bindOfficer.ts'
import { listActivities, signUpActivity } from './careActivities.ts'
import { checkChildcareSubsidy } from './checkChildcareSubsidy.ts'
import { checkReward } from './checkReward.ts'
import type { CommandContext, CommandHandler } from './command.ts'
import { answerComplaint, beginComplaint, checkComplaint, submitComplaint } from './complaints.ts'
import { confirmNotice } from './confirmNotice.ts'
import { askHelp, helpPlace } from './help.ts'
import { bindHousehold, endHousehold, listHouseholds } from './households.ts'
import { issueNotice } from './issueNotice.ts'
import { officerNotice } from './officerNotice.ts'
import { mayVouch } from './mayVouch.ts'
import { officerAttach, officerDetach } from './officerAttach.ts'
import { officerGround, officerReport, officerScript } from './officerHelp.ts'
import { officerSeveral } from './officerSeveral.ts'
import { officerStandIn } from './officerStandIn.ts'
import { officerTask, officerTasks } from './officerTasks.ts'
import { officerAgree, officerDecline, officerTransfer } from './officerTransfer.ts'
import {
  officerClose,
  officerLease,
  officerLeaseAll,
  officerPause,
  officerRelease,
  officerResume,
  officerUrge,
} from './officerWork.ts'
import { acceptMessages, refuseMessages } from './messageChoices.ts'
import { findPolicyAnswer, showPolicyAnswer } from './policyQuestion.ts'
import { reopenable, reopenOwn, urgeable, urgeOwn } from './ownRequests.ts'
import { assistCode, withdrawable, withdrawApplication } from './ownCases.ts'
import {
  closeAccount,
  erasePersonal,
  listConsents,
  privacyOverview,
  requestCorrection,
  sendOwnData,
  withdrawConsent,
} from './privacy.ts'
import { progress } from './progress.ts'
import { rateService } from './rateService.ts'
import { listServiceCalendar, startServiceCalendar, stopServiceCalendar } from './serviceCalendar.ts'
import { beginSurvey, findSurvey, finishSurvey, keepSurvey } from './surveys.ts'
import { submitAdditionalBirthPermit } from './submitAdditionalBirthPermit.ts'
import { submitBirthRegistration } from './submitBirthRegistration.ts'
import { submitCertificateReissue } from './submitCertificateReissue.ts'
import { openSupplement, supplyMaterials } from './supplement.ts'

interface CommandEntry {
  /** With whose eyes it looks. `system` commands check ownership themselves. */
  eyes: Scope['kind']
  run: CommandHandler
}

const commands: Record<string, CommandEntry> = {
  submitBirthRegistration: { eyes: 'system', run: submitBirthRegistration },
  submitAdditionalBirthPermit: { eyes: 'system', run: submitAdditionalBirthPermit },
  submitCertificateReissue: { eyes: 'system', run: submitCertificateReissue },
  mayVouch: { eyes: 'system', run: mayVouch },
  progress: { eyes: 'resident', run: progress },
  withdrawable: { eyes: 'resident', run: withdrawable },
  withdrawApplication: { eyes: 'system', run: withdrawApplication },
  urgeable: { eyes: 'resident', run: urgeable },
  urgeOwn: { eyes: 'system', run: urgeOwn },
  reopenable: { eyes: 'resident', run: reopenable },
  reopenOwn: { eyes: 'system', run: reopenOwn },
  assistCode: { eyes: 'system', run: assistCode },
  refuseMessages: { eyes: 'system', run: refuseMessages },
  acceptMessages: { eyes: 'system', run: acceptMessages },
  rateService: { eyes: 'system', run: rateService },
  findSurvey: { eyes: 'system', run: findSurvey },
  beginSurvey: { eyes: 'system', run: beginSurvey },
  keepSurvey: { eyes: 'system', run: keepSurvey },
  finishSurvey: { eyes: 'system', run: finishSurvey },
  issueNotice: { eyes: 'system', run: issueNotice },
  confirmNotice: { eyes: 'resident', run: confirmNotice },
  openSupplement: { eyes: 'resident', run: openSupplement },
  supplyMaterials: { eyes: 'system', run: supplyMaterials },
  bindOfficer: { eyes: 'system', run: bindOfficer },
  bindHousehold: { eyes: 'system', run: bindHousehold },
  listHouseholds: { eyes: 'system', run: listHouseholds },
  endHousehold: { eyes: 'system', run: endHousehold },
  findPolicyAnswer: { eyes: 'resident', run: findPolicyAnswer },
  showPolicyAnswer: { eyes: 'resident', run: showPolicyAnswer },
  checkChildcareSubsidy: { eyes: 'resident', run: checkChildcareSubsidy },
  checkReward: { eyes: 'resident', run: checkReward },
  startServiceCalendar: { eyes: 'resident', run: startServiceCalendar },
  stopServiceCalendar: { eyes: 'resident', run: stopServiceCalendar },
  listServiceCalendar: { eyes: 'resident', run: listServiceCalendar },
  beginComplaint: { eyes: 'resident', run: beginComplaint },
  checkComplaint: { eyes: 'resident', run: checkComplaint },
  submitComplaint: { eyes: 'system', run: submitComplaint },
  answerComplaint: { eyes: 'system', run: answerComplaint },
  listActivities: { eyes: 'system', run: listActivities },
  signUpActivity: { eyes: 'system', run: signUpActivity },
  helpPlace: { eyes: 'system', run: helpPlace },
  askHelp: { eyes: 'system', run: askHelp },
  privacyOverview: { eyes: 'system', run: privacyOverview },
  sendOwnData: { eyes: 'system', run: sendOwnData },
  requestCorrection: { eyes: 'system', run: requestCorrection },
  erasePersonal: { eyes: 'system', run: erasePersonal },
  listConsents: { eyes: 'system', run: listConsents },
  withdrawConsent: { eyes: 'system', run: withdrawConsent },
  closeAccount: { eyes: 'system', run: closeAccount },
  officerTasks: { eyes: 'officer', run: officerTasks },
  officerTask: { eyes: 'officer', run: officerTask },
  officerLease: { eyes: 'officer', run: officerLease },
  officerLeaseAll: { eyes: 'officer', run: officerLeaseAll },
  officerSeveral: { eyes: 'officer', run: officerSeveral },
  officerRelease: { eyes: 'officer', run: officerRelease },
  officerClose: { eyes: 'officer', run: officerClose },
  officerPause: { eyes: 'officer', run: officerPause },
  officerResume: { eyes: 'officer', run: officerResume },
  officerUrge: { eyes: 'officer', run: officerUrge },
  officerTransfer: { eyes: 'officer', run: officerTransfer },
  officerAgree: { eyes: 'officer', run: officerAgree },
  officerDecline: { eyes: 'officer', run: officerDecline },
  officerAttach: { eyes: 'officer', run: officerAttach },
  officerDetach: { eyes: 'officer', run: officerDetach },
  officerStandIn: { eyes: 'officer', run: officerStandIn },
  officerGround: { eyes: 'officer', run: officerGround },
  officerScript: { eyes: 'officer', run: officerScript },
  officerReport: { eyes: 'officer', run: officerReport },
  officerNotice: { eyes: 'officer', run: officerNotice },
}

export const commandNames = Object.keys(commands)

/** An officer command without an officer sees only the sender's own rows. */
export function commandScope(name: string, residentId: string, officer: Officer | null): Scope {
  const eyes = commands[name]?.eyes
  if (eyes === 'system') return { kind: 'system' }
  if (eyes === 'officer' && officer) return eyesOf(officer)
  return { kind: 'resident', residentId }
}

/** The task an officer's order is about, in whose place he may stand; null: not one. */
export function orderedTask({ name, args }: Command): string | null {
  return commands[name]?.eyes === 'officer' && typeof args['taskId'] === 'string' ? args['taskId'] : null
}

/** @throws when no such command exists: the checker refuses such a flow at load. */
export function runCommand(command: Command, context: CommandContext): Promise<CommandResult> {
  const entry = commands[command.name]
  if (!entry) throw new Error(`no command named ${command.name}`)
  return entry.run(command.args, context)
}
