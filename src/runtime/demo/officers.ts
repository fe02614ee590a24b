import type { Officer } from '../../domain/officer.ts'

/** The demo's officers, as the contract names them. Office phones stay unknown: nobody may invent one. */
export const demoOfficers: Officer[] = [
  officer('village', '王建国', 'village', '420702104212'),
  officer('village2', '李春花', 'village', '420702104213'),
  officer('town', '陈志强', 'town', '420702104'),
  officer('town2', '刘文静', 'town', '420704108'),
  officer('county', '赵海燕', 'county', '420702'),
  officer('auditor', '周永刚', 'auditor', '420702'),
]

function officer(username: string, name: string, role: Officer['role'], regionCode: string): Officer {
  return { id: `demo-${username}`, username, name, role, regionCode, officePhone: null, disabled: false }
}
