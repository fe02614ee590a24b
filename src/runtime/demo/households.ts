import { identityCheckCharacter } from '../../domain/identityNumber.ts'
import { addDays, type LocalDate } from '../../domain/world.ts'

/** A made-up household of the demo. Nobody is real: serials 000 are not issued, the phones are from the documentation range. */
export interface DemoHousehold {
  name: string
  identityNumber: string
  phone: string
  villageCode: string
  stage: 'expecting' | 'born'
  birthDate: LocalDate
  childName: string | null
  earlierChildren: number
  registrant: 'mother' | 'father'
}

const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'
const GIVEN = [
  '秀英',
  '桂兰',
  '小梅',
  '红霞',
  '晓燕',
  '建国',
  '志强',
  '海燕',
  '春花',
  '文静',
  '丽华',
  '永刚',
  '雪琴',
  '子豪',
  '𠮷安',
]

/** Households to make, as the contract names them. */
export const DEMO_HOUSEHOLDS = 60

/** The demo's households, the same at every call for the same day. */
export function demoHouseholds(villageCodes: readonly string[], today: LocalDate): DemoHousehold[] {
  return Array.from({ length: DEMO_HOUSEHOLDS }, (_, n) => household(n, villageCodes, today))
}

function household(n: number, villageCodes: readonly string[], today: LocalDate): DemoHousehold {
  const surname = SURNAMES.charAt(n % SURNAMES.length)
  const villageCode = villageCodes[n % villageCodes.length] ?? ''
  const born = n % 3 === 0
  // Spread over the weeks around today, so that the lists show births of all kinds.
  const birthDate = addDays(today, born ? -(3 + (n % 40)) : 20 + ((n * 7) % 200))
  return {
    name: surname + GIVEN[n % GIVEN.length],
    identityNumber: identityNumber(villageCode, n),
    phone: `1380000${String(n).padStart(4, '0')}`,
    villageCode,
    stage: born ? 'born' : 'expecting',
    birthDate,
    childName: born && n % 2 === 0 ? `${surname}小宝` : null,
    earlierChildren: n % 4 === 0 ? 1 : 0,
    registrant: n % 5 === 0 ? 'father' : 'mother',
  }
}

function identityNumber(villageCode: string, n: number): string {
  const birth = addDays('1988-03-01', n * 61).replaceAll('-', '')
  const first17 = `${villageCode.slice(0, 6)}${birth}000`
  return first17 + identityCheckCharacter(first17)
}
