import type { Topic } from './freeText.ts'

/** What free words of surveys are usually about, by the words people use. Names stand in `locales/` under `surveys.topic`. */
export const surveyTopics: readonly Topic[] = [
  { topic: 'attitude', words: ['态度', '脸色', '不耐烦', '凶', '骂', '热情', '耐心', '客气', '爱理不理', '不理'] },
  { topic: 'waiting', words: ['太慢', '拖', '等了', '等好久', '排队', '催', '效率', '很快', '快多了', '迟迟'] },
  { topic: 'papers', words: ['材料', '证明', '复印', '跑了', '跑几趟', '来回跑', '白跑', '还差', '一次说清', '盖章'] },
  { topic: 'hours', words: ['中午', '下班', '没人', '周末', '节假日', '上班时间', '值班', '关门', '找不到人'] },
  {
    topic: 'phone',
    words: ['手机', '网上', '微信', '系统', '打不开', '不会弄', '不会用', '字太小', '公众号', '老年机'],
  },
  { topic: 'money', words: ['收费', '要钱', '交钱', '补贴', '奖励', '扶助', '没发', '没到账', '报销', '罚款'] },
  { topic: 'childcare', words: ['托育', '幼儿园', '带孩子', '上学', '奶粉', '托管', '保姆'] },
  { topic: 'elderly', words: ['老人', '养老', '照护', '护理', '行动不便', '敬老'] },
  { topic: 'health', words: ['医生', '医院', '体检', '看病', '卫生室', '药', '孕检', '家庭医生'] },
  { topic: 'policy', words: ['政策', '不知道', '不清楚', '没听说', '宣传', '通知', '没人告诉', '讲清'] },
]
