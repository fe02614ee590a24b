import type { Json } from '../../conversation/types.ts'
import type { NoticeContent, NoticeMaterial, Told } from '../../domain/notice/notice.ts'

/** A sentence under `notice.` of the locales. */
export type NoticeWords = (key: string, values?: Record<string, Json>) => string

/** A notice set out for reading: the one order of paper, picture, page and voice. */
export interface NoticeSheet {
  title: string
  number: string
  issuedOn: string
  sections: NoticeSection[]
  /** Beside the place for the stamp. */
  office: string
  stamp: string
  receipt: string
  /** Beside the QR code. */
  online: string
}

export interface NoticeSection {
  heading: string
  /** Whether its entries are counted 1, 2, 3. */
  numbered: boolean
  entries: NoticeEntry[]
}

/** `label` stands before the text; the notes below it, smaller. */
export interface NoticeEntry {
  label: string | null
  text: string
  notes: string[]
}

/** Sets a notice out in the words of one language. Facts of the pack stay as the pack says them. */
export function noticeSheet(content: NoticeContent, words: NoticeWords): NoticeSheet {
  const matter = words(`matter.${content.matter}`)
  const { documentName } = content
  const item = documentName === null ? matter : words('ofDocument', { matter, document: documentName })
  return {
    title: words(`title.${content.kind}`, { item }),
    number: content.number,
    issuedOn: words('day', dayParts(content.issuedOn)),
    sections: [
      ...gapSection(content, words),
      subject(content, item, words),
      ...notNeeded(content, words),
      ...materialSection(content, words),
      way(content, words),
      contact(content, words),
      ground(content, words),
      ...unverified(content, words),
    ].filter(({ entries }) => entries.length > 0),
    office: content.office,
    stamp: words('stamp'),
    receipt: words('receipt'),
    online: words('online'),
  }
}

/** Year, month and day of a date, as numbers, for texts. */
export function dayParts(day: string): Record<string, Json> {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return { year: String(year), month, day: date }
}

const entry = (label: string | null, text: string, notes: string[] = []): NoticeEntry => ({ label, text, notes })

function gapSection(content: NoticeContent, words: NoticeWords): NoticeSection[] {
  if (content.kind !== 'supplement') return []
  const { gaps, supplementBy } = content
  const listed = gaps.map(({ what, wrong, mend, ground: why }) =>
    entry(null, what, [words('gapWrong', { wrong }), words('gapMend', { mend }), words('gapGround', { ground: why })]),
  )
  const by = supplementBy === null ? null : words('day', dayParts(supplementBy))
  const until = content.supplementProvisional && by !== null ? words('provisional', { day: by }) : by
  return [
    { heading: words('heading.gaps', { count: gaps.length }), numbered: true, entries: listed },
    {
      heading: words('heading.mend'),
      numbered: false,
      entries: [
        ...(until === null ? [] : [entry(words('label.supplementBy'), until)]),
        entry(words('label.how'), words('howToMend')),
        ...facts(words, [['ifNothingSent', content.ifNothingSent]]),
        ...exceptionEntry(content, words),
      ],
    },
  ]
}

/** A supervisor also allows a first one, when the case was accepted without any: then nothing was told before. */
function exceptionEntry({ exception, edition }: NoticeContent, words: NoticeWords): NoticeEntry[] {
  if (exception === null) return []
  const key = edition === 1 ? 'exceptionAfterAcceptance' : 'exception'
  return [entry(words(`label.${key}`), words(key, { ...exception }))]
}

function subject(content: NoticeContent, item: string, words: NoticeWords): NoticeSection {
  const { applicant, applicationNumber, region } = content
  return {
    heading: words('heading.subject'),
    numbered: false,
    entries: [
      entry(words('label.item'), item),
      ...facts(words, [['itemType', content.itemType]]),
      ...(applicant === null ? [] : [entry(words('label.applicant'), applicant)]),
      ...(applicationNumber === null ? [] : [entry(words('label.applicationNumber'), applicationNumber)]),
      entry(words('label.region'), region.name),
      ...facts(words, [['whoMay', content.whoMay]]),
    ],
  }
}

/** 行政许可法 32(1): what needs no permission is said so at once. */
function notNeeded({ needed }: NoticeContent, words: NoticeWords): NoticeSection[] {
  if (needed.value !== false) return []
  const source = needed.source ?? words('unknown')
  const entries = [entry(null, words('notNeeded'), [words('gapGround', { ground: source })])]
  return [{ heading: words('heading.notNeeded'), numbered: false, entries }]
}

function materialSection(content: NoticeContent, words: NoticeWords): NoticeSection[] {
  if (content.needed.value === false) return []
  const { value } = content.materials
  if (value === null) {
    const entries = [entry(null, words('materialsUnknown'))]
    return [{ heading: words('heading.materialsUnknown'), numbered: false, entries }]
  }
  const listed = value.map(material => entry(null, materialTitle(material, words), materialNotes(material, words)))
  if (listed.length === 0) listed.push(entry(null, words('materialsNone')))
  const heading =
    value.length > 0 ? words('heading.materials', { count: value.length }) : words('heading.materialsUnknown')
  return [{ heading, numbered: value.length > 0, entries: listed }]
}

