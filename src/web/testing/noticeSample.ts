import { computeNotice } from '../../domain/notice/computeNotice.ts'
import type { NoticePrint } from '../../app/notices/noticeUse.ts'
import { layerPacks, parseRegionPackLayer } from '../../domain/regionPacks.ts'
import { AT } from './samples.ts'

const source = { document: '某省生育登记办法（2023-02-15 起施行）', checked: '2026-11-21', weight: 'official' } as const

/** A place that has verified a good deal, and left out what few places verify. */
const pack = layerPacks([
  parseRegionPackLayer({
    code: 'CN',
    name: '全国',
    birthRegistration: {
      marriageRequired: null,
      whoMay: { value: '凡生育子女的公民，一方有本省户籍，或持居住证在本省居住', source },
      where: { value: '户籍地或现居住地的乡镇（街道），优先网上办理', source },
      materials: {
        value: [
          { id: 'idOrHouseholdBooklet', name: 'material.idOrHouseholdBooklet', when: [] },
          { id: 'marriageCertificate', name: 'material.marriageCertificate', when: ['married'] },
        ],
        source,
      },
      resultName: null,
      legalDays: { value: 20, source: { ...source, document: '行政许可法 第四十二条' }, byAnalogy: true },
      promiseDays: { value: 5, source },
      onlineEntry: { value: '省政务服务网', source },
      resultNote: null,
    },
    officePhone: null,
    notice: {
      complaintPhone: { value: '12345', source },
      ifNothingSent: { value: '补来之前，两个办理时限都暂停，不会自动取消。', source },
      remedies: { value: '对结果不服，可以依法申请行政复议，也可以向人民法院起诉。', source },
      items: {
        birthRegistration: {
          grounds: { value: ['某省生育登记办法', '国卫办人口发〔2021〕21号 关于完善生育登记制度的指导意见'], source },
          steps: { value: ['在聊天里或到窗口提交', '经办人受理', '办好后发给您登记凭证'], source },
          fee: { value: '不收费', source },
        },
      },
      materials: {
        idOrHouseholdBooklet: {
          value: {
            form: '网上办理交照片或扫描件',
            copies: 1,
            original: 'either',
            issuer: '户籍地公安机关',
            whereToGet: '身份证丢了，到户籍地公安机关补领',
            replacedBy: ['dataExchange'],
          },
          source,
        },
      },
    },
  }),
])

const names: Record<string, string> = {
  'material.idOrHouseholdBooklet': '身份证或户口簿',
  'material.marriageCertificate': '结婚证',
}

const content = computeNotice(
  pack,
  {
    number: 'GZ261123-048213',
    kind: 'supplement',
    edition: 1,
    issuedOn: '2026-11-23',
    subject: { matter: 'birthRegistration', document: null },
    documentName: null,
    situation: { born: false, expecting: true, proxy: false },
    region: { code: '420702104212', name: '湖北省鄂州市梁子湖区沼山镇下柯村' },
    applicantName: '欧阳娜娜',
    applicationNumber: 'SY261123-000001',
    gaps: [
      {
        what: '身份证或户口簿',
        wrong: '照片看不清，右下角没有拍到',
        mend: '重新拍一张，四个角都拍到',
        ground: '某省生育登记办法（2023-02-15 起施行）',
      },
      { what: '结婚证', wrong: '没有收到', mend: '补交结婚证，拍照要清楚', ground: '某省生育登记办法 第六条' },
    ],
    supplementBy: { date: '2026-12-14', provisional: false },
    office: { name: '湖北省鄂州市梁子湖区沼山镇', phone: null },
    firstReceiver: '张建国',
    exception: null,
  },
  key => names[key] ?? key,
)

/** A notice on a case, unread. */
export const noticePrint: NoticePrint = {
  notice: {
    number: content.number,
    kind: content.kind,
    matter: content.matter,
    edition: content.edition,
    applicationId: 'application-1',
    residentId: 'resident-1',
    regionCode: content.region.code,
    issuedAt: AT,
    content,
    hash: 'a'.repeat(64),
  },
  times: { issued: AT, read: null, confirmed: null },
  page: `/n/${content.number}?until=1800000000000&key=right`,
}
