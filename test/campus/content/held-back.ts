import type { CampusArticle } from './article.ts';

/** What appears while someone is watching, in this order. */
export const heldBack: readonly CampusArticle[] = [
  {
    key: 'burst-pipe',
    site: 'vsb',
    columns: ['tzgg', 'hqbz'],
    title: '关于北区主供水管爆裂临时停水抢修的紧急通知',
    daysAgo: 0,
    clock: '00:00:00',
    shown: 'second',
    unit: '后勤处',
    body: [
      '今天因道路施工挖断北区主供水管，北区教学楼、公寓和一食堂停水，抢修人员已到现场，预计六小时内恢复。',
      '停水期间一食堂改用储备水供应套餐，北区各公寓门口有送水车，每小时一趟。请关好水龙头，防止来水后跑水。',
    ],
    heldBack: true,
  },
  {
    key: 'academic-system-outage',
    site: 'webplus',
    columns: ['jwtz', 'xxhgg'],
    title: '教务系统访问缓慢情况说明',
    daysAgo: 0,
    clock: '00:00:00',
    shown: 'second',
    unit: '现代教育技术中心',
    body: [
      '选课开始后，教务系统出现登录缓慢、页面报错，部分同学无法提交志愿。技术人员已扩容服务器，目前登录恢复正常。',
      '为不影响大家选课，志愿选课截止时间延长一天，至{+2w}12:00。此前提交的志愿全部有效，不需要重复操作。',
    ],
    heldBack: true,
  },
  {
    key: 'injury-rumour',
    site: 'vsb',
    columns: ['tzgg'],
    title: '关于网传“图书馆吊顶坠落砸伤学生”的情况说明',
    daysAgo: 0,
    clock: '00:00:00',
    shown: 'second',
    unit: '党委宣传部',
    body: [
      '今天上午，网传“图书馆三楼吊顶坠落，多名学生被砸伤”。经核实，图书馆三楼东侧一块检修口盖板在维护时滑落，当时该区域已拉警戒线，没有人员受伤。',
      '相关区域已暂停开放，对全馆吊顶的排查今天完成。请大家不信谣、不传谣，有疑问请拨打0300-5500216。',
    ],
    heldBack: true,
  },
  {
    key: 'cold-wave',
    site: 'vsb',
    columns: ['tzgg', 'aqxc'],
    title: '寒潮大风天气安全提示',
    daysAgo: 0,
    clock: '00:00:00',
    shown: 'minute',
    unit: '保卫处',
    body: [
      '气象部门预计，{+1}夜间起有寒潮和七级大风，最低气温降至零下九度。请关好门窗，收好阳台物品，远离广告牌和老树。',
      '校园主干道夜间可能结冰，请减速慢行。宿舍内禁止使用电热毯、小太阳等大功率取暖电器。',
    ],
    heldBack: true,
  },
];
