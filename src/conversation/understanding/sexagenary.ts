const STEMS = '甲乙丙丁戊己庚辛壬癸'
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥'
/** A stem and a branch: 庚午. Not every pair is a year: 丁子 is none. */
export const CYCLE_NAME = `([${STEMS}])([${BRANCHES}])`

/** The latest year of this name that is not behind `last`; 4 was a 甲子 year. Undefined when no year has the name. */
export function yearOfCycle(stem: string, branch: string, last: number): number | undefined {
  return Array.from({ length: 60 }, (_, back) => last - back).find(
    year => STEMS.charAt((year + 6) % 10) === stem && BRANCHES.charAt((year + 8) % 12) === branch,
  )
}
