import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purgeExpired } from '../../pipeline/commands/purge-expired.ts';
import type { Role } from '../../pipeline/domain/role.ts';
import { routes } from '../../review-api/contract/routes.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { type Office, openOffice } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';
import type { Visitor } from '../harness/visitor.ts';

const hourMs = 3_600_000;
let office: Office;
let people: Record<'reviewer' | 'director' | 'leader' | 'safety' | 'auditor', Visitor>;

interface Entry {
  id: string;
  number: string;
  version: number;
  facts: { state: string; disclosure: { provided: string[]; withheld: string[]; sha256: string } | null };
}

async function fileComment(text: string, accessClass: 'open' | 'victim' | 'safety' = 'open') {
  const queues = accessClass === 'safety' ? (['safety'] as const) : (['review'] as const);
  const { caseId } = await fileCase(
    office,
    { kind: 'comment', title: '', text },
    {
      ...{ accessClass, queues: [...queues] },
    },
  );
  const found = await office.stores.cases.findCase(caseId, { accessClasses: ['open', 'victim', 'safety'] });
  return { caseId, postId: found?.postIds[0] ?? '' };
}

const form = (items: object[]) => ({
  ...{ commandId: randomUUID(), organ: '某市公安局网安支队', documentNumber: '调证〔2026〕17号' },
  ...{ receivedAt: office.clock.now(), basis: { law: 'criminal-procedure', article: 54 }, items },
  ...{ scope: '调取一条涉嫌诈骗的评论', scanSha256: 'b'.repeat(64), paperPlace: '办公室档案柜 3-2' },
});
const register = async (items: object[], who = people.reviewer) => {
  const reply = await who.post('/api/lawful-requests', form(items));
  expect(reply.status, reply.text).toBe(200);
  return (reply.json as { entry: Entry }).entry;
};
/** One step; the version is the newest. */
const step = async (who: Visitor, entry: Entry, verb: string, more: object = {}) => {
  const { json } = await people.reviewer.get(`/api/lawful-requests/${entry.id}`);
  const { version } = json as Entry;
  return who.post(`/api/lawful-requests/${entry.id}/${verb}`, { commandId: randomUUID(), version, ...more });
};
const approveBoth = async (entry: Entry) => {
  expect((await step(people.director, entry, 'approve')).status).toBe(200);
  const second = await step(people.leader, entry, 'approve');
  expect((second.json as { entry: Entry }).entry.facts.state).toBe('approved');
};