/** 结婚证（已婚的才要）. */
export function materialTitle({ name, onlyIf }: NoticeMaterial, words: NoticeWords): string {
  if (onlyIf.length === 0) return name
  const conditions = onlyIf.map(one => words(`onlyIf.${one}`)).join(words('or'))
  return words('conditional', { name, conditions })
}

function materialNotes({ detail }: NoticeMaterial, words: NoticeWords): string[] {
  if (detail === null) return [words('detailUnknown')]
  const { form, copies, original, issuer, whereToGet, replacedBy } = detail
  const notes: (string | null)[] = [
    form === null ? null : words('detail.form', { form }),
    original === null ? null : words(`detail.${original}`),
    copies === null ? null : words('detail.copies', { copies }),
    issuer === null ? null : words('detail.issuer', { issuer }),
    whereToGet === null ? null : words('detail.whereToGet', { whereToGet }),
    ...(replacedBy ?? []).map(way => words(`detail.${way}`)),
  ]
  const known = notes.filter(note => note !== null)
  return copies === null || original === null ? [...known, words('detailUnknown')] : known
}

function way(content: NoticeContent, words: NoticeWords): NoticeSection {
  const steps = content.steps.value
  const numbered = steps?.map((step, n) => words('step', { n: n + 1, step })).join('')
  return {
    heading: words('heading.way'),
    numbered: false,
    entries: [
      ...facts(words, [
        ['where', content.where],
        ['address', content.address],
        ['onlineEntry', content.onlineEntry],
        ['openingHours', content.openingHours],
      ]),
      ...(numbered === undefined ? [] : [entry(words('label.steps'), numbered)]),
      ...days(words, 'promiseDays', content.promiseDays),
      ...days(words, 'legalDays', content.legalDays),
      ...facts(words, [['fee', content.fee]]),
      ...joined(words, content.otherOffices),
    ],
  }
}

function joined(words: NoticeWords, { value }: Told<string[]>): NoticeEntry[] {
  if (value === null) return []
  const text = value.length === 0 ? words('noOtherOffices') : value.map((office, n) => `${n + 1}. ${office}`).join('；')
  return [entry(words('label.otherOffices'), text)]
}

function contact(content: NoticeContent, words: NoticeWords): NoticeSection {
  const { office, officePhone, firstReceiver } = content
  return {
    heading: words('heading.contact'),
    numbered: false,
    entries: [
      entry(words('label.office'), office),
      entry(words('label.officePhone'), officePhone ?? words('unknown')),
      ...(firstReceiver === null ? [] : [entry(words('label.firstReceiver'), firstReceiver)]),
      ...facts(words, [['complaintPhone', content.complaintPhone]]),
    ],
  }
}

function ground(content: NoticeContent, words: NoticeWords): NoticeSection {
  const { grounds, materials } = content
  return {
    heading: words('heading.ground'),
    numbered: false,
    entries: [
      ...(grounds.value === null ? [] : [entry(words('label.grounds'), grounds.value.join('；'))]),
      ...(materials.value === null || materials.source === null
        ? []
        : [
            entry(
              words('label.materialsSource'),
              words('sourced', { source: materials.source, checked: materials.checked }),
            ),
          ]),
      ...facts(words, [['remedies', content.remedies]]),
    ],
  }
}

/** What nobody has verified here stands in one place: a page full of 请向当地核实 would be read by nobody. */
function unverified(content: NoticeContent, words: NoticeWords): NoticeSection[] {
  const asked = [
    ['itemType', content.itemType],
    ['whoMay', content.whoMay],
    ['where', content.where],
    ['address', content.address],
    ['onlineEntry', content.onlineEntry],
    ['openingHours', content.openingHours],
    ['steps', content.steps],
    ['promiseDays', content.promiseDays],
    ['legalDays', content.legalDays],
    ['fee', content.fee],
    ['otherOffices', content.otherOffices],
    ['complaintPhone', content.complaintPhone],
    ['grounds', content.grounds],
    ['remedies', content.remedies],
  ] as const
  const open = asked.filter(([, { value }]) => value === null).map(([key]) => words(`label.${key}`))
  if (open.length === 0) return []
  const text = words('unverified', { what: open.join(words('separator')) })
  return [{ heading: words('heading.unverified'), numbered: false, entries: [entry(null, text)] }]
}

function facts(words: NoticeWords, told: [string, Told<string>][]): NoticeEntry[] {
  return told.flatMap(([key, fact]) =>
    fact.value === null ? [] : [entry(words(`label.${key}`), analogous(fact.value, fact, words))],
  )
}

function days(words: NoticeWords, key: string, fact: Told<number>): NoticeEntry[] {
  if (fact.value === null) return []
  const text = words('days', { days: fact.value })
  return [entry(words(`label.${key}`), analogous(text, fact, words))]
}

/** A limit that was made for something else says so. */
function analogous(text: string, { byAnalogy, source }: Told<unknown>, words: NoticeWords): string {
  return byAnalogy ? words('byAnalogy', { text, source: source ?? words('unknown') }) : text
}
