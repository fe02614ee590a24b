const STEMS = '甲乙丙丁戊己庚辛壬癸'
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥'
/** The animals of the twelve years, in their order. */
export const ANIMALS = '鼠牛虎兔龙蛇马羊猴鸡狗猪'
/** A stem and a branch: 庚午. Not every pair is a year: 丁子 is none. */
export const CYCLE_NAME = `([${STEMS}])([${BRANCHES}])`

/** The latest year of this name that is not behind `last`; 4 was a 甲子 year. Undefined when no year has the name. */
export function yearOfCycle(stem: string, branch: string, last: number): number | undefined {
  return Array.from({ length: 60 }, (_, back) => last - back).find(
    year => STEMS.charAt((year + 6) % 10) === stem && BRANCHES.charAt((year + 8) % 12) === branch,
  )
}

/** 马 of 2026, a year that begins with its lunar new year. */
export function animalOf(year: number): string {
  return ANIMALS.charAt((year + 8) % 12)
}

/** The latest year of this animal that is not behind `last`. */
export function yearOfAnimal(animal: string, last: number): number {
  return last - ((last + 8 - ANIMALS.indexOf(animal)) % 12)
}
