import type { RightsTable } from '../../../review-api/contract/administration.ts';
import { t } from '../i18n/t.ts';
import type { Action, Role } from './codes.ts';

export const actionLabels: Record<Action, string> = {
  'case.list': t('rights.mayCaseList'),
  'case.read': t('rights.mayCaseRead'),
  'case.claim': t('rights.mayCaseClaim'),
  'case.decide': t('rights.mayCaseDecide'),
  'post.search': t('rights.mayPostSearch'),
  'lead.register': t('rights.mayLeadRegister'),
  'routing.read': t('rights.mayRoutingRead'),
  'routing.edit': t('rights.mayRoutingEdit'),
  'handover.list': t('rights.mayHandoverList'),
  'handover.read': t('rights.mayHandoverRead'),
  'handover.act': t('rights.mayHandoverAct'),
  'handover.answer': t('rights.mayHandoverAnswer'),
  'handover.manage': t('rights.mayHandoverManage'),
  'handover.supervise': t('rights.mayHandoverSupervise'),
  'instruction.read': t('rights.mayInstructionRead'),
  'instruction.write': t('rights.mayInstructionWrite'),
  'instruction.assign': t('rights.mayInstructionAssign'),
  'instruction.report': t('rights.mayInstructionReport'),
  'card.read': t('rights.mayCardRead'),
  'card.write': t('rights.mayCardWrite'),
  'answer.read': t('rights.mayAnswerRead'),
  'answer.write': t('rights.mayAnswerWrite'),
  'answer.approve': t('rights.mayAnswerApprove'),
  'help.release': t('rights.mayHelpRelease'),
  'help.collect': t('rights.mayHelpCollect'),
  'draft.list': t('rights.mayDraftList'),
  'draft.read': t('rights.mayDraftRead'),
  'draft.write': t('rights.mayDraftWrite'),
  'draft.record-offline': t('rights.mayDraftRecordOffline'),
  'draft.manage': t('rights.mayDraftManage'),
  'draft.statistics': t('rights.mayDraftStatistics'),
  'draft.spot-check': t('rights.mayDraftSpotCheck'),
  'live.read': t('rights.mayLiveRead'),
  'live.answer': t('rights.mayLiveAnswer'),
  'authority.read': t('rights.mayAuthorityRead'),
  'authority.edit': t('rights.mayAuthorityEdit'),
  'trend.read': t('rights.mayTrendRead'),
  'topic.read': t('rights.mayTopicRead'),
  'topic.edit': t('rights.mayTopicEdit'),
  'burst.answer': t('rights.mayBurstAnswer'),
  'calendar.edit': t('rights.mayCalendarEdit'),
  'brief.read': t('rights.mayBriefRead'),
  'brief.write': t('rights.mayBriefWrite'),
  'brief.approve': t('rights.mayBriefApprove'),
  'brief.template': t('rights.mayBriefTemplate'),
  'channel.list': t('rights.mayChannelList'),
  'channel.manage': t('rights.mayChannelManage'),
  'channel.add-article': t('rights.mayChannelAddArticle'),
  'text.judge': t('rights.mayTextJudge'),
  'rule.read': t('rights.mayRuleRead'),
  'rule.edit': t('rights.mayRuleEdit'),
  'objection.handle': t('rights.mayObjectionHandle'),
  'removal.read': t('rights.mayRemovalRead'),
  'removal.register': t('rights.mayRemovalRegister'),
  'removal.approve': t('rights.mayRemovalApprove'),
  'request.read': t('rights.mayRequestRead'),
  'request.register': t('rights.mayRequestRegister'),
  'request.approve': t('rights.mayRequestApprove'),
  'request.disclose': t('rights.mayRequestDisclose'),
  'user.manage': t('rights.mayUserManage'),
  'stand-in.manage': t('rights.mayStandInManage'),
  'setup.import': t('rights.maySetupImport'),
  'roster.read': t('rights.mayRosterRead'),
  'chain.read': t('rights.mayChainRead'),
  'webhook.manage': t('rights.mayWebhookManage'),
  'settings.read': t('rights.maySettingsRead'),
  'audit.read': t('rights.mayAuditRead'),
  'read-log.read': t('rights.mayReadLogRead'),
};

const actionGroups: readonly { title: string; actions: readonly Action[] }[] = [
  {
    title: t('rights.rightCases'),
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
    title: t('rights.rightHandovers'),
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
    title: t('rights.rightAnswers'),
    actions: ['answer.read', 'answer.write', 'answer.approve', 'help.release', 'help.collect'],
  },
  {
    title: t('rights.rightDrafts'),
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
    title: t('rights.rightTrends'),
    actions: [
      'trend.read',
      'topic.read',
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
    title: t('rights.rightChannels'),
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
    title: t('rights.rightPublic'),
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
    title: t('rights.rightAdmin'),
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

type Scope = RightsTable['actions'][number]['holders'][number]['scope'];

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
