import { expect, test } from 'vitest'
import { isWeakPassword } from './ownPassword.ts'

test.each(['short', '1212121212', 'aaaaaaaaaaaaaaaa', 'village-2026-x', 'x'.repeat(129)])('%s is too weak', password =>
  expect(isWeakPassword(password, 'Village')).toBe(true),
)

test.each(['春风十里不如你呀我', 'green tea 4 two', '8%kKq-2mRz'])('%s is long and mixed enough', password =>
  expect(isWeakPassword(`${password}!`, 'village')).toBe(false),
)
