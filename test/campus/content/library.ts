import type { CampusArticle } from './article.ts';

/** 图书馆, on the webplus site. */
export const library: readonly CampusArticle[] = [
  {
    key: 'library-tea-corner',
    site: 'webplus',
    columns: ['tsgdt'],
    title: '馆员手记：茶水角的第一百天',
    daysAgo: 5,
    clock: '15:30:00',
    shown: 'day',
    unit: '图书馆',
    body: [
      '茶水角开张那天，有同学问我：馆里的面包不好吃吗？怎么一上午没人买。我说不是不好吃，是大家还不知道。',
      '说实话，开始两周我们确实担心，怕声音吵，怕水洒在书上，怕桌子不够。但是一百天过去，投诉只有三条，表扬信倒是收了一摞。',
      '有人嫌咖啡贵，但是也有人说，能在闭馆前喝上一杯热的，比什么都强。不足的地方我们慢慢改：吸管换成纸的，座位再加十二个。',
    ],
  },
  {
    key: 'library-hours',
    site: 'webplus',
    columns: ['tsgdt'],
    title: '考试周图书馆延长开放时间公告',
    daysAgo: 7,
    clock: '12:00:00',
    shown: 'day',
    unit: '图书馆',
    body: [
      '自{+14w}起至学期结束，图书馆一至三层自习区延长开放至23:30，四层以上仍为22:00闭馆。',
      '座位预约系统同步调整：离座三十分钟自动释放，每周违约三次的暂停预约两天。请不要用书本、水杯占座，占座物品统一放到二楼服务台。',
    ],
  },
  {
    key: 'reading-night',
    site: 'webplus',
    columns: ['tsgdt'],
    title: '“夜读沧澜”读书分享会报名',
    daysAgo: 28,
    clock: '10:40:00',
    shown: 'day',
    unit: '图书馆',
    body: [
      '第六期“夜读沧澜”共读书目为汪曾祺《人间草木》，{+6w}19:00在二楼静思厅举行，由往届读书之星领读。',
      '限额四十人，报名成功的同学可提前一周到服务台领取图书。欢迎带上自己喜欢的一段文字，读给大家听。',
    ],
  },
  {
    key: 'overdue-amnesty',
    site: 'webplus',
    columns: ['tsgdt'],
    title: '图书逾期免罚归还周',
    daysAgo: 46,
    clock: '09:00:00',
    shown: 'none',
    unit: '图书馆',
    body: [
      '为鼓励同学们归还长期未还的图书，图书馆设免罚归还周，期间归还的逾期图书一律免除滞纳金，历史欠费同时清零。',
      '图书遗失的可购买同版本新书抵还，馆藏绝版书请先与流通部联系。',
    ],
  },
];
