/** Forms under which people name one region, the official one first. Short forms have at least two characters. */
export interface NameForms {
  full: string[]
  short: string[]
}

/** Minority names in titles of prefectures, counties and townships (恩施土家族苗族自治州 is 恩施). */
const PEOPLES =
  '壮|满|回|苗|维吾尔|土家|彝|蒙古|藏|布依|侗|瑶|朝鲜|白|哈尼|哈萨克|黎|傣|畲|傈僳|仡佬|东乡|高山|拉祜|水|佤|纳西|羌|土|仫佬|锡伯|柯尔克孜|达斡尔|景颇|毛南|撒拉|布朗|塔吉克|阿昌|普米|鄂温克|怒|京|基诺|德昂|保安|俄罗斯|裕固|乌孜别克|门巴|鄂伦春|独龙|塔塔尔|赫哲|珞巴'
/** What is left has two characters at least: 西藏自治区 is 西藏, and 陵水黎族自治县 is 陵水, no 陵 of the 水族. */
const AUTONOMOUS = new RegExp(`(?<=^.{2,})(?:(?:${PEOPLES})族?|各族)*(?:自治[区州县旗]|族[乡镇区])$`, 'u')

const COUNTY_ENDINGS = /(?:特别行政区|新区|林区|特区|地区|省|市|区|县|旗|盟)$/u
/** What a township may be called besides its name: offices of streets are 街道, 街办 or 办事处 in speech. */
const STREET = ['街道', '街道办事处', '街道办', '街办', '办事处', '街']
const VILLAGE = ['村', '村委会', '村民委员会']
const COMMUNITY = ['社区', '社区居委会', '居委会', '居民委员会']

/** All forms of a name by the length of its code: 2 province, 4 city, 6 county, 9 township, 12 village. */
export function nameForms(name: string, codeLength: number): NameForms {
  if (codeLength < 6) return countyForms(name)
  if (codeLength === 6) return withCustomary(name, withOldEndings(countyForms(name)))
  if (codeLength === 9) return townForms(name)
  return villageForms(name)
}

function countyForms(name: string): NameForms {
  const stem = name.replace(AUTONOMOUS, '')
  if (stem === name) return forms([name], [name.replace(COUNTY_ENDINGS, '')])
  // 白沙黎族自治县 is 白沙县 in speech.
  return forms([name], [stem, stem + name.slice(-1)])
}

/** Counties became cities and districts since 1983, many of them twice: 章丘县, 章丘市, 章丘区. */
function withOldEndings({ full, short }: NameForms): NameForms {
  const [stem] = short
  return stem === undefined
    ? { full, short }
    : forms(full, [...short, ...['县', '市', '区'].map(ending => stem + ending)])
}

/**
 * How banners and autonomous counties with long Mongolian and Turkic names are called and signed on the spot: 科左中旗,
 * 鄂前旗, 喀左, 前郭县, 杜蒙县.
 */
const CUSTOMARY: readonly (readonly [official: RegExp, custom: readonly string[]])[] = [
  [/^(.).+([左右])翼([前中后]旗)$/u, ['$1$2$3']],
  [/^(.).+([左右])翼.*自治县$/u, ['$1$2县', '$1$2']],
  [/^(.)..*([前中后左右]旗)$/u, ['$1$2']],
  [/^([东西].).+旗$/u, ['$1旗']],
  [/^(.)...*旗$/u, ['$1旗']],
  [/^(.).*蒙古族自治县$/u, ['$1蒙县', '$1蒙']],
]
/** The first two characters of a stem so long that nobody says it whole: 前郭尔罗斯, 杜尔伯特. */
const LONG_STEM = /^(..)..+$/u

function withCustomary(name: string, { full, short }: NameForms): NameForms {
  const custom = CUSTOMARY.flatMap(([official, customs]) =>
    official.test(name) ? customs.map(form => name.replace(official, form)) : [],
  )
  const [, begin] = name.endsWith('自治县') ? (LONG_STEM.exec(name.replace(AUTONOMOUS, '')) ?? []) : []
  return forms(full, [...short, ...custom, ...(begin === undefined ? [] : [`${begin}县`, begin])])
}

/** Townships became towns, and towns streets; people keep the old ending. */
function townForms(name: string): NameForms {
  const stem = name.replace(AUTONOMOUS, '').replace(/(?:街道|镇|乡|苏木)$/u, '')
  // 小桥街街道 is 小桥街道 in speech.
  const once = stem.endsWith('街') ? STREET.map(ending => stem.slice(0, -1) + ending) : []
  return name.endsWith('街道')
    ? forms(
        STREET.map(ending => stem + ending),
        [stem, ...once],
      )
    : forms([name], [stem, ...(stem === name ? [] : ['乡', '镇', '街道'].map(ending => stem + ending))])
}

function villageForms(name: string): NameForms {
  const stem = name.replace(/(?:社区|居委会|村)$/u, '')
  if (name.endsWith('村'))
    return forms(
      VILLAGE.map(ending => stem + ending),
      [stem],
    )
  if (/(?:社区|居委会)$/u.test(name)) return forms([name, ...COMMUNITY.map(ending => stem + ending)], [stem])
  return forms([name], [])
}

function forms(full: string[], short: string[]): NameForms {
  return { full: [...new Set(full)], short: short.filter(form => Array.from(form).length >= 2 && !full.includes(form)) }
}
