import type { RegisterEntry } from '../../domain/certificateRegister.ts'
import { identityCheckCharacter } from '../../domain/identityNumber.ts'

/** The village of the demo's first officer. */
const VILLAGE = '420702104212'

/** A made-up holder. Nobody is real: serials 000 are not issued, the phones are from the documentation range. */
interface Holder {
  name: string
  first17: string
  phone: string
  issuedOn: string
  document: 'honourCertificate' | 'additionalBirthPermit'
  child: string
}

type Row = [Holder['document'], name: string, first17: string, phone: string, issuedOn: string, child: string]

const rows: Row[] = [
  ['honourCertificate', '王秀英', '42070219650505000', '13800001001', '1995-06-01', '王小军'],
  ['honourCertificate', '李桂兰', '42070219620312000', '13800001002', '1990-03-15', '李小燕'],
  ['honourCertificate', '欧阳建国', '42070219680720000', '13800001003', '1998-09-10', '欧阳小慧'],
  ['honourCertificate', '𠮷永刚', '42070219700101000', '13800001004', '2001-01-08', '𠮷小雨'],
  ['additionalBirthPermit', '买买提·艾力', '42070219850214000', '13800001005', '2018-04-20', '古丽'],
  ['additionalBirthPermit', '陈文静', '42070219880909000', '13800001006', '2019-11-05', '陈小宝'],
]

const holders: Holder[] = rows.map(([document, name, first17, phone, issuedOn, child]) => ({
  ...{ document, name, first17, phone, issuedOn, child },
}))

/** Documents of the demo's place from before there was this service, as its books hold them. */
export function demoBooks(): RegisterEntry[] {
  return holders.map((holder, n) => entryOf(holder, n + 1))
}

function entryOf({ name, first17, phone, issuedOn, document, child }: Holder, n: number): RegisterEntry {
  const prefix = document === 'honourCertificate' ? 'GR' : 'ZS'
  return {
    id: `demo-book-${n}`,
    document,
    number: `${prefix}-${issuedOn.slice(0, 4)}-${String(n).padStart(4, '0')}`,
    holder: {
      name,
      idNumber: first17 + identityCheckCharacter(first17),
      phone,
      question: 'issuedMonth',
      answer: issuedOn.slice(0, 7),
      lines: [{ label: '孩子姓名', value: child }],
    },
    issuedOn,
    office: '沼山镇',
    regionCode: VILLAGE,
    residentId: null,
    status: 'valid',
    supersededBy: null,
    source: 'imported',
    lockedUntil: null,
  }
}
