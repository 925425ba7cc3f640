import type { RouteName } from '../contract/routes.ts';
import type { Handler } from '../http/call.ts';
import { administrationHandlers } from './administration/index.ts';
import { answerHandlers } from './answers/index.ts';
import { authorityHandlers } from './authority/index.ts';
import { briefsHandlers } from './briefs/index.ts';
import { burstsHandlers } from './bursts/index.ts';
import { closeCase } from './cases/close.ts';
import { recordDecision } from './cases/decide.ts';
import { caseHandlers } from './cases/index.ts';
import { listCases } from './cases/list.ts';
import { openCase } from './cases/open.ts';
import { readCase } from './cases/read.ts';
import { releaseClaim } from './cases/release-claim.ts';
import { renewClaim } from './cases/renew-claim.ts';
import { splitCopy } from './cases/split.ts';
import { undoDecision } from './cases/undo.ts';
import { readVersions } from './cases/versions.ts';
import { addChannel } from './channels/add.ts';
import { addArticles } from './channels/add-articles.ts';
import { exportChannels } from './channels/assets.ts';
import { listChannels } from './channels/list.ts';
import { moveChannel } from './channels/move.ts';
import { readChannel } from './channels/read.ts';
import { saveRegister } from './channels/register.ts';
import { testPage } from './channels/test-page.ts';
import { deskHandlers } from './desk/index.ts';
import {
  draftFilesHandlers,
  draftHandlers,
  draftRecordHandlers,
  draftTalkHandlers,
  draftWechatHandlers,
} from './drafts/index.ts';
import { guideHandlers } from './guide/index.ts';
import { handoverHandlers } from './handovers/index.ts';
import { instructionHandlers } from './instructions/index.ts';
import { judgeTexts } from './judge/texts.ts';
import { changeLead } from './leads/change.ts';
import { countLeads } from './leads/count.ts';
import { listLeads } from './leads/list.ts';
import { registerLead } from './leads/register.ts';
import { withdrawLead } from './leads/withdraw.ts';
import { liveHandlers } from './live/index.ts';
import { peopleHandlers } from './people/index.ts';
import { countQueues } from './queues/count.ts';
import { changeRuleState } from './rules/change-state.ts';
import { readRuleHistory } from './rules/history.ts';
import { listRules } from './rules/list.ts';
import { saveRule } from './rules/save.ts';
import { readRuleStats } from './rules/stats.ts';
import { readTrial } from './rules/trial.ts';
import { tryRule } from './rules/what-if.ts';
import { safeguardHandlers } from './safeguards/index.ts';
import { searchPosts } from './search/posts.ts';
import { changePassword } from './session/change-password.ts';
import { login } from './session/login.ts';
import { logout } from './session/logout.ts';
import { readSession } from './session/read.ts';
import { setupHandlers } from './setup/index.ts';
import { signInHandlers } from './sign-in/index.ts';
import { checkHealth, checkReady } from './system/health.ts';
import { readOpenApi } from './system/openapi.ts';
import { topicsHandlers } from './topics/index.ts';
import { trendsHandlers } from './trends/index.ts';
import { webhookHandlers } from './webhooks/index.ts';

/** A route of the table without a handler is a type error. */
export const handlers: { [N in RouteName]: Handler<N> } = {
  login,
  readSession,
  logout,
  changePassword,
  countQueues,
  listCases,
  readCase,
  openCase,
  renewClaim,
  releaseClaim,
  recordDecision,
  undoDecision,
  splitCopy,
  closeCase,
  readVersions,
  ...caseHandlers,
  registerLead,
  listLeads,
  countLeads,
  changeLead,
  withdrawLead,
  searchPosts,
  listChannels,
  readChannel,
  exportChannels,
  addChannel,
  addArticles,
  testPage,
  saveRegister,
  moveChannel,
  judgeTexts,
  listRules,
  saveRule,
  readRuleStats,
  tryRule,
  readTrial,
  readRuleHistory,
  changeRuleState,
  ...peopleHandlers,
  ...signInHandlers,
  ...setupHandlers,
  ...guideHandlers,
  ...administrationHandlers,
  ...authorityHandlers,
  ...trendsHandlers,
  ...topicsHandlers,
  ...burstsHandlers,
  ...briefsHandlers,
  ...deskHandlers,
  ...handoverHandlers,
  ...answerHandlers,
  ...instructionHandlers,
  ...safeguardHandlers,
  ...webhookHandlers,
  ...draftHandlers,
  ...draftFilesHandlers,
  ...draftRecordHandlers,
  ...draftTalkHandlers,
  ...draftWechatHandlers,
  ...liveHandlers,
  readOpenApi,
  checkHealth,
  checkReady,
};
