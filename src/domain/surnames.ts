import { surnameOf } from './personName.ts'

/**
 * Surnames of one character: those of 百家姓, and the commonest of today that it lacks (肖, 闫, 覃). Left out are rare ones with
 * which sentences begin (等, 查, 明, 那, 别): who bears one of these is asked once whether that is his name.
 */
const SURNAMES = new Set(
  Array.from(
    '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚' +
      '卢姜崔钟谭陆汪范廖石金韦贾夏付傅方白邹孟熊秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤' +
      '常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂' +
      '成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费' +
      '卜冷晏席卫米柏宗瞿桂佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩佘池麻苑迟邝官封谈匡鞠惠荆乐冀' +
      '郁胥南班储栗燕楚鄢劳谌奚皮粟冼蔺楼盘闻厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄计索宣晋初云' +
      '容敬扈晁扶浦邸尉昌宿裘贝暴逄荀湛干隆杭洪滑幸嵇钮诸糜松印怀蒯赖乌弓牧隗山宓蓬郗秋伏束蔚越夔暨鱼璩濮寿尧慎' +
      '戈庾终居衡步戎阙殳沃勾融毋乜巢竺逯盍益桓公苍莘翦谯薄堵逢宰郦雍舄咸籍阴鬱贡郤郏慕茹习宦弘禄厍訾芮羿汲邴钭' +
      '韶蓟邰鄂凤酆元茅季危昝贲羊於肇鹿缑亢况郈琴展佴墨笪占芶粘幺岂尕撒妥铁敏拜旦隽',
  ),
)

/** Han characters that may be a name without 中点; longer ones are sentences more often than names. */
const LONGEST_PLAIN = 4

/**
 * Whether a name looks like one at a glance, so that nobody has to be asked 是等一下，对吗. Names in other letters and with 中点 do;
 * a Han name does when it begins with a surname. Never a reason to refuse: 扎西 is a name too.
 */
export function looksLikeName(name: string): boolean {
  if (name.includes('·') || !/^\p{Script=Han}/u.test(name)) return true
  if (Array.from(name).length > LONGEST_PLAIN) return false
  const surname = surnameOf(name)
  return surname.length > 1 || SURNAMES.has(surname)
}
