import { describe, expect, it } from 'vitest'
import { buildRegionIndex } from '../../domain/region.ts'
import { searchRegion } from './regionSearch.ts'

const index = buildRegionIndex({
  rows: [
    ['42', '湖北省'],
    ['4207', '鄂州市'],
    ['420702', '梁子湖区'],
    ['420702104', '沼山镇'],
    ['420702104212', '下柯村'],
    ['420702104213', '夏咀村'],
    ['41', '河南省'],
    ['4115', '信阳市'],
    ['411521', '罗山县'],
    ['4401', '广州市'],
    ['440113', '番禺区'],
  ],
  aliases: [],
})
const search = (text: string) => searchRegion(index, text)

describe('a place', () => {
  it.each([
    ['下柯村，沼山镇，梁子湖区', '420702104212'],
    ['下柯村沼山镇', '420702104212'],
    ['沼山下科村', '420702104212'],
    ['梁子胡曲', '420702'],
    ['孩子户口在沼山镇的下柯村', '420702104212'],
    ['俺是河南罗山嘞', '411521'],
    ['我妈是河南罗山人', '411521'],
    ['我是从河南罗山嫁过来的', '411521'],
    ['他是从罗山来的', '411521'],
    ['罗山县楠杆镇田堰村', '411521'],
    ['廣州番禺區', '440113'],
    ['番禺市', '440113'],
    ['梁子胡区，鄂州的', '420702'],
    ['以前叫罗山市', '411521'],
    ['番禺区，我在那打工租的房', '440113'],
    ['我屋头信阳罗山的', '411521'],
    ['老家信阳螺山县', '411521'],
    ['我是番玉区的，靠近河边', '440113'],
    ['在罗山做生意', '411521'],
  ])('is found in any order, in a sentence, by its sound and under an old ending: %s', (text, code) => {
    expect(search(text)).toMatchObject({ kind: 'exact', code })
  })

  it('is only near when its village is not in a list that is whole', () => {
    expect(search('沼山镇月亮村')).toEqual({ kind: 'near', code: '420702104' })
  })

  it('says when it was mended by its sound', () => {
    expect(search('沼山下科村')).toMatchObject({ mended: true })
    expect(search('沼山下柯村')).not.toHaveProperty('mended')
  })

  it.each(['', '火星', '我们村', '不知道', 'x'.repeat(200)])('is none when nothing fits: %s', text => {
    expect(search(text)).toEqual({ kind: 'none' })
  })
})
