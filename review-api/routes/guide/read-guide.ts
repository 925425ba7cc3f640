import { commentsGate, missingNeeds } from '../../../pipeline/domain/comments-gate.ts';
import { isCrawled, neededCredential } from '../../../pipeline/domain/crawled.ts';
import { credentialStanding } from '../../../pipeline/domain/credential.ts';
import { bucketHour } from '../../../pipeline/domain/time.ts';
import type { Stores } from '../../../pipeline/ports/index.ts';
import type { Guide } from '../../contract/guide.ts';
import { getSignedIn, type Handler } from '../../http/call.ts';
import { mayManage } from '../../present/channel.ts';

const arrivedShown = 8;
/** Attachments are read after the articles, and may be many. */
const pagesLookedThrough = 200;

/** Articles of the school's own site, of what everybody may see. */
async function listArrived(channelId: string, { ledger, posts }: Pick<Stores, 'ledger' | 'posts'>) {
  const pages = await ledger.listPages(channelId, ['done'], pagesLookedThrough);
  const found: Guide['site']['arrived'] = [];
  const shown = new Set<string>();
  for (const { postId, url, role } of pages) {
    // One article may stand at several addresses.
    if (found.length === arrivedShown || role === 'attachment' || postId === null || shown.has(postId))
      continue;
    shown.add(postId);
    const post = await posts.findPost(postId);
    if (post === null || post.kind !== 'article') continue;
    const text = await posts.findText(postId, { accessClasses: ['open'] });
    if (text !== null) found.push({ title: text.title, publishedAt: post.publishedAt, url });
  }
  return found;
}

export const readGuide: Handler<'readGuide'> = async (call) => {
  const { deps } = call;
  const { ledger, credentials, posts, users } = deps.stores;
  const settings = await deps.directory.settings();
  const now = deps.clock.now();
  const crawled = settings.channels.filter(isCrawled);
  const first = crawled.find(({ kind }) => kind === 'site');
  const mayAdd = mayManage(getSignedIn(call).user.roles);
  const accounts = (await users.list()).filter(({ disabled }) => !disabled);
  const gate = commentsGate(settings.governance, bucketHour(now).slice(0, 10));
  const asking = crawled.flatMap((one) => {
    const needed = neededCredential(one);
    return needed === null ? [] : [{ one, needed }];
  });
  return {
    site: {
      crawled: await Promise.all(
        crawled.map(async ({ id, name, kind }) => ({
          ...{ id, name, kind },
          lastRun: (await ledger.listRuns(id, 1))[0] ?? null,
        })),
      ),
      arrived: first === undefined || !mayAdd ? [] : await listArrived(first.id, { ledger, posts }),
      mayAdd,
    },
    people: {
      accounts: accounts.length,
      units: settings.units.length,
      hasReviewer: accounts.some(({ roles }) => roles.includes('reviewer')),
    },
    credentials: await Promise.all(
      asking.map(async ({ one, needed }) => ({
        ...{ channelId: one.id, name: one.name, kind: one.kind },
        standing: credentialStanding(await credentials.listFacts(one.id), [needed], now),
      })),
    ),
    assessment: gate.open
      ? { missing: [], endsOn: gate.endsOn }
      : { missing: missingNeeds(gate.missing), endsOn: null },
  };
};
