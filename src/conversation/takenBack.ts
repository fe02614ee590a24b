import { answer, correctWhere } from './engine.ts'
import { isNamed, type Item } from './items.ts'
import { sayNoted } from './later.ts'
import type { Walk } from './machine.ts'
import { currentStep } from './places.ts'
import type { Understood } from './understanding/types.ts'

/** 不对，是汉阳; 姓名写错了，是李小洪; 电话错了: which answer is taken back, and what it should have been. */
interface TakenBack {
  item: Item
  /** Empty where it was only said that the answer is wrong; then it is asked again. */
  meant: string
  heard: Understood
}

/** An answer taken back in the words of the next one: corrected as 改第N项 does. False: it is none. */
export function takeBack(walk: Walk, said: string, aside: (text: string) => boolean): boolean {
  const { session, turn } = walk
  if (!CUE.test(said) || session.status !== 'waiting') return false
  // 要改第几项 is answered by it as well.
  if (session.confirming && session.confirming.kind !== 'whichItem') return false
  const wrong = wrongIn(walk, said)
  if (!wrong || isAnsweredHere(walk, said, wrong)) return false
  const at = turn.replies.length
  const found: TakenBack[] = []
  const corrected = correctWhere(walk, items => {
    const taken = findTakenBack(items, wrong)
    if (taken) found.push(taken)
    return taken?.item
  })
  const [taken] = found
  if (!corrected || !taken) return false
  if (taken.meant === '') return true
  // The question that is asked anew is answered already.
  turn.replies.splice(at)
  answer(walk, { kind: 'text', text: taken.meant }, aside)
  if (taken.heard.status === 'ok' && !session.confirming && !echoes(taken.item)) sayNoted(turn, taken.heard.shown, at)
  return true
}

/** All of `words.wrong` have one of these in them; most answers have none. */
const CUE = /错|对|wrong|mistake/iu

/** What is named before 不对, 写错了 …, and what is said after it. */
interface Wrong {
  label: string
  meant: string
}

function wrongIn({ turn }: Walk, said: string): Wrong | null {
  const [first] = turn.library.texts
    .words('words.wrong')
    .map(word => ({ word, from: said.indexOf(word) }))
    .filter(({ from }) => from >= 0 && from <= LONGEST_LABEL)
    .toSorted((one, other) => one.from - other.from || other.word.length - one.word.length)
  if (!first) return null
  const label = said.slice(0, first.from).replace(HESITATING, '')
  return {
    label,
    meant: said
      .slice(first.from + first.word.length)
      .replace(MEANT, '')
      .trim(),
  }
}

/** 身份证号码 and 的, 那里 behind it; what stands further on is a story. */
const LONGEST_LABEL = 9
/** Said before it without naming anything. */
const HESITATING = /^(?:哎呀?|唉|等等|等一?下|那个|我|刚才|刚刚|上面|前面|上一个|[\s，,])*/u
/** Between what was wrong and what is right. */
const MEANT = /^[\s，,。.!！:：;；了啦]*(?:应该|应当|应|我|该)?(?:是|为|改成|改为|it is|it's|should be)?[\s，,:：]*/iu

function findTakenBack(items: Item[], { label, meant }: Wrong): TakenBack | null {
  const latest = items.toReversed()
  const among = label === '' ? latest : latest.filter(item => isNamed(item, label))
  if (meant === '') return label !== '' && among[0] ? { item: among[0], meant, heard: { status: 'none' } } : null
  for (const [age, item] of among.entries()) {
    const heard = readAs(item, meant)
    const plainly = heard.status === 'ok' && !heard.confirm && !readsAnything(item)
    // The answer just given is meant also where the new one is unclear or has a slip, of which its question tells.
    if (plainly || (age === 0 && heard.status !== 'none')) return { item, meant, heard }
  }
  return null
}

function readAs({ step, walk }: Item, said: string): Understood {
  // What is held open belongs to the question that is asked now.
  const { partly: _, within: __, ...session } = walk.session
  return step.read?.({ ...walk, session }, { kind: 'text', text: said }) ?? { status: 'none' }
}

/**
 * 不对，还没生 answers 孩子出生了吗, 名字写错了 answers 为什么要补, and what is half answered or being corrected is meant before what came
 * earlier.
 */
function isAnsweredHere(walk: Walk, said: string, { label, meant }: Wrong): boolean {
  const { session, flow } = walk
  if (session.partly !== undefined || session.within !== undefined) return true
  const step = currentStep(flow, session)
  const { source } = step
  if (source.kind === 'collect') return true
  if (source.kind !== 'ask') return false
  if (source.type === 'text') return label !== ''
  if (source.type !== 'yesNo' && source.type !== 'choice' && session.before === undefined) return false
  return [said, meant].some(words => step.read?.(walk, { kind: 'text', text: words }).status === 'ok')
}

const readsAnything = ({ step: { source } }: Item): boolean => source.kind === 'ask' && source.type === 'text'

const echoes = ({ step: { source } }: Item): boolean => source.kind === 'ask' && source.echo
