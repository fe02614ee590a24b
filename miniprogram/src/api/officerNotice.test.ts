import { expect, it } from 'vitest'
import { gapsOf, noticeDraft } from './officerNotice.ts'

it('sends what was ticked with one reason for all, and what is not on the list with its ground', () => {
  expect(gapsOf(['booklet'], ' 看不清 ', { what: '', ground: '' })).toEqual([{ material: 'booklet', wrong: '看不清' }])
  expect(gapsOf(['booklet'], '', { what: '委托书', ground: '某办法第七条' })).toEqual([
    { material: 'booklet' },
    { what: '委托书', ground: '某办法第七条' },
  ])
  expect(gapsOf([], '', { what: ' ', ground: '' })).toEqual([])
})

it('knows a list that nobody has verified from an empty one', () => {
  expect(noticeDraft({ materials: null, notices: [], open: 'notice', fence: 1 })).toEqual({ materials: null })
  expect(noticeDraft({ materials: [{ id: 'a', name: '甲', onlyIf: [] }] }).materials).toEqual([{ id: 'a', name: '甲' }])
})
