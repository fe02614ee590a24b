import { describe, expect, test } from 'vitest'
import { readNews } from './news.ts'
import { readJson } from './json.ts'
import { readXml } from './xml.ts'

const xml = (inner: string) =>
  readXml(`<xml><FromUserName>oGranny</FromUserName><CreateTime>7</CreateTime>${inner}</xml>`) ?? {}
const finish = (status: string) =>
  readNews('templatesendjobfinish', xml(`<MsgID>3557254367693750277</MsgID><Status><![CDATA[${status}]]></Status>`))

describe('what became of a form', () => {
  test.each([
    ['success', 'received'],
    ['failed:user block', 'refused'],
    ['failed: system failed', 'lost'],
    ['failed:freq limit', 'lost'],
    ['something new', 'lost'],
  ])('%s is %s', (status, result) => {
    expect(finish(status).receipts).toEqual([{ providerId: '3557254367693750277', result }])
  })

  test.each([
    ['0', 'received'],
    ['43101', 'refused'],
    ['43004', 'refused'],
    ['-1', 'lost'],
  ])('a subscription with code %s is %s, and each entry of the list counts', (code, result) => {
    const entry = (id: number) => `<List><MsgID>${id}</MsgID><ErrorCode>${code}</ErrorCode></List>`
    const both = `<SubscribeMsgSentEvent>${entry(1)}${entry(2)}</SubscribeMsgSentEvent>`
    expect(readNews('subscribe_msg_sent_event', xml(both)).receipts).toEqual([
      { providerId: '1', result },
      { providerId: '2', result },
    ])
  })

  test('without a number or a word it says nothing', () => {
    for (const inner of [
      '',
      '<MsgID>1</MsgID>',
      '<Status>success</Status>',
      '<MsgID>a b</MsgID><Status>success</Status>',
    ]) {
      expect(readNews('templatesendjobfinish', xml(inner)).receipts).toEqual([])
    }
  })
})

describe('what a person allows', () => {
  const list = (entries: unknown) => JSON.stringify({ FromUserName: 'oGranny', CreateTime: '7', List: entries })
  const form = { TemplateId: 'tpl-1', SubscribeStatusString: 'accept', PopupScene: '0' }

  test('is read from one entry as from several', () => {
    const yes = { sender: 'oGranny', templateId: 'tpl-1', answer: 'yes', isSetting: false }
    const [one] = readNews('subscribe_msg_popup_event', readJson(list(form)) ?? {}).consents
    expect(one).toEqual({ ...yes, key: '7:subscribe_msg_popup_event:oGranny:tpl-1' })
    const no = { TemplateId: 'tpl-2', SubscribeStatusString: 'reject' }
    expect(readNews('subscribe_msg_popup_event', readJson(list([form, no])) ?? {}).consents).toMatchObject([
      yes,
      { templateId: 'tpl-2', answer: 'no' },
    ])
  })

  test('a change in the settings is told apart from a tap on the card', () => {
    const [one] = readNews('subscribe_msg_change_event', readJson(list(form)) ?? {}).consents
    expect(one?.isSetting).toBe(true)
  })

  test('what is not an answer, or comes from nobody, is left aside', () => {
    const odd = list([
      { ...form, SubscribeStatusString: 'ban' },
      { TemplateId: 'a b', SubscribeStatusString: 'accept' },
      'x',
    ])
    expect(readNews('subscribe_msg_popup_event', readJson(odd) ?? {}).consents).toEqual([])
    expect(readNews('subscribe_msg_popup_event', readJson('{"List":[]}') ?? {}).consents).toEqual([])
  })
})
