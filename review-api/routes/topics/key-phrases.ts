import * as keyPhrases from '../../../pipeline/commands/read-key-phrases.ts';
import type { Handler } from '../../http/call.ts';
import { openTrendNames, presentCover, presentStanding } from '../../present/trend.ts';
import { findOwnCases } from './own-cases.ts';
import { assertWholeSchool } from './whole-school.ts';

export const readKeyPhrases: Handler<'readKeyPhrases'> = async ({ query, rights, deps }) => {
  assertWholeSchool(rights);
  const { channel: channelId, topic: serviceTopic, ...rest } = query;
  const { now, before, read, phrases, ...standing } = await keyPhrases.readKeyPhrases(
    { ...rest, channelId, serviceTopic },
    deps,
  );
  const names = await openTrendNames(deps.directory);
  const side = ({ period, cover }: typeof now) => ({ ...period, cover: presentCover(cover, names) });
  return { now: side(now), before: side(before), read, phrases, ...presentStanding(standing, names) };
};

export const listKeyPhraseItems: Handler<'listKeyPhraseItems'> = async (call) => {
  assertWholeSchool(call.rights);
  const { channel: channelId, topic: serviceTopic, ...rest } = call.query;
  const found = await keyPhrases.listKeyPhraseItems({ ...rest, channelId, serviceTopic }, call.deps);
  const cases = await findOwnCases(
    found.map(({ postId }) => postId),
    call,
  );
  const names = await openTrendNames(call.deps.directory);
  const items = found.map(({ postId, at, channelId: of }) => ({
    ...{ postId, at, channel: names.channel(of), caseId: cases.get(postId)?.id ?? null },
  }));
  return { items };
};