describeSetUps('R20: requests by authorities', (emptyPlace) => {
  beforeAll(async () => {
    office = await openOffice({}, await emptyPlace());
    const visit = (role: Role) => office.visitAs(role);
    people = {
      ...{ reviewer: await visit('reviewer'), director: await visit('director') },
      ...{ leader: await visit('leader'), safety: await visit('safety'), auditor: await visit('auditor') },
    };
  });
  afterAll(() => office.close());

  it('are disclosed one by one, after two approvals, exactly, once, for a day, in the audit chain', async () => {
    const asked = await fileComment('刷单返利，加我就赚，日入三百。');
    const other = await fileComment('食堂的汤太咸了，没人管。');
    const entry = await register([{ kind: 'post', id: asked.postId }]);
    expect(entry.number).toMatch(/^依调〔2026〕\d+号$/);
    for (const who of [people.reviewer, people.director]) {
      expect((await step(who, entry, 'export')).status).toBe(403);
      expect((await who.get(`/api/lawful-requests/${entry.id}/file`)).status).toBe(403);
    }
    await approveBoth(entry);
    const made = (await step(people.reviewer, entry, 'export')).json as { entry: Entry };
    const { disclosure } = made.entry.facts;
    expect(disclosure).toMatchObject({ provided: [asked.postId], withheld: [] });

    const file = (await people.reviewer.get(`/api/lawful-requests/${entry.id}/file`)).json as {
      content: string;
      sha256: string;
    };
    expect(file.content).toContain('刷单返利');
    expect(file.content).toContain('《刑事诉讼法》第54条');
    expect(file.content).toContain('不含身份信息');
    expect(file.content).not.toContain('汤太咸');
    expect(file.content).not.toContain(other.postId);
    expect(createHash('sha256').update(file.content).digest('hex')).toBe(disclosure?.sha256);
    expect((await step(people.reviewer, entry, 'export')).status).toBe(409);

    const logged = await office.stores.oversight.findLastFact('lawful-request.disclosed');
    expect(JSON.stringify(logged?.payload)).toContain(disclosure?.sha256);
    const { items } = await office.stores.reads.list({ cursor: null, limit: 200 });
    expect(items.filter(({ purpose }) => purpose === `依法调取 ${entry.number}`)).toHaveLength(2);

    office.clock.advance(24 * hourMs);
    const late = await office.visitAs('reviewer');
    expect((await late.get(`/api/lawful-requests/${entry.id}/file`)).status).toBe(404);
    await purgeExpired({ ...office.deps, blobs: office.deps.safeguards.blobs });
    expect((await office.stores.docket.find('lawful-request', entry.id))?.facts.disclosure?.sha256).toBe(
      disclosure?.sha256,
    );
    for (const role of Object.keys(people) as (keyof typeof people)[])
      people[role] = await office.visitAs(role);
  });

  it('need two persons, neither of whom registered it, of director and leadership both', async () => {
    const { postId } = await fileComment('一条普通评论，等待审批。');
    const own = await register([{ kind: 'post', id: postId }], people.director);
    expect((await step(people.director, own, 'approve')).json).toMatchObject({ status: 403 });
    const entry = await register([{ kind: 'post', id: postId }]);
    const both = await office.visitAs('director', 'leader');
    expect((await step(both, entry, 'approve')).status).toBe(200);
    expect((await step(both, entry, 'approve')).json).toMatchObject({ status: 403 });
    expect((await step(people.director, entry, 'approve')).json).toMatchObject({ status: 409 });
    expect((await step(people.reviewer, entry, 'export')).status).toBe(403);
    expect((await step(people.leader, entry, 'approve')).status).toBe(200);
    expect((await step(people.reviewer, entry, 'export')).status).toBe(200);
  });

  it('are offered for approval only to whom the consent is still wanted from', async () => {
    const { postId } = await fileComment('一条普通评论，看谁还能审批。');
    const own = await register([{ kind: 'post', id: postId }], people.director);
    const entry = await register([{ kind: 'post', id: postId }]);
    const offered = async (who: Visitor, { id } = entry) =>
      ((await who.get(`/api/lawful-requests/${id}`)).json as { consents: string[] }).consents;
    expect(await offered(people.director, own)).toEqual(['refuse']);
    expect(await offered(people.leader, own)).toEqual(['approve', 'refuse']);
    expect(await offered(people.reviewer)).toEqual([]);
    expect(await offered(people.director)).toEqual(['approve', 'refuse']);
    expect((await step(people.director, entry, 'approve')).status).toBe(200);
    expect(await offered(people.director)).toEqual(['refuse']);
    expect(await offered(people.leader)).toEqual(['approve', 'refuse']);
    expect((await step(people.leader, entry, 'approve')).status).toBe(200);
    expect(await offered(people.leader)).toEqual(['refuse']);
    expect(await offered(people.safety)).toEqual(['approve', 'refuse']);
  });

  it('that were refused, with a reason, are never disclosed', async () => {
    const { postId } = await fileComment('另一条普通评论，不予提供。');
    const entry = await register([{ kind: 'post', id: postId }]);
    expect((await step(people.leader, entry, 'refuse')).json).toMatchObject({ field: 'reason' });
    expect((await step(people.leader, entry, 'refuse', { reason: '没有写明法律依据' })).status).toBe(200);
    expect((await step(people.director, entry, 'approve')).status).toBe(409);
    expect((await step(people.reviewer, entry, 'export')).status).toBe(403);
    expect((await step(people.reviewer, entry, 'close')).status).toBe(200);
  });

  it('never hold what only those on duty may see, unless they consent and make the file themselves', async () => {
    const { postId } = await fileComment('这一句只给值班人员看', 'safety');
    const first = await register([{ kind: 'post', id: postId }]);
    await approveBoth(first);
    const made = (await step(people.director, first, 'export')).json as { entry: Entry };
    expect(made.entry.facts.disclosure).toMatchObject({ provided: [], withheld: [postId] });
    const unknown = await register([{ kind: 'post', id: 'weibo:comment:unknown' }]);
    await approveBoth(unknown);
    const none = (await step(people.director, unknown, 'export')).json as { entry: Entry };
    // The same word for what is not there and for what is not to be seen.
    expect(none.entry.facts.disclosure).toMatchObject({ provided: [], withheld: ['weibo:comment:unknown'] });

    const second = await register([{ kind: 'post', id: postId }]);
    await approveBoth(second);
    expect((await step(people.safety, second, 'approve')).status).toBe(200);
    expect((await step(people.director, second, 'export')).status).toBe(403);
    expect((await step(people.safety, second, 'export')).status).toBe(200);
    const shown = await people.safety.get(`/api/lawful-requests/${second.id}/file`);
    expect(shown.text).toContain('只给值班人员看');
    expect((await people.director.get(`/api/lawful-requests/${second.id}/file`)).status).toBe(404);
  });

  it('masked for the reviewer, is made by the director; a case stands for its posts', async () => {
    const { caseId } = await fileComment('有人公开了同学的住址', 'victim');
    const entry = await register([{ kind: 'case', id: caseId }]);
    await approveBoth(entry);
    expect((await step(people.reviewer, entry, 'export')).status).toBe(403);
    expect((await step(people.director, entry, 'export')).status).toBe(200);
  });

  it('name each item, at most fifty, and nobody and nothing else', async () => {
    const items = Array.from({ length: 51 }, (_, i) => ({ kind: 'post', id: `weibo:comment:${i}` }));
    const tooMany = await people.reviewer.post('/api/lawful-requests', form(items));
    expect(tooMany.json).toMatchObject({ status: 400, field: 'items' });
    const twice = await people.reviewer.post('/api/lawful-requests', form([items[0] ?? {}, items[0] ?? {}]));
    expect(twice.json).toMatchObject({ status: 400, field: 'items' });
    for (const kind of ['person', 'account', 'word']) {
      const reply = await people.reviewer.post('/api/lawful-requests', form([{ kind, id: 'x' }]));
      expect(reply.status).toBe(400);
    }
  });

  it('are read without texts by the auditor, who changes nothing', async () => {
    const list = await people.auditor.get('/api/lawful-requests');
    const [first] = (list.json as { items: Entry[] }).items;
    const detail = await people.auditor.get(`/api/lawful-requests/${first?.id}`);
    expect(detail.json).toMatchObject({ texts: [] });
    expect(list.text + detail.text).not.toContain('调取一条涉嫌诈骗');
    expect((await people.auditor.post(`/api/lawful-requests/${first?.id}/approve`, {})).status).toBe(403);
  });
});

describe('R20: no standing feed', () => {
  it('has no route that takes texts out but by the number of an approved request', () => {
    const taking = Object.entries(routes).filter(([name, { path }]) =>
      /export|download|feed|file|dump/i.test(name + path),
    );
    expect(taking.map(([, { path }]) => path).sort()).toEqual(
      expect.arrayContaining(['/api/lawful-requests/:id/export', '/api/lawful-requests/:id/file']),
    );
    const others = taking
      .map(([name]) => name)
      .filter((name) => !/^(exportLawfulRequest|fetchLawfulFile)$/.test(name));
    // What else is exported holds no text of anybody: the register of channels, ids of readings, the school's own answers and drafts.
    const own = ['exportChannels', 'exportReadings', 'exportAnswers'];
    const ofDrafts = ['uploadDraftFile', 'readDraftFile', 'readLinkedFile'];
    // Figures and facts without texts, and briefs, which the office words itself and quotes nobody in (R16).
    const asked = ['Series', 'Compare', 'Hours', 'Table', 'Responses', 'Evidence'];
    const figures = [...asked.map((name) => `saveTrend${name}`), 'readBriefFile'];
    expect(others.filter((name) => ![...own, ...ofDrafts, ...figures].includes(name))).toEqual([]);
  });
});
