import {
  countPassed as count,
  listPassed as list,
  raisePost as raise,
} from '../../../pipeline/commands/passed-posts.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentExcerpt } from '../../present/excerpt.ts';

export const countPassed: Handler<'countPassed'> = async (call) => {
  const { directory } = call.deps;
  const { today, counts } = await count(getReader(call), call.deps);
  const settings = await directory.settings();
  const sum = (passedAs: string, day?: string) =>
    counts
      .filter((one) => one.passedAs === passedAs && (day === undefined || one.day === day))
      .reduce((total, one) => total + one.count, 0);
  return {
    today,
    praiseToday: sum('praise', today),
    noiseToday: sum('noise', today),
    praiseWeek: sum('praise'),
    noiseWeek: sum('noise'),
    items: counts.map(({ channelId, ...one }) => ({
      ...one,
      channel: directory.channel(settings, channelId),
    })),
  };
};

export const listPassed: Handler<'listPassed'> = async (call) => {
  const { directory } = call.deps;
  const { passedAs, limit, cursor = null } = call.query;
  const page = await list({ passedAs, limit, cursor }, getReader(call), call.deps);
  const settings = await directory.settings();
  const items = page.items.map(({ post, excerpt }) => {
    const { id, textVersion, channelId, publishedAt, publishedPrecision, gatheredAt } = post;
    return {
      ...{ postId: id, textVersion, publishedAt, publishedPrecision, gatheredAt },
      channel: directory.channel(settings, channelId),
      excerpt: presentExcerpt(excerpt),
    };
  });
  return { items, nextCursor: page.nextCursor };
};

export const raisePost: Handler<'raisePost'> = async (call) => {
  const { case: one, repeated } = await raise(call.body, getReader(call), call.deps);
  return { caseId: one.id, repeated };
};
