import { maskName } from '../mask.ts'
import type { Fact } from '../packs/fact.ts'
import type { Material } from '../packs/material.ts'
import type { MaterialDetail, NoticeSection } from '../packs/noticeSection.ts'
import type { RegionPack } from '../regionPack.ts'
import type { LocalDate } from '../world.ts'
import { matterFacts, noticeFacts, type NoticeSubject } from './matterFacts.ts'
import type {
  NoticeContent,
  NoticeException,
  NoticeGap,
  NoticeKind,
  NoticeMaterial,
  Situation,
  Told,
} from './notice.ts'

export interface NoticeRequest {
  number: string
  kind: NoticeKind
  edition: number
  issuedOn: LocalDate
  subject: NoticeSubject
  /** Name of the document that is asked for again; null in other matters. */
  documentName: string | null
  situation: Situation
  region: { code: string; name: string }
  /** Full name: it is masked here. Null when nobody gave one. */
  applicantName: string | null
  applicationNumber: string | null
  gaps: NoticeGap[]
  supplementBy: { date: LocalDate; provisional: boolean } | null
  office: { name: string; phone: string | null }
  firstReceiver: string | null
  exception: NoticeException | null
}

/**
 * The notice for one person in one place: what the pack knows, each fact with its source, and null for what it does not know.
 * `nameOf` names a material by its locale key.
 */
export function computeNotice(
  pack: RegionPack,
  request: NoticeRequest,
  nameOf: (key: string) => string,
): NoticeContent {
  const facts = matterFacts(pack, request.subject)
  const section = noticeFacts(pack)
  const item = section.items[request.subject.matter]
  return {
    format: 1,
    number: request.number,
    edition: request.edition,
    kind: request.kind,
    issuedOn: request.issuedOn,
    matter: request.subject.matter,
    documentName: request.documentName,
    needed: told(facts.needed),
    itemType: told(item.itemType),
    applicant: request.applicantName === null ? null : maskName(request.applicantName),
    applicationNumber: request.applicationNumber,
    region: request.region,
    grounds: told(item.grounds),
    whoMay: facts.cases.value === null ? told(facts.whoMay) : told(casesIn(facts.cases, nameOf)),
    materials: computedMaterials(pack, request, nameOf),
    gaps: request.gaps,
    supplementBy: request.supplementBy?.date ?? null,
    supplementProvisional: request.supplementBy?.provisional ?? false,
    ifNothingSent: told(section.ifNothingSent),
    steps: told(item.steps),
    legalDays: told(facts.legalDays),
    promiseDays: told(facts.promiseDays),
    where: told(facts.where),
    address: told(section.address),
    onlineEntry: told(facts.onlineEntry),
    openingHours: told(section.openingHours),
    fee: told(item.fee),
    otherOffices: told(item.otherOffices),
    remedies: told(section.remedies),
    office: request.office.name,
    officePhone: request.office.phone,
    complaintPhone: told(section.complaintPhone),
    firstReceiver: request.firstReceiver,
    exception: request.exception,
  }
}

function casesIn(cases: Fact<string[]>, nameOf: (key: string) => string): Fact<string> {
  return { ...cases, value: cases.value?.map(nameOf).join('；') ?? null }
}

/** The papers that this place asks of this person, by name and with what is known of each; null where the list is not verified. */
export function computedMaterials(
  pack: RegionPack,
  { subject, situation }: Pick<NoticeRequest, 'subject' | 'situation'>,
  nameOf: (key: string) => string,
): Told<NoticeMaterial[]> {
  const { materials } = matterFacts(pack, subject)
  const section = noticeFacts(pack)
  const needed = materials.value?.flatMap(material => materialFor(material, situation) ?? [])
  const named = (found: Pick<NoticeMaterial, 'id' | 'name' | 'onlyIf'>): NoticeMaterial => ({
    ...found,
    name: nameOf(found.name),
    detail: detailOf(pack, section, found.id),
  })
  return told({ ...materials, value: needed?.map(named) ?? null })
}

/** A pledge that the place has approved for this paper stands beside what the section knows of it. */
function detailOf(pack: RegionPack, section: NoticeSection, id: string): MaterialDetail | null {
  const detail = section.materials[id]?.value ?? null
  const pledged = pack.commitments.some(({ material, replaceable }) => material === id && replaceable.value === true)
  if (!pledged || detail?.replacedBy?.includes('pledge')) return detail
  return { ...(detail ?? unknownDetail), replacedBy: ['pledge', ...(detail?.replacedBy ?? [])] }
}

const unknownDetail: MaterialDetail = {
  form: null,
  copies: null,
  original: null,
  issuer: null,
  whereToGet: null,
  replacedBy: null,
}

function told<T>({ value, source, byAnalogy }: Fact<T>): Told<T> {
  return {
    value,
    source: source?.document ?? null,
    checked: source?.checked ?? null,
    byAnalogy: byAnalogy ?? false,
  }
}

/**
 * Null when none of its circumstances holds. Where that is not known the material stays, with the condition: left out it
 * would be a second errand, said without it an errand for nothing.
 */
function materialFor(
  { id, name, when }: Material,
  situation: Situation,
): Pick<NoticeMaterial, 'id' | 'name' | 'onlyIf'> | null {
  if (when.length === 0 || when.some(one => situation[one] === true)) return { id, name, onlyIf: [] }
  const open = when.filter(one => situation[one] === undefined)
  return open.length === 0 ? null : { id, name, onlyIf: open }
}
