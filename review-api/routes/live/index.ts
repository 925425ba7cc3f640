import type { liveRoutes } from '../../contract/live-routes.ts';
import type { Handler } from '../../http/call.ts';
import {
  countLiveResults,
  explainLiveResult,
  listLiveOfDraft,
  listLiveResults,
  readLiveResult,
} from './results.ts';
import { printDraftForms, spotCheck } from './spot-check.ts';

export const liveHandlers: { [N in keyof typeof liveRoutes]: Handler<N> } = {
  listLiveResults,
  countLiveResults,
  readLiveResult,
  explainLiveResult,
  listLiveOfDraft,
  spotCheck,
  printDraftForms,
};
