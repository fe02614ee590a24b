import { answer, correctWhere } from './engine.ts'
import type { Item } from './items.ts'
import type { Walk } from './machine.ts'
import { currentStep } from './places.ts'
import { stepText } from './stepText.ts'
import type { Understood } from './understanding/types.ts'
import { named, say, text } from './walk.ts'

/** 不对，是汉阳 and 姓名写错了，是李小洪: which answer is taken back, and what it should have been. */
interface TakenBack {
  item: Item
  meant: string
  heard: Understood
}

/** An answer taken back in the words of the next one: corrected as 改第N项 does, without asking again. False: it is none. */
export function takeBack(walk: Walk, said: string, aside: (text: string) => boolean): boolean {
  const { session, turn } = walk
  if (!CUE.test(said) || session.confirming || session.status !== 'waiting') return false
  const start = wrongIn(walk, said)
  if (start === null || isAnsweredHere(walk, said.slice(start.end))) return false
  const at = turn.replies.length
  const found: TakenBack[] = []
  const corrected = correctWhere(walk, items => {
    const taken = findTakenBack(walk, items, said, start)
    if (taken) found.push(taken)
    return taken?.item
  })
  const [taken] = found
  if (!corrected || !taken) return false
  // The question that is asked anew is answered already.
  turn.replies.splice(at)
  if (taken.heard.status === 'ok' && !taken.heard.confirm && !echoes(taken.item))
    say(turn, 'common.noted', named({ shown: taken.heard.shown }))
  answer(walk, { kind: 'text', text: taken.meant }, aside)
  return true
}

/** All of `words.wrong` have one of these in them; most answers have none. */
const CUE = /错|对|wrong|mistake/iu

/** Where 不对, 说错了 … stands: at the beginning, or behind the few words that name an answer. */
function wrongIn({ turn }: Walk, said: string): { from: number; end: number } | null {
  const places = turn.library.texts
    .words('words.wrong')
    .map(word => ({ from: said.indexOf(word), end: said.indexOf(word) + word.length }))
    .filter(({ from }) => from >= 0 && from <= LONGEST_LABEL)
  const [first] = places.toSorted((one, other) => one.from - other.from || other.end - one.end)
  return first ?? null
}

/** 身份证号码 and 的, 那里 behind it; what stands further on is a story. */
const LONGEST_LABEL = 9
/** Said before it without naming anything. */
const HESITATING = /^(?:哎呀?|唉|等等|等一?下|那个|我|刚才|刚刚|上面|前面|上一个|[\s，,])*/u
/** Between what was wrong and what is right. */
const MEANT = /^[\s，,。.!！:：;；了啦]*(?:应该|应当|应|我|该)?(?:是|为|改成|改为|it is|it's|should be)?[\s，,:：]*/iu

function findTakenBack(
  walk: Walk,
  items: Item[],
  said: string,
  { from, end }: { from: number; end: number },
): TakenBack | null {
  const meant = said.slice(end).replace(MEANT, '').trim()
  if (meant === '') return null
  const label = said.slice(0, from).replace(HESITATING, '')
  const latest = items.toReversed()
  const among = label === '' ? latest : latest.filter(item => names(walk, item, label))
  for (const [age, item] of among.entries()) {
    const heard = readAs(item, meant)
    const plainly = heard.status === 'ok' && !heard.confirm && !readsAnything(item)
    // The answer just given is meant also where the new one is unclear or has a slip, of which its question tells.
    if (plainly || (age === 0 && heard.status !== 'none')) return { item, meant, heard }
  }
  return null
}

function names({ turn }: Walk, { step, walk }: Item, said: string): boolean {
  const { source } = step
  const label = text(turn, stepText(walk.flow.name, step.id, 'label'))
  const called = source.kind === 'ask' ? turn.library.texts.words(`words.called.${source.type}`) : []
  return [label, ...called].some(word => said.includes(word))
}

function readAs({ step, walk }: Item, said: string): Understood {
  // What is held open belongs to the question that is asked now.
  const { partly: _, within: __, ...session } = walk.session
  return step.read?.({ ...walk, session }, { kind: 'text', text: said }) ?? { status: 'none' }
}

/** 不对，还没生 answers 孩子出生了吗, and what is half answered or being corrected is meant before what came earlier. */
function isAnsweredHere(walk: Walk, rest: string): boolean {
  const { session } = walk
  if (session.partly !== undefined || session.within !== undefined) return true
  const step = currentStep(walk.flow, session)
  const { source } = step
  const chosen = source.kind === 'ask' && (source.type === 'yesNo' || source.type === 'choice')
  if (!chosen && session.before === undefined) return false
  return step.read?.(walk, { kind: 'text', text: rest.replace(MEANT, '') }).status === 'ok'
}

const readsAnything = ({ step: { source } }: Item): boolean => source.kind === 'ask' && source.type === 'text'

const echoes = ({ step: { source } }: Item): boolean => source.kind === 'ask' && source.echo
