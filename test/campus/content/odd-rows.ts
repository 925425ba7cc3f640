import type { OddRow } from './article.ts';

/** Rows that lead away from the site's own articles, as any list has after some years. */
export const oddRows: readonly OddRow[] = [
  { site: 'vsb', column: 'tzgg', title: '关于校园卡旧卡停用的通知', daysAgo: 30, target: 'dead-link' },
  { site: 'vsb', column: 'tzgg', title: '关于教职工体检补检的通知', daysAgo: 35, target: 'half-page' },
  { site: 'vsb', column: 'tzgg', title: '关于国庆假期值班安排的通知', daysAgo: 55, target: 'error-page' },
  { site: 'vsb', column: 'tzgg', title: '校内文件：年度考核工作安排', daysAgo: 28, target: 'login-wall' },
  { site: 'vsb', column: 'hqbz', title: '内部通讯第十一期', daysAgo: 40, target: 'disallowed' },
  {
    site: 'vsb',
    column: 'tzgg',
    title: '转发：东篱大学校园开放日邀请',
    daysAgo: 45,
    target: 'redirect-away',
  },
  { site: 'webplus', column: 'jwtz', title: '本学期校历（打印版）', daysAgo: 70, target: 'pdf-file' },
  {
    site: 'webplus',
    column: 'tsgdt',
    title: '图文：一分钟看懂座位预约',
    daysAgo: 12,
    target: 'wechat-article',
  },
  { site: 'webplus', column: 'xxhgg', title: '机房设备巡检记录', daysAgo: 20, target: 'login-wall' },
  { site: 'webplus', column: 'jwtz', title: '教室借用流程调整', daysAgo: 43, target: 'dead-link' },
  { site: 'webplus', column: 'xxhgg', title: '无线网覆盖进展', daysAgo: 50, target: 'half-page' },
];
