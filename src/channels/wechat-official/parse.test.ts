import { describe, expect, test } from 'vitest'
import { decodeUtf8, type Fields } from './fields.ts'
import { readJson } from './json.ts'
import { parseInbound } from './parse.ts'
import { payloads, publishedTest } from './testdata/published.ts'
import { readXml } from './xml.ts'

function read(text: string): Fields {
  const fields = text.trimStart().startsWith('<') ? readXml(text) : readJson(text)
  if (!fields) throw new Error(`not readable: ${text.slice(0, 80)}`)
  return fields
}

const base = { ToUserName: 'gh_1', FromUserName: 'oPerson_1-a', CreateTime: '1714112445' }
const parse = (more: Record<string, string>) => parseInbound({ ...base, ...more })

/** What each published body of the Official Account means to us: kind, and the detail that matters. */
const expected: Record<string, string> = {
  'oa-in-all-fields-msgid-upper.xml': 'turn text "this is a test" 1234567890123456',
  'oa-in-click.xml': 'turn text "EVENTKEY" 123456789:click:EVENTKEY',
  'oa-in-image-message.xml': 'turn media image 1234567890123456',
  'oa-in-link-message.xml': 'turn text "公众平台官网链接" 1234567890123456',
  'oa-in-mass-send-job-finish.xml': 'status masssendjobfinish 1000001625 err(30003)',
  'oa-in-pic-sysphoto.xml': 'ignored unknown pic_sysphoto',
  'oa-in-scan-code.xml': 'ignored unknown scancode_push',
  'oa-in-scan.xml': 'turn hello 123456789:scan:SCENE_VALUE',
  'oa-in-scancode-waitmsg.xml': 'ignored unknown scancode_waitmsg',
  'oa-in-short-video-message.xml': 'turn media video 1234567890123456',
  'oa-in-subscribe-last-trade-no.xml': 'turn hello 123456789:subscribe:last_trade_no_4008072001201701105817415015',
  'oa-in-subscribe-message-change.json': 'status subscribe_msg_change_event null reject',
  'oa-in-subscribe-message-popup-object.json': 'status subscribe_msg_popup_event null accept',
  'oa-in-subscribe-message-sent.xml': 'status subscribe_msg_sent_event 1700827132819554304 success',
  'oa-in-template-send-job-finish-freq-limit.xml': 'status templatesendjobfinish 3557254367693750277 failed:freq limit',
  'oa-in-template-send-job-finish-user-block.xml': 'status templatesendjobfinish 3487542469355618313 failed:user block',
  'oa-in-template-send-job-finish.xml': 'status templatesendjobfinish 200163836 success',
  'oa-in-text-message.json': 'turn text "this is a test" 1234567890123456',
  'oa-in-unknown-msgtype.xml': 'ignored unknown notsure',
  'oa-in-unsubscribe.xml': 'left',
  'oa-in-user-enter-temp-session.xml': 'turn hello 1482048670:user_enter_tempsession:',
  'oa-in-video-message.xml': 'turn media video 1234567890123456',
  'oa-in-view-mini-program.xml': 'ignored unknown view_miniprogram',
  'oa-in-view.xml': 'ignored unknown view',
  'oa-in-voice-recognition-empty.xml': 'turn media voice 7250021412600020992',
  'oa-in-voice-recognition.xml': 'turn text "腾讯微信团队" 1234567890123456',
  'oa-in-wxa-media-check.json': 'status wxa_media_check 60f96f1d-3845297a-1976a3ae pass',
}

function told(fields: Fields): string {
  const event = parseInbound(fields)
  if (event.kind === 'status') return `status ${event.event} ${event.providerId} ${event.result}`
  if (event.kind === 'ignored') return `ignored ${event.why} ${event.type}`
  if (event.kind !== 'turn') return event.kind
  const { input, messageKey } = event
  if (input.kind === 'text') return `turn text "${input.text}" ${messageKey}`
  return input.kind === 'media' ? `turn media ${input.mediaType} ${messageKey}` : `turn ${input.kind} ${messageKey}`
}

publishedTest('every published body is what it says, or acknowledged', () => {
  const bodies = payloads('oa-in-')
  const seen = Object.fromEntries(bodies.map(({ name, bytes }) => [name, told(read(decodeUtf8(bytes) ?? ''))]))
  expect(seen).toEqual(expected)
})

