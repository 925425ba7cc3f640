import type { RightsTable } from '../../../review-api/contract/administration.ts';
import { t } from '../i18n/t.ts';
import type { Action, Role } from './codes.ts';

export const actionLabels: Record<Action, string> = {
  'case.list': t('admin.mayCaseList'),
  'case.read': t('admin.mayCaseRead'),
  'case.claim': t('admin.mayCaseClaim'),
  'case.decide': t('admin.mayCaseDecide'),
  'post.search': t('admin.mayPostSearch'),
  'lead.register': t('admin.mayLeadRegister'),
  'routing.read': t('admin.mayRoutingRead'),
  'routing.edit': t('admin.mayRoutingEdit'),
  'handover.list': t('admin.mayHandoverList'),
  'handover.read': t('admin.mayHandoverRead'),
  'handover.act': t('admin.mayHandoverAct'),
  'handover.answer': t('admin.mayHandoverAnswer'),
  'handover.manage': t('admin.mayHandoverManage'),
  'handover.supervise': t('admin.mayHandoverSupervise'),
  'instruction.read': t('admin.mayInstructionRead'),
  'instruction.write': t('admin.mayInstructionWrite'),
  'instruction.assign': t('admin.mayInstructionAssign'),
  'instruction.report': t('admin.mayInstructionReport'),
  'card.read': t('admin.mayCardRead'),
  'card.write': t('admin.mayCardWrite'),
  'answer.read': t('admin.mayAnswerRead'),
  'answer.write': t('admin.mayAnswerWrite'),
  'answer.approve': t('admin.mayAnswerApprove'),
  'help.release': t('admin.mayHelpRelease'),
  'help.collect': t('admin.mayHelpCollect'),
  'draft.list': t('admin.mayDraftList'),
  'draft.read': t('admin.mayDraftRead'),
  'draft.write': t('admin.mayDraftWrite'),
  'draft.record-offline': t('admin.mayDraftRecordOffline'),
  'draft.manage': t('admin.mayDraftManage'),
  'draft.statistics': t('admin.mayDraftStatistics'),
  'draft.spot-check': t('admin.mayDraftSpotCheck'),
  'live.read': t('admin.mayLiveRead'),
  'live.answer': t('admin.mayLiveAnswer'),
  'authority.read': t('admin.mayAuthorityRead'),
  'authority.edit': t('admin.mayAuthorityEdit'),
  'trend.read': t('admin.mayTrendRead'),
  'topic.edit': t('admin.mayTopicEdit'),
  'burst.answer': t('admin.mayBurstAnswer'),
  'calendar.edit': t('admin.mayCalendarEdit'),
  'brief.read': t('admin.mayBriefRead'),
  'brief.write': t('admin.mayBriefWrite'),
  'brief.approve': t('admin.mayBriefApprove'),
  'brief.template': t('admin.mayBriefTemplate'),
  'channel.list': t('admin.mayChannelList'),
  'channel.manage': t('admin.mayChannelManage'),
  'channel.add-article': t('admin.mayChannelAddArticle'),
  'text.judge': t('admin.mayTextJudge'),
  'rule.read': t('admin.mayRuleRead'),
  'rule.edit': t('admin.mayRuleEdit'),
  'objection.handle': t('admin.mayObjectionHandle'),
  'removal.read': t('admin.mayRemovalRead'),
  'removal.register': t('admin.mayRemovalRegister'),
  'removal.approve': t('admin.mayRemovalApprove'),
  'request.read': t('admin.mayRequestRead'),
  'request.register': t('admin.mayRequestRegister'),
  'request.approve': t('admin.mayRequestApprove'),
  'request.disclose': t('admin.mayRequestDisclose'),
  'user.manage': t('admin.mayUserManage'),
  'stand-in.manage': t('admin.mayStandInManage'),
  'setup.import': t('admin.maySetupImport'),
  'roster.read': t('admin.mayRosterRead'),
  'chain.read': t('admin.mayChainRead'),
  'webhook.manage': t('admin.mayWebhookManage'),
  'settings.read': t('admin.maySettingsRead'),
  'audit.read': t('admin.mayAuditRead'),
  'read-log.read': t('admin.mayReadLogRead'),
};

const actionGroups: readonly { title: string; actions: readonly Action[] }[] = [
  {
    title: t('admin.rightCases'),
    actions: [
      'case.list',
      'case.read',
      'case.claim',
      'case.decide',
      'post.search',
      'lead.register',
      'routing.read',
      'routing.edit',
    ],
  },
  {
    title: t('admin.rightHandovers'),
    actions: [
      'handover.list',
      'handover.read',
      'handover.act',
      'handover.answer',
      'handover.manage',
      'handover.supervise',
      'instruction.read',
      'instruction.write',
      'instruction.assign',
      'instruction.report',
      'card.read',
      'card.write',
    ],
  },
  {
    title: t('admin.rightAnswers'),
    actions: ['answer.read', 'answer.write', 'answer.approve', 'help.release', 'help.collect'],
  },
  {
    title: t('admin.rightDrafts'),
    actions: [
      'draft.list',
      'draft.read',
      'draft.write',
      'draft.record-offline',
      'draft.manage',
      'draft.statistics',
      'draft.spot-check',
      'live.read',
      'live.answer',
      'authority.read',
      'authority.edit',
    ],
  },
  {
    title: t('admin.rightTrends'),
    actions: [
      'trend.read',
      'topic.edit',
      'burst.answer',
      'calendar.edit',
      'brief.read',
      'brief.write',
      'brief.approve',
      'brief.template',
    ],
  },
  {
    title: t('admin.rightChannels'),
    actions: [
      'channel.list',
      'channel.manage',
      'channel.add-article',
      'text.judge',
      'rule.read',
      'rule.edit',
    ],
  },
  {
    title: t('admin.rightPublic'),
    actions: [
      'objection.handle',
      'removal.read',
      'removal.register',
      'removal.approve',
      'request.read',
      'request.register',
      'request.approve',
      'request.disclose',
    ],
  },
  {
    title: t('admin.rightAdmin'),
    actions: [
      'user.manage',
      'stand-in.manage',
      'setup.import',
      'roster.read',
      'chain.read',
      'webhook.manage',
      'settings.read',
      'audit.read',
      'read-log.read',
    ],
  },
];

export type Scope = RightsTable['actions'][number]['holders'][number]['scope'];

export interface RightsGroup {
  title: string;
  rows: { action: Action; label: string; scopes: Partial<Record<Role, Scope>> }[];
}

/** The table in groups that people know. */
export function groupRights(table: Pick<RightsTable, 'actions'>): RightsGroup[] {
  const scopesOf = (action: Action) =>
    Object.fromEntries(
      table.actions.find((one) => one.action === action)?.holders.map(({ role, scope }) => [role, scope]) ??
        [],
    );
  return actionGroups.map(({ title, actions }) => ({
    title,
    rows: actions.map((action) => ({ action, label: actionLabels[action], scopes: scopesOf(action) })),
  }));
}
