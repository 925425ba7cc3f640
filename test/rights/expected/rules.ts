import type { Who } from './expectation.ts';

export const ruleWho = {
  listRules: ['reviewer', 'director', 'analyst', 'safety'],
  readRuleStats: ['reviewer', 'director', 'analyst', 'safety'],
  saveRule: ['reviewer', 'director', 'analyst'],
  changeRuleState: ['reviewer', 'director', 'analyst'],
  tryRule: ['reviewer', 'director', 'analyst'],
  readTrial: ['reviewer', 'director', 'analyst'],
  readRuleHistory: ['reviewer', 'director', 'analyst', 'safety'],
} as const satisfies Record<string, Who>;

export const channelWho = {
  listChannels: ['reviewer', 'director', 'operator'],
  readChannel: ['reviewer', 'director', 'operator'],
  exportChannels: ['reviewer', 'director', 'operator'],
  addChannel: ['director', 'operator'],
  testPage: ['director', 'operator'],
  addArticles: ['reviewer', 'director', 'operator'],
  saveRegister: ['director', 'operator'],
  moveChannel: ['director', 'operator'],
} as const satisfies Record<string, Who>;