publishedTest('bodies of the other platform throw nothing', () => {
  const bodies = payloads('wecom-in-')
  expect(bodies.length).toBeGreaterThan(10)
  for (const { bytes } of bodies) expect(() => told(read(decodeUtf8(bytes) ?? ''))).not.toThrow()
})

describe('message keys', () => {
  test('two events of one second have two keys', () => {
    const a = parse({ MsgType: 'event', Event: 'CLICK', EventKey: 'A' })
    const b = parse({ MsgType: 'event', Event: 'CLICK', EventKey: 'B' })
    expect(a).not.toEqual(b)
  })

  test('an id may be text', () => {
    expect(parse({ MsgType: 'text', Content: 'x', MsgId: '49d72_1555684067' })).toMatchObject({
      messageKey: '49d72_1555684067',
    })
  })

  test('an id that is there twice is no id', () => {
    const fields = read(
      '<xml><FromUserName>o1</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>x</Content>' +
        '<MsgId>1</MsgId><MsgId>2</MsgId></xml>',
    )
    expect(parseInbound(fields)).toEqual({ kind: 'ignored', why: 'noKey', type: 'text' })
  })

  test('without id and time nothing can be taken', () => {
    expect(parseInbound({ FromUserName: 'o1', MsgType: 'text', Content: 'x' })).toMatchObject({ why: 'noKey' })
  })
})

test('event names count in any case', () => {
  for (const name of ['click', 'CLICK', 'Click']) {
    expect(parse({ MsgType: 'event', Event: name, EventKey: '进度' })).toMatchObject({ kind: 'turn', said: '进度' })
  }
})

test('who withdrew the authorisation is named by OpenID', () => {
  expect(parse({ MsgType: 'event', Event: 'user_authorization_revoke', OpenID: 'oGone' })).toMatchObject({
    kind: 'revoked',
    openid: 'oGone',
  })
})

test.each([
  ['an openid from nowhere', { FromUserName: "o'; drop", MsgType: 'text', Content: 'x', MsgId: '1' }, 'noSender'],
  ['no sender', { FromUserName: '', MsgType: 'text', Content: 'x', MsgId: '1' }, 'noSender'],
  ['text without content', { MsgType: 'text', MsgId: '1' }, 'noContent'],
  ['a picture without media', { MsgType: 'image', MsgId: '1' }, 'noContent'],
  ['a type called like a method', { MsgType: 'constructor', MsgId: '1' }, 'unknown'],
  ['an event called like a method', { MsgType: 'event', Event: 'toString' }, 'unknown'],
  ['no type', {}, 'unknown'],
])('acknowledges %s', (_name, more, why) => {
  expect(parse(more)).toMatchObject({ kind: 'ignored', why })
})

test('characters that no database holds are left out of what was said', () => {
  expect(parse({ MsgType: 'text', Content: 'a\u0000b\ud800c𠮷', MsgId: '1' })).toMatchObject({ said: 'abc𠮷' })
})

describe('a place', () => {
  const sent = { MsgType: 'location', FromUserName: 'oResident1', ToUserName: 'gh_1', CreateTime: '1', MsgId: '7' }
  const where = (more: Fields) => parseInbound({ ...sent, ...more })

  test('goes along with the name that the map gives it', () => {
    expect(where({ Label: '凤凰街道', Location_X: '30.39', Location_Y: '114.89' })).toMatchObject({
      input: { kind: 'text', text: '凤凰街道', place: { latitude: 30.39, longitude: 114.89 } },
    })
  })

  test('without figures, or with impossible ones, is only its name', () => {
    for (const figures of [{}, { Location_X: '0', Location_Y: '0' }, { Location_X: '300', Location_Y: 'x' }]) {
      expect(where({ Label: '凤凰街道', ...figures })).toMatchObject({ input: { kind: 'text', text: '凤凰街道' } })
      expect(where({ Label: '凤凰街道', ...figures })).not.toHaveProperty('input.place')
    }
  })

  test('without a name says nothing', () => {
    expect(where({ Location_X: '30.39', Location_Y: '114.89' })).toMatchObject({ kind: 'ignored' })
  })
})
