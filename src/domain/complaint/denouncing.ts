/** Whose children a sentence is about, and that there are too many of them. */
const somebody =
  /邻居|隔壁|对门|别人家?|人家|他家|她家|谁家|亲戚|同村|村里(?:有人|那家)|某某|neighbou?rs?\b|next door/iu
const children =
  /超生|多生|偷生|抢生|偷偷生|躲着生|计划外|未婚先孕|没有?准生证|生了?第?[三四五六七八九3-9]个?[胎孩娃个]?|[三四五六3-6]胎|too many (?:children|kids)|extra (?:child|children|kids)/iu
/** What makes it a complaint about an office all the same. */
const office =
  /干部|专干|主任|书记|工作人员|办事员|窗口|村委|收[了我]?.{0,4}[钱元块]|乱收|罚款|刁难|泄露|officer|official|staff/iu

/**
 * True when others are reported for their children. The law of 2021 has no ground for that: it is explained and not kept.
 * A complaint about officials who speak of such things is none.
 */
export function denounces(text: string): boolean {
  return somebody.test(text) && children.test(text) && !office.test(text)
}
