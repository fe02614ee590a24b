import { expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'
import { lastOf, saidIn } from './testdata/saying.ts'

const { library } = loadKnowledge('.')

const placeAsked = ['补证']
const last = (...said: string[]) => lastOf(library, [...placeAsked, ...said])
const labels = (...said: string[]) =>
  last(...said).replies.flatMap(({ choices = [] }) => choices.map(({ label }) => label))

test.each([
  ['xiake cun', '湖北省鄂州市梁子湖区沼山镇下柯村'],
  ['zhaoshanzhen xiakecun', '湖北省鄂州市梁子湖区沼山镇下柯村'],
  ['dengzhou', '河南省南阳市邓州市'],
])('“%s” is shown before it counts', (said, place) => {
  const shown = last(said)
  expect(saidIn(shown)).toEqual([library.text('zh-CN', 'common.confirmValue', { shown: place })])
  expect(last(said, '对').state.step).toBe('document')
  expect(last(said, '不对').state.step).toBe('region')
})

test.each([
  ['wuhan', '湖北省武汉市'],
  ['wo jia zai wuhan', '湖北省武汉市'],
  ['ezhou', '湖北省鄂州市'],
  ['changgang zhen', '湖北省鄂州市鄂城区长港镇'],
  ['changsha', '湖南省长沙市'],
  ['chengdu shi', '四川省成都市'],
  ['武汉', '湖北省武汉市'],
])('“%s” is wider than a village: it is shown, and what lies in it is offered', (said, place) => {
  const [shown] = saidIn(last(said))
  expect(shown).toContain(place)
  expect(last(said).state.step).toBe('region')
})

test('a place of which there are several is asked back', () =>
  expect(labels('chaoyang qu')).toEqual(expect.arrayContaining(['北京市朝阳区', '吉林省长春市朝阳区'])))

test.each(['qingshui zhen', '桃花源镇'])('“%s”, in no list, is told to begin with the county', said =>
  expect(saidIn(last(said))[0]).toBe(library.text('zh-CN', 'refusal.no-such-region')),
)

test.each(['bu zhidao', 'ni hao', 'hao de'])('“%s” is no place', said => {
  expect(last(said).state.step).toBe('region')
  expect(labels(said)).toEqual([])
})
