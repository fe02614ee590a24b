import type { Language } from '../conversation/types.ts'
import { htmlPage } from './htmlPage.ts'

/** Why somebody who came back from the platform is not logged in. */
export type LoginTrouble = 'expired' | 'notMember' | 'unbound' | 'disabled' | 'tooOften' | 'unavailable'

/** Server-made, without script: what is the matter, and what to do. Nothing in it comes from outside. */
export function loginPage(trouble: LoginTrouble, words: (key: string) => string, language: Language): string {
  const main = `<p role="status">${words(`web.loginWay.${trouble}`)}</p>
<p><a href="/officer">${words('web.loginWay.byPassword')}</a></p>`
  return htmlPage({ language, title: words('web.loginWay.title'), style, main })
}

const style = `
body{margin:0;background:#f4f1ec;color:#1d1d1f;font:20px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:34rem;margin:0 auto;padding:24px 20px 40px}
h1{font-size:1.3rem}
a{display:inline-block;padding:12px 0;color:#0b4f8a}
`
