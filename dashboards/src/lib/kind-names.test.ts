import { describe, expect, it } from 'vitest';
import { briefKindNames as briefsOnPaper } from '../../../review-api/contract/brief-names.ts';
import {
  platformName,
  platformNames as platformsOnPaper,
  channelStateNames as statesOnPaper,
} from '../../../review-api/contract/channel-names.ts';
import { ruleStateNames as rulesOnPaper } from '../../../review-api/contract/rule-names.ts';
import { describeKind } from './channel-labels.ts';
import {
  briefKindNames,
  channelKindNames,
  channelStateNames,
  platformNames,
  ruleStateNames,
} from './kind-names.ts';

describe('names of channels, rules and briefs', () => {
  it('are the same on screen and on paper', () => {
    expect(channelStateNames).toEqual(statesOnPaper);
    expect(platformNames).toEqual(platformsOnPaper);
    expect(ruleStateNames).toEqual(rulesOnPaper);
    expect(briefKindNames).toEqual(briefsOnPaper);
    for (const kind of Object.keys(channelKindNames) as (keyof typeof channelKindNames)[])
      expect(describeKind({ kind, platform: null })).toBe(platformName(kind, null));
  });
});
