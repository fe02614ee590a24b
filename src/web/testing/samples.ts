import type { CalendarView } from '../../app/calendarView.ts'
import type { ApplicationView, CertificatePrint, ResidentApplicationView, TaskView } from '../../app/app.ts'
import type { TurnAnswer } from '../../app/ports.ts'
import type { AuditRecord } from '../../domain/audit.ts'
import type { BirthRegistration, BirthRegistrationCase } from '../../domain/application.ts'
import type { ShownFunnelStep } from '../../domain/funnel.ts'
import type { Officer } from '../../domain/officer.ts'
import { openTask } from '../../domain/taskState.ts'

/** Synthetic people only: serial 000 is never issued, the phone is of a documentation range. */

export const AT = Date.parse('2026-11-23T09:00:00+08:00')

export const village: Officer = {
  id: 'officer-village',
  username: 'village',
  name: '王专干',
  role: 'village',
  regionCode: '420702104212',
  officePhone: null,
  disabled: false,
}

export const auditor: Officer = {
  ...village,
  id: 'officer-auditor',
  username: 'auditor',
  role: 'auditor',
  regionCode: '420702',
}

export const town: Officer = {
  ...village,
  id: 'officer-town',
  username: 'town',
  role: 'town',
  regionCode: '420702104',
}

export const county: Officer = {
  ...village,
  id: 'officer-county',
  username: 'county',
  role: 'county',
  regionCode: '420702',
}

export const content: BirthRegistration = {
  registrant: 'mother',
  applicantName: '欧阳娜娜',
  applicantId: '420702199001010003',
  phone: '13800000000',
  proxy: null,
  stage: 'expecting',
  birthDate: '2027-01-15',
  childName: null,
  earlierChildren: 1,
  married: null,
  regionCode: '420702104212',
  regionName: '湖北省鄂州市梁子湖区沼山镇下柯村',
}

export const registration: BirthRegistrationCase = {
  id: 'application-1',
  number: 'SY261123-000001',
  matter: 'birthRegistration',
  regionCode: '420702104212',
  residentId: 'resident-1',
  receivedAt: AT,
  content,
  actions: [],
}

export const auditRecord: AuditRecord = {
  id: '7',
  at: AT,
  actor: { kind: 'officer', id: 'officer-village', role: 'village', regionCode: '420702104212' },
  action: 'application.reveal',
  objectKind: 'application',
  objectId: 'application-1',
  regionCode: '420702104212',
  detail: {},
}

export const task: TaskView = {
  ...openTask({
    id: 'task-1',
    source: 'applicationStep',
    regionCode: '420702104212',
    applicationId: 'application-1',
    summary: '欧*，生育登记',
    promiseDue: '2026-11-30',
    createdAt: AT,
  }),
  status: 'leased',
  fence: 3,
  assigneeId: village.id,
  leaseUntil: AT + 3600_000,
  firstReceiverId: village.id,
  assigneeName: '王专干',
  firstReceiverName: '王专干',
  overdue: false,
  family: { id: 'resident-1', name: '李**' },
  offerNames: null,
  allowedActions: ['release', 'pause', 'close'],
}

export const application: ApplicationView = {
  id: 'application-1',
  number: 'SY261123-000001',
  matter: 'birthRegistration',
  status: 'accepted',
  regionCode: '420702104212',
  regionName: '下柯村',
  receivedAt: AT,
  promiseDue: '2026-11-30',
  legalDue: null,
  dueProvisional: false,
  fields: [{ key: 'applicantName', label: '姓名', value: '欧*', masked: true }],
  log: [{ at: AT, type: 'submitted', actor: '群众', note: null }],
  certificateNumber: null,
  rating: null,
  allowedActions: ['decide', 'reveal'],
  taskId: 'task-1',
  way: 'self',
  whyNotOnline: null,
  firstReceiver: '王专干',
  acceptedBySilence: false,
  paused: false,
  clockStopped: false,
  notices: [],
  photos: [],
  confirmation: { open: false, answer: null },
  certificateStatus: 'none',
  breachOpen: false,
  duplicates: [{ id: 'application-9', place: '沼山镇', reasons: ['同名，且出生年月相同'] }],
}

export const residentApplication: ResidentApplicationView = {
  dueProvisional: false,
  clockStopped: false,
  acceptedBySilence: false,
  firstReceiver: '王专干',
  certificateStatus: 'valid',
  allowedActions: [],
  notices: [],
  id: 'application-1',
  number: 'SY261123-000001',
  matter: 'birthRegistration',
  status: 'granted',
  receivedAt: AT,
  promiseDue: '2026-11-30',
  legalDue: null,
  certificateNumber: 'PZ261123-000001',
  checkCode: '0123456789ABC9',
  office: '下柯村',
  officePhone: null,
  handler: null,
  mayUrge: false,
  urgeFrom: null,
}

export const print: CertificatePrint = {
  certificate: {
    id: 'certificate-1',
    number: 'PZ261123-000001',
    applicationId: 'application-1',
    regionCode: '420702104212',
    residentId: 'resident-1',
    issuedAt: AT,
    status: 'valid',
    title: '生育登记凭证',
  },
  application: registration,
  checkCode: '0123456789ABC9',
  supersededBy: null,
  lines: [
    { label: '身份', value: '母亲' },
    { label: '登记阶段', value: '产前登记' },
    { label: '预产期', value: '2027年1月15日' },
  ],
  notes: ['登记不是户口登记。孩子出生后，请另到户籍派出所办理户口登记。'],
  officeName: '鄂州市梁子湖区沼山镇',
}

export const funnelStep: ShownFunnelStep = {
  ...{ flow: 'birth-registration', revision: 1, step: 'applicantId' },
  ...{ entered: 12, answered: 9, invalid: 4, example: 1, handedOff: 1, left: 2 },
}

export const answer: TurnAnswer = {
  turnId: 'turn-1',
  replies: [{ id: 'turn-1-1', kind: 'text', text: '您好' }],
  state: { sessionId: null, flow: null, revision: null, step: null, done: false },
  repeated: false,
  delivery: 'passive',
}

/** A calendar with one thing that has no end. */
export const calendar: CalendarView = {
  ...{ applicationNumber: 'SY420702-000001', expecting: true, birth: '2027-01-15' },
  items: [
    {
      item: {
        ...{ id: 'householdEntry', onlyExpecting: false, from: { at: 'birth' }, until: null },
        text: { 'zh-CN': '上户口：到户籍派出所。', en: 'Household entry: at the police station.' },
        source: { document: '户口登记条例第七条', checked: '2026-11-21', weight: 'law' },
      },
      ...{ from: '2027-01-15', until: null },
    },
  ],
}
