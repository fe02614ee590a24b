import { expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'

const { library } = loadKnowledge('.')
const grief = (text: string) => library.watch.grief(library.plain(text))

test.each([
  '老伴走了',
  '我老伴走了三年了',
  '老头子没了',
  '我妈去世了',
  '俺爹过世了',
  '孩子没保住',
  '流产了',
  '女儿病逝',
  '我妈没了，工作人员让我来办',
  '家里那口子不在了',
  '老公工作时没了',
])('“%s” tells of a death', text => expect(grief(text)).not.toBeNull())

test.each([
  ...[
    '孩子出生证没了',
    '儿子的手机没了',
    '我妈走了两趟都没办成',
    '老公走了，去广东打工了',
    '妈妈急死了',
    '孩子的事没有办',
  ],
  ...[
    '如果父母一方去世怎么登记',
    '老伴走不动路',
    '光荣证没了',
    '我老婆怀孕没了工作',
    '我走了',
    '孩子走程序',
    '流产假几天',
    '老公不在家',
    '儿子户口没了',
    '孩子医保没了',
    '孩子的疫苗记录没了',
    '老公工作没了',
  ],
])('“%s” does not', text => expect(grief(text)).toBeNull())

test.each(['孩子没保住', '流产了', '女儿病逝', '我儿子没了'])('“%s” tells of a child', text =>
  expect(grief(text)).toBe('child'),
)

test.each(['老伴走了', '我妈没了，工作人员让我来办', '孩子他爷爷去世了'])('“%s” tells of somebody else', text =>
  expect(grief(text)).toBe('person'),
)
