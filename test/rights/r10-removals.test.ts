import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeAllDue } from '../../pipeline/commands/judge-batch.ts';
import { routes } from '../../review-api/contract/routes.ts';
import { buildGathered } from '../builders/post.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { type Office, openOffice } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';
import type { Visitor } from '../harness/visitor.ts';
import { readSentences } from '../judgement/sentences.ts';

let office: Office;
let people: Record<'reviewer' | 'director' | 'leader' | 'principal' | 'auditor', Visitor>;

interface Entry {
  id: string;
  version: number;
  facts: { state: string; appeal: object | null };
}

const form = (more: object = {}) => ({
  ...{
    commandId: randomUUID(),
    platform: 'weibo',
    link: 'https://m.weibo.cn/status/N1x',
    ground: 'personal-data',
  },
  ...{ basis: { law: 'personal-information', article: 10 }, screenshotSha256: 'c'.repeat(64) },
  explanation: '评论第二行写有他人的手机号和住址',
  ...more,
});
const propose = async (more: object = {}, who = people.reviewer) => {
  const reply = await who.post('/api/removals', form(more));
  expect(reply.status, reply.text).toBe(200);
  return (reply.json as { entry: Entry }).entry;
};
const step = async (who: Visitor, entry: Entry, verb: string, more: object = {}) => {
  const { version } = (await people.reviewer.get(`/api/removals/${entry.id}`)).json as Entry;
  return who.post(`/api/removals/${entry.id}/${verb}`, { commandId: randomUUID(), version, ...more });
};
const done = () => ({ doneAt: office.clock.now(), toldThere: true });

describeSetUps('R10: lawful removals', (emptyPlace) => {
  beforeAll(async () => {
    office = await openOffice({}, await emptyPlace());
    people = {
      reviewer: await office.visitAs('reviewer'),
      director: await office.visitAs('director'),
      leader: await office.visitAs('leader'),
      principal: await office.visitAs('principal'),
      auditor: await office.visitAs('auditor'),
    };
  });
  afterAll(() => office.close());

  it('are registered with ground, clause and screenshot; done by a person after a second one agreed; appealed', async () => {
    const entry = await propose();
    expect((await step(people.reviewer, entry, 'done', done())).json).toMatchObject({ status: 409 });
    expect((await step(people.reviewer, entry, 'approve')).status).toBe(403);
    expect((await step(people.director, entry, 'approve')).status).toBe(200);
    expect((await step(people.reviewer, entry, 'done', done())).status).toBe(200);
    const appeal = { receivedAt: office.clock.now(), appeal: '这不是别人的电话，是单位公开的电话' };
    expect((await step(people.reviewer, entry, 'appeal', appeal)).status).toBe(200);
    const settle = { outcome: 'upheld', reason: '查实为公开的单位电话' };
    expect((await step(people.director, entry, 'settle', settle)).json).toMatchObject({ status: 403 });
    expect((await step(people.leader, entry, 'settle', settle)).status).toBe(200);
    const detail = (await people.director.get(`/api/removals/${entry.id}`)).json as {
      texts: { name: string }[];
    };
    expect(detail.texts.map(({ name }) => name).sort()).toEqual(['appeal', 'explanation', 'link', 'outcome']);
  });

  it('need a second person: nobody approves what they proposed, not in another’s stead either', async () => {
    const entry = await propose({}, people.director);
    expect((await step(people.director, entry, 'approve')).json).toMatchObject({ status: 403 });
    expect((await step(people.principal, entry, 'approve')).status).toBe(200);
  });

  it('need a clause that fits the ground, and a screenshot', async () => {
    const wrong: [object, string][] = [
      [{ basis: { law: 'state-secrets', article: 3 } }, 'law'],
      [{ basis: { law: 'personal-information' } }, 'basis.article'],
      [{ basis: undefined }, 'basis'],
      [{ screenshotSha256: undefined }, 'screenshotSha256'],
      [{ link: null }, 'link'],
      [{ postId: 'weibo:comment:none' }, 'postId'],
    ];
    for (const [more, field] of wrong) {
      const reply = await people.reviewer.post('/api/removals', form(more));
      expect(reply.json).toMatchObject({ status: 400, field });
    }
  });

  it.each(['影响学校声誉', '谣言', '负面评论', '扰乱秩序', '损害学校荣誉', '不当言论'])(
    'are never for “%s”',
    async (words) => {
      const asGround = await people.reviewer.post('/api/removals', form({ ground: words }));
      expect(asGround.json).toMatchObject({ status: 400, field: 'ground' });
      const asWords = await people.reviewer.post(
        '/api/removals',
        form({ explanation: `该评论属于${words}，应当处理` }),
      );
      expect(asWords.json).toMatchObject({ status: 400, field: 'explanation' });
    },
  );

  it('of what only those on duty may see are not proposed by the office, and the auditor reads no text', async () => {
    const { caseId } = await fileCase(
      office,
      { kind: 'comment', text: '只给值班人员看' },
      { accessClass: 'safety' },
    );
    const found = await office.stores.cases.findCase(caseId, { accessClasses: ['safety'] });
    const reply = await people.reviewer.post('/api/removals', form({ postId: found?.postIds[0] }));
    expect(reply.json).toMatchObject({ status: 400, field: 'postId' });
    const entry = await propose();
    expect((await people.auditor.get(`/api/removals/${entry.id}`)).json).toMatchObject({ texts: [] });
  });

  it('are not begun by criticism: however harsh, the machine proposes nothing', async () => {
    const before = (await office.stores.docket.listYear('removal', 2026)).length;
    const sentences = readSentences('harsh-criticism');
    expect(sentences.length).toBeGreaterThan(30);
    const items = sentences.map((text, i) => ({
      post: buildGathered({ externalId: `harsh-${i}`, kind: 'comment', title: '', text }),
      snapshotHash: null,
    }));
    await office.stores.posts.storePosts(items, office.clock.now());
    await judgeAllDue(office.deps);
    expect(await office.stores.docket.listYear('removal', 2026)).toHaveLength(before);
  });
});

describe('R10: nothing of ours removes anything', () => {
  const root = join(import.meta.dirname, '../..');
  const sources = ['bin', 'crawlers', 'pipeline', 'review-api'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$|\/dist\//.test(name))
      .map((name) => ({ path: `${room}/${name}`, text: readFileSync(join(root, room, name), 'utf8') })),
  );

  it('has one caller of the form: the route that a person uses', () => {
    const callers = sources.filter(({ text }) => /commands\/removals\.ts/.test(text)).map(({ path }) => path);
    expect(callers.filter((path) => !path.startsWith('bin/demo/'))).toEqual([
      'review-api/routes/safeguards/removals.ts',
    ]);
  });

  it('has no interface of a platform that deletes, hides or reports', () => {
    const calling = sources.filter(({ text }) =>
      /comment\/(delete|close|unmarkelect)|comments\/destroy|statuses\/destroy|report\/spam|blocks\/create/.test(
        text,
      ),
    );
    expect(calling.map(({ path }) => path)).toEqual([]);
  });

  it('has no route that does it either', () => {
    for (const { path, method } of Object.values(routes))
      if (path.startsWith('/api/removals')) expect(['get', 'post']).toContain(method);
  });
});
