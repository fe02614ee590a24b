/** Sentences of the dialog for a family that moved, in both languages. */
export const zh = {
  heldList: '在手里的任务',
  familyMove: '这家搬走了',
  familyMoveSay: '这一家没办完的事，一次转到新的村。先看会转哪些，再确认；群众和双方工作人员都会收到消息。',
  familyTown: '搬到哪个乡镇（街道）',
  familyElsewhere: '外县（区）',
  familyVillage: '搬到哪个村（社区）',
  familyCode: '村（社区）的12位编码',
  familyLook: '先看会转哪些',
  familyWill: '会转 {n} 件到{place}：',
  familyReceivers: '那边由谁办：',
  familyStays: '留在原处：',
  familyNever: '投诉、差评、问卷、走访和紧急求助不跟着转，由原来的人办完。',
  familyMoveNow: '确认转走 {n} 件',
  familyMoved: '已转走 {n} 件，群众和双方都会收到消息。',
  familyWhy_decided: '已有决定，由作决定的单位负责',
  familyWhy_notAllowed: '现在这一步不能转',
  familyWhy_sameOffice: '办它的单位也管新的村，不用转',
}

export const en: Record<keyof typeof zh, string> = {
  heldList: 'Tasks in hand',
  familyMove: 'Family moved',
  familyMoveSay:
    'All that goes on with this family goes to the new village at once. Look first, then confirm; the family and both offices are told.',
  familyTown: 'Township',
  familyElsewhere: 'Another county',
  familyVillage: 'Village',
  familyCode: 'Code of the village, 12 digits',
  familyLook: 'Look what would go',
  familyWill: '{n} would go to {place}:',
  familyReceivers: 'Who is to do it there: ',
  familyStays: 'Stays where it is:',
  familyNever:
    'Complaints, ratings, surveys, visits and cries for help do not go along; whoever has them finishes them.',
  familyMoveNow: 'Move {n} now',
  familyMoved: '{n} moved. The family and both sides are told.',
  familyWhy_decided: 'decided; the office that decided answers for it',
  familyWhy_notAllowed: 'cannot move at this step',
  familyWhy_sameOffice: 'its office covers the new village too',
}
