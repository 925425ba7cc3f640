import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ForkedRules, openForkedRules } from '../pipeline/forked-rules.ts';
import { buildGathered, buildVerdict } from '../test/builders/post.ts';
import { buildRule } from '../test/builders/rule.ts';
import { type Office, officePassword, openOffice } from '../test/harness/office.ts';
import { Visitor } from '../test/harness/visitor.ts';
import { startApi } from './main.ts';

const postCount = 300;

let office: Office;
let threads: ForkedRules;
let api: { url: string; close(): Promise<void> };

beforeAll(async () => {
  office = await openOffice();
  const { stores, clock } = office;
  const posts = Array.from({ length: postCount }, (_, at) =>
    buildGathered({
      ...{ externalId: `${at}`, kind: 'comment', title: '', text: `办校园贷找我，第${at}条，当天放款。` },
      publishedAt: clock.now(),
    }),
  );
  await stores.posts.storePosts(
    posts.map((post) => ({ post, snapshotHash: null })),
    clock.now(),
  );
  const judged = posts.map(({ channelId, kind, externalId }) => ({
    ...{ postId: `${channelId}:${kind}:${externalId}`, textVersion: 1, tokens: [], caseId: clock.newId() },
    verdict: buildVerdict(),
  }));
  await stores.posts.storeJudgements(judged, clock.now());
  threads = openForkedRules({ dataDir: office.folder, connections: null });
  api = await startApi({ ...office.deps, tryRule: threads.tryRule }, { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await api.close();
  await threads.close();
  await office.close();
});

test('while a heavy rule is tried, others are answered', async () => {
  const analyst = new Visitor(api.url);
  await analyst.signIn(await office.hire(['analyst']), officePassword);
  const { version: _version, state: _state, ...rule } = buildRule({ words: ['校园贷'], allow: [] });
  let isDone = false;
  const trial = analyst.post('/api/rules/what-if', { rule, purpose: '起草新规则' }).finally(() => {
    isDone = true;
  });
  // Tried in the thread that answers, it would be done before the first of them.
  for (let asked = 0; asked < 5; asked += 1) {
    const reply = await analyst.get('/api/trends/series?fromDay=2026-11-01&toDay=2026-11-20');
    expect(reply.status).toBe(200);
    expect(isDone).toBe(false);
  }
  expect((await trial).json).toMatchObject({
    scanned: postCount,
    hits: postCount,
    changed: { of: postCount },
  });
});
