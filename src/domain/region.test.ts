import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  buildRegionIndex,
  findRegion,
  levelOf,
  regionChildren,
  regionName,
  villagesAt,
  type RegionData,
} from './region.ts'

const data: RegionData = {
  rows: [
    ['42', '湖北省'],
    ['4207', '鄂州市'],
    ['420702', '梁子湖区'],
    ['420702104', '沼山镇'],
    ['420702104212', '下柯村'],
    ['420702104217', '沼山村'],
    ['420702105', '东沟镇'],
    ['420702105201', '东村'],
    ['420704', '鄂城区'],
    ['420704001', '凤凰街道'],
    ['420704001001', '凤凰社区'],
    ['420704001002', '滨湖居委会'],
    ['420704108', '长港镇'],
    ['420704108201', '东村'],
    ['4206', '襄阳市'],
    ['420602', '襄城区'],
    ['4228', '恩施土家族苗族自治州'],
    ['422801', '恩施市'],
    ['4290', '省直辖县级行政区划'],
    ['429004', '仙桃市'],
    ['32', '江苏省'],
    ['3201', '南京市'],
    ['320106', '鼓楼区'],
    ['3203', '徐州市'],
    ['320302', '鼓楼区'],
    ['11', '北京市'],
    ['1101', '市辖区'],
    ['110105', '朝阳区'],
    ['44', '广东省'],
    ['4419', '东莞市'],
    ['441900', '东莞市'],
    ['41', '河南省'],
    ['4103', '洛阳市'],
    ['410307', '偃师区'],
  ],
  aliases: [
    ['襄樊市', '4206'],
    ['偃师市', '410307'],
    ['410381', '410307'],
  ],
}
const index = buildRegionIndex(data)
const found = (text: string, within?: string) => findRegion(index, text, within)

describe('a region', () => {
  it.each([
    ['湖北省鄂州市梁子湖区沼山镇下柯村', '420702104212'],
    ['沼山下柯', '420702104212'],
    ['鄂州沼山镇', '420702104'],
    ['鄂州 沼山 下柯', '420702104212'],
    ['下柯', '420702104212'],
    ['下柯村', '420702104212'],
    ['我是下柯村的', '420702104212'],
    ['沼山镇下柯村三组', '420702104212'],
    ['下柯村委会', '420702104212'],
    ['沼山', '420702104'],
    ['沼山村', '420702104217'],
    ['凤凰街办', '420704001'],
    ['凤凰街道办事处', '420704001'],
    ['凤凰居委会', '420704001001'],
    ['滨湖社区', '420704001002'],
    ['湖北', '42'],
    ['恩施', '4228'],
    ['恩施市', '422801'],
    ['仙桃', '429004'],
    ['北京市朝阳区', '110105'],
    ['南京鼓楼', '320106'],
    ['襄樊市', '4206'],
    ['襄樊市襄城区', '420602'],
    ['偃师市', '410307'],
    ['东莞', '441900'],
    ['420702104212', '420702104212'],
    ['420702104', '420702104'],
    ['420702', '420702'],
    ['420700', '4207'],
    ['420702104000', '420702104'],
    ['４２０７０２', '420702'],
    ['410381', '410307'],
  ])('is found: %s', (text, code) => {
    expect(found(text)).toEqual({ kind: 'exact', code })
  })

  it('is asked back when several places carry the name', () => {
    expect(found('鼓楼区')).toEqual({ kind: 'several', codes: ['320106', '320302'] })
    expect(found('东村')).toEqual({ kind: 'several', codes: ['420702105201', '420704108201'] })
  })

  it('is looked for first below the place already known', () => {
    expect(found('东村', '420704108')).toEqual({ kind: 'exact', code: '420704108201' })
    expect(found('鼓楼区', '3203')).toEqual({ kind: 'exact', code: '320302' })
    expect(found('下柯村', '3203')).toEqual({ kind: 'exact', code: '420702104212' })
  })

  it.each(['', '不知道', '月球村', '999999', '4207021', '沼山镇月球村', '村', '区'])(
    'is none when nothing fits: %s',
    text => {
      expect(found(text)).toEqual({ kind: 'none' })
    },
  )

  it('has a path, a level and children without the rows that are no places', () => {
    expect(regionName(index, '420702104212')).toBe('湖北省鄂州市梁子湖区沼山镇下柯村')
    expect(regionName(index, '110105')).toBe('北京市朝阳区')
    expect(regionName(index, '441900')).toBe('广东省东莞市')
    expect(regionName(index, '429004')).toBe('湖北省仙桃市')
    expect(regionName(index, '99')).toBe('')
    expect(['42', '4207', '420702', '420702104', '420702104212', '1'].map(levelOf)).toEqual([
      'province',
      'city',
      'county',
      'township',
      'village',
      null,
    ])
    expect(regionChildren(index, '4207')).toEqual(['420702', '420704'])
    expect(regionChildren(index, '11')).toEqual(['110105'])
    expect(regionChildren(index, '42')).toEqual(['4207', '4206', '4228', '429004'])
    expect(regionChildren(index, null)).toContain('42')
    expect(villagesAt(index, '420702104')).toEqual(['420702104212', '420702104217'])
    expect(villagesAt(index, '420702')).toEqual(['420702104212', '420702104217', '420702105201'])
    expect(villagesAt(index, '420702104212')).toEqual(['420702104212'])
    expect(villagesAt(index, '420702104999')).toEqual([])
  })

  it('never throws and is quick on long and repeated text', () => {
    const unit = fc.constantFrom('沼山', '镇', '鄂州', '市', '鼓楼', '区', '东村', '下柯', '湖北省', '4', ' ')
    fc.assert(fc.property(fc.array(unit, { maxLength: 40 }), parts => found(parts.join('')).kind !== undefined))
    const start = performance.now()
    found('沼山'.repeat(20_000))
    expect(performance.now() - start).toBeLessThan(100)
  })
})
