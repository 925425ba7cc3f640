import { t } from '../i18n/t.ts';
import type { Action } from './codes.ts';

/** The desks of the top bar, in its order. */
export const deskNames = ['today', 'review', 'drafts', 'trends', 'channels', 'rules', 'admin'] as const;
export type Desk = (typeof deskNames)[number];

interface PageFacts {
  /** Where the navigation has it; null: with one's own name. */
  desk: Desk | null;
  /** As the navigation names it. */
  label: string;
  /** As the page names itself. */
  title: string;
  /** Any of these rights opens it; null: whoever is signed in. */
  actions: readonly Action[] | null;
}

/** Every page, in the order of the navigation; the first that a person may open is where they start. */
export const pageFacts = {
  leader: {
    desk: 'today',
    label: t('app.pageLeader'),
    title: t('app.pageLeader'),
    actions: ['instruction.write'],
  },
  workbench: {
    desk: 'review',
    label: t('app.workbench'),
    title: t('app.reviewWorkbench'),
    actions: ['case.list'],
  },
  handovers: {
    desk: 'review',
    label: t('app.handOvers'),
    title: t('app.handOverSlip'),
    actions: ['handover.list'],
  },
  drafts: { desk: 'drafts', label: t('app.drafts'), title: t('app.drafts'), actions: ['draft.list'] },
  live: { desk: 'drafts', label: t('app.liveCheck'), title: t('app.liveCheck'), actions: ['live.read'] },
  trends: { desk: 'trends', label: t('app.pageTrends'), title: t('app.pageTrends'), actions: ['trend.read'] },
  topics: { desk: 'trends', label: t('app.pageTopics'), title: t('app.pageTopics'), actions: ['topic.read'] },
  bursts: { desk: 'trends', label: t('app.pageBursts'), title: t('app.pageBursts'), actions: ['trend.read'] },
  calendar: {
    desk: 'trends',
    label: t('app.pageCalendar'),
    title: t('app.pageCalendar'),
    actions: ['trend.read'],
  },
  briefs: { desk: 'trends', label: t('app.briefs'), title: t('app.briefs'), actions: ['brief.read'] },
  search: {
    desk: 'review',
    label: t('app.searchPage'),
    title: t('app.fullTextSearch'),
    actions: ['post.search'],
  },
  rules: { desk: 'rules', label: t('app.pageRules'), title: t('app.pageRules'), actions: ['rule.read'] },
  routing: {
    desk: 'rules',
    label: t('app.routing'),
    title: t('app.routingRules'),
    actions: ['routing.read'],
  },
  leads: {
    desk: 'review',
    label: t('app.registerLead'),
    title: t('app.leadRegistration'),
    actions: ['lead.register'],
  },
  answers: {
    desk: 'review',
    label: t('app.stockAnswers'),
    title: t('app.stockAnswers'),
    actions: ['answer.read'],
  },
  'help-replies': {
    desk: 'review',
    label: t('app.repliesToPublish'),
    title: t('app.repliesToPublish'),
    actions: ['help.collect'],
  },
  authority: {
    desk: 'admin',
    label: t('app.authority'),
    title: t('app.authorityTable'),
    actions: ['authority.read'],
  },
  channels: {
    desk: 'channels',
    label: t('app.channels'),
    title: t('app.channelRegister'),
    actions: ['channel.list'],
  },
  instructions: {
    desk: 'today',
    label: t('app.instructions'),
    title: t('app.instructionsAndCards'),
    actions: ['instruction.read'],
  },
  people: {
    desk: 'admin',
    label: t('app.people'),
    title: t('app.peopleAndRights'),
    actions: ['user.manage'],
  },
  setup: { desk: 'admin', label: t('app.settings'), title: t('app.settings'), actions: ['setup.import'] },
  guide: {
    desk: 'admin',
    label: t('app.guide'),
    title: t('app.guide'),
    actions: ['channel.manage', 'setup.import'],
  },
  roster: { desk: 'admin', label: t('app.duty'), title: t('app.dutyAndReview'), actions: ['roster.read'] },
  registers: {
    desk: 'admin',
    ...{ label: t('app.registers'), title: t('app.registers') },
    actions: ['objection.handle', 'removal.read', 'request.read'],
  },
  // All of it for the independent reviewer, one's own for whoever reads.
  'read-log': {
    desk: 'admin',
    ...{ label: t('app.readLog'), title: t('app.readLog') },
    actions: ['read-log.read', 'case.read', 'post.search', 'handover.read'],
  },
  webhooks: {
    desk: 'admin',
    label: t('app.outgoingNotices'),
    title: t('app.outgoingNotices'),
    actions: ['webhook.manage'],
  },
  admin: {
    ...{ desk: 'admin', label: t('app.pageAdminOverview'), title: t('app.pageAdminTitle') },
    actions: ['settings.read', 'roster.read', 'objection.handle', 'removal.read', 'request.read'],
  },
  account: { desk: null, label: t('app.myAccount'), title: t('app.myAccount'), actions: null },
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
