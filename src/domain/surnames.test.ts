import { expect, test } from 'vitest'
import { looksLikeName } from './surnames.ts'

test.each(['王小花', '欧阳建国', '买买提·艾力', 'Anna Li', '覃塘', '仝小明', '张王李花'])(
  '%s is taken at once',
  name => {
    expect(looksLikeName(name)).toBe(true)
  },
)

test.each(['等一下', '跳过', '听不懂', '第一个', '姓王', '明天再弄', '在忙', '扎西', '王小花的妈妈'])(
  '%s is shown before it counts',
  name => {
    expect(looksLikeName(name)).toBe(false)
  },
)
