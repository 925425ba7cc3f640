import type { answerRoutes } from '../../contract/answers-routes.ts';
import type { Handler } from '../../http/call.ts';
import {
  countCollected,
  listCollected,
  listCollectors,
  listReleases,
  moveRelease,
  releaseHelp,
  settleCollected,
} from './releases.ts';
import { moveReply, readReply, suggestAnswers, writeReply } from './replies.ts';
import { exportAnswers, listAnswers, readAnswer, ruleOnAnswer, stepAnswer, writeAnswer } from './stock.ts';

export const answerHandlers: { [N in keyof typeof answerRoutes]: Handler<N> } = {
  listAnswers,
  exportAnswers,
  readAnswer,
  writeAnswer,
  stepAnswer,
  ruleOnAnswer,
  suggestAnswers,
  readReply,
  writeReply,
  moveReply,
  listCollectors,
  listReleases,
  releaseHelp,
  moveRelease,
  countCollected,
  listCollected,
  settleCollected,
};
