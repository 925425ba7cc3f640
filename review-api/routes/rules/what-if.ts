import { type Tried, tryRuleFor } from '../../../pipeline/commands/try-rule.ts';
import { InvalidInput } from '../../../pipeline/domain/errors.ts';
import { type Call, getReader, type Handler } from '../../http/call.ts';
import { presentExcerpt } from '../../present/excerpt.ts';

export const tryRule: Handler<'tryRule'> = async (call) => {
  const { days, purpose, trialId } = call.body;
  const { deps, signal } = call;
  const request = { tried: readTried(call.body), days, purpose };
  const reader = getReader(call);
  const trial = deps.ruleTrials.begin(reader.actor.id, trialId);
  const watch = { signal, onProgress: trial.onProgress };
  const { answer, sample } = await tryRuleFor(request, reader, deps, watch).finally(trial.end);
  const settings = await deps.directory.settings();
  const { sample: _ids, byChannel, ...numbers } = answer;
  return {
    ...numbers,
    byChannel: byChannel.map(({ channelId, hits }) => ({
      channel: deps.directory.channel(settings, channelId),
      hits,
    })),
    sample: sample.map(({ post, becomes, excerpt }) => ({
      becomes,
      ...{ postId: post.id, postKind: post.kind, url: post.url, accessClass: post.accessClass },
      channel: deps.directory.channel(settings, post.channelId),
      excerpt: presentExcerpt(excerpt),
    })),
  };
};

function readTried({ ruleId, rule, word }: Call<'tryRule'>['body']): Tried {
  const given: Tried[] = [];
  if (ruleId !== undefined) given.push({ ruleId });
  if (rule !== undefined) given.push({ content: rule });
  if (word !== undefined) given.push({ word });
  const [tried] = given;
  if (tried === undefined || given.length > 1)
    throw new InvalidInput('rule', '请指定一条规则、一份草稿或一个词。', 'ruleId, rule, word');
  return tried;
}
