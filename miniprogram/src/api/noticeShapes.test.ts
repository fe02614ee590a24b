import { describe, expect, it } from 'vitest'
import { notice, noticeNumberIn } from './noticeShapes.ts'

describe('a notice', () => {
  it('is read as the service sets it out', () => {
    const sheet = {
      title: '一次性告知书（生育登记）',
      number: 'GZ261123-048213',
      issuedOn: '2026年11月23日',
      office: '沼山镇',
      sections: [
        { heading: '要带的材料', numbered: true, entries: [{ label: null, text: '户口簿', notes: ['原件'] }] },
      ],
    }
    expect(notice({ number: 'GZ261123-048213', kind: 'supplement', spoken: '一次性告知书。', sheet })).toMatchObject({
      title: '一次性告知书（生育登记）',
      gaps: ['户口簿'],
      sections: [{ entries: [{ label: null, text: '户口簿', notes: ['原件'] }] }],
    })
    expect(() => notice({ number: 'GZ261123-048213' })).toThrow()
  })

  it('is known by the address of its paper, signed or not', () => {
    expect(noticeNumberIn('/api/notices/GZ261123-048213.pdf')).toBe('GZ261123-048213')
    expect(noticeNumberIn('/api/notices/GZ261123-048213.pdf?until=1&key=k')).toBe('GZ261123-048213')
    expect(noticeNumberIn('/api/notices/GZ261123-048213.png')).toBeNull()
    expect(noticeNumberIn('/api/certificates/PZ261123-000001.pdf')).toBeNull()
  })
})
