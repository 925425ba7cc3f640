import type { Action } from './codes.ts';

interface PageFacts {
  /** As the navigation names it. */
  label: string;
  /** As the page names itself. */
  title: string;
  /** Any of these rights opens it; null: whoever is signed in. */
  actions: readonly Action[] | null;
}

/** Every page, in the order of the navigation; the first that a person may open is where they start. */
export const pageFacts = {
  workbench: { label: '工作台', title: '审核工作台', actions: ['case.list'] },
  handovers: { label: '转办', title: '转办单', actions: ['handover.list'] },
  drafts: { label: '稿件', title: '稿件', actions: ['draft.list'] },
  live: { label: '发后核查', title: '发后核查', actions: ['live.read'] },
  briefs: { label: '简报', title: '简报', actions: ['brief.read'] },
  search: { label: '检索', title: '全文检索', actions: ['post.search'] },
  routing: { label: '分派', title: '分派规则', actions: ['routing.read'] },
  leads: { label: '登记线索', title: '线索登记', actions: ['lead.register'] },
  answers: { label: '口径', title: '口径', actions: ['answer.read'] },
  'help-replies': { label: '待发布回复', title: '待发布回复', actions: ['help.collect'] },
  authority: { label: '权威信息', title: '权威信息表', actions: ['authority.read'] },
  channels: { label: '渠道', title: '渠道台账', actions: ['channel.list'] },
  instructions: { label: '批示', title: '批示与一分钟卡', actions: ['instruction.read'] },
  people: { label: '人员', title: '人员与权限', actions: ['user.manage'] },
  setup: { label: '设置', title: '设置', actions: ['setup.import'] },
  roster: { label: '值班', title: '值班与审校', actions: ['roster.read'] },
  registers: {
    ...{ label: '登记簿', title: '登记簿' },
    actions: ['objection.handle', 'removal.read', 'request.read'],
  },
  // All of it for the independent reviewer, one's own for whoever reads.
  'read-log': {
    ...{ label: '阅读记录', title: '阅读记录' },
    actions: ['read-log.read', 'case.read', 'post.search', 'handover.read'],
  },
  webhooks: { label: '对外通知', title: '对外通知', actions: ['webhook.manage'] },
  account: { label: '我的账号', title: '我的账号', actions: null },
} as const satisfies Record<string, PageFacts>;

export type PageName = keyof typeof pageFacts;
const pageNames = Object.keys(pageFacts) as PageName[];

export function mayOpen(name: PageName, actions: readonly Action[]): boolean {
  const needed: readonly Action[] | null = pageFacts[name].actions;
  return needed === null || needed.some((one) => actions.includes(one));
}

/** In the order of the navigation. */
export function pagesFor(actions: readonly Action[]): PageName[] {
  return pageNames.filter((name) => mayOpen(name, actions));
}

export function isPageName(name: string): name is PageName {
  return (pageNames as string[]).includes(name);
}
