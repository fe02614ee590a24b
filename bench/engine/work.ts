/** How an answer is checked. Every contender checks with its own means or with these, never less. */
export type Check = 'text' | 'choice' | 'yesNo' | 'date' | 'id' | 'phone'

export interface Question {
  slot: string
  text: string
  check: Check
}

/** The work of every contender: twelve questions of a birth registration, one resident, sixteen turns. */
export interface Work {
  questions: Question[]
  valid: Record<Check, (text: string) => boolean>
  /** The word that opens the registration. */
  opening: string
  /** What the resident answers, three bad answers among them. */
  answers: string[]
  /** The same without the bad answers, for peers that cannot check. */
  soundAnswers: string[]
  /** No answer to the last question. */
  nonsense: string
  retry: string
  done: string
}

/** Weights of the check character of GB 11643-1999, and the characters by remainder. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHARACTERS = '10X98765432'

function isIdentityNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0)
  return CHARACTERS[sum % 11] === text[17]
}

// Date.parse takes the 30th of February for the 2nd of March.
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(text)
  return !Number.isNaN(at) && new Date(at).getUTCDate() === Number(text.slice(8))
}

const LONGEST_TEXT = 50

const mother = '420702199001010009'
const father = '420702198803030007'

/** Wrong once: a day that does not exist, an identity number without its last character, a number that is no phone. */
const bad = new Set(['2026-02-30', mother.slice(0, 17), '12345'])

const answers = [
  '王小宝',
  '男',
  '2026-02-30',
  '2026-05-01',
  '08:30',
  '县人民医院',
  '李梅',
  mother.slice(0, 17),
  mother,
  '12345',
  '13800000000',
  '王强',
  father,
  '幸福村3组',
  '是',
]

export const work: Work = {
  questions: [
    { slot: 'childName', text: '孩子姓名？', check: 'text' },
    { slot: 'sex', text: '性别？男/女', check: 'choice' },
    { slot: 'birthDate', text: '出生日期？', check: 'date' },
    { slot: 'birthTime', text: '出生时间？', check: 'text' },
    { slot: 'hospital', text: '出生医院？', check: 'text' },
    { slot: 'motherName', text: '母亲姓名？', check: 'text' },
    { slot: 'motherId', text: '母亲身份证号？', check: 'id' },
    { slot: 'motherPhone', text: '母亲手机？', check: 'phone' },
    { slot: 'fatherName', text: '父亲姓名？', check: 'text' },
    { slot: 'fatherId', text: '父亲身份证号？', check: 'id' },
    { slot: 'address', text: '户籍地址？', check: 'text' },
    { slot: 'confirmed', text: '确认提交？是/否', check: 'yesNo' },
  ],
  valid: {
    text: text => text.trim().length > 0 && text.length <= LONGEST_TEXT,
    choice: text => text === '男' || text === '女',
    yesNo: text => text === '是' || text === '否',
    date: isDay,
    id: isIdentityNumber,
    phone: text => /^1[3-9]\d{9}$/.test(text),
  },
  opening: '出生登记',
  answers,
  soundAnswers: answers.filter(answer => !bad.has(answer)),
  nonsense: '今天天气不错',
  retry: '格式不对，请重试：',
  done: '登记完成',
}
