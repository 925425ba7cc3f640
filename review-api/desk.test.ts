import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildFinding } from '../test/builders/post.ts';
import { describeSetUps } from '../test/harness/describe-set-ups.ts';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';

let office: Office;
let reviewer: Visitor;
let director: Visitor;
const purpose = encodeURIComponent('核对历次反映');

describeSetUps('finding over HTTP', (emptyPlace) => {
  beforeAll(async () => {
    office = await openOffice({}, await emptyPlace());
    reviewer = await office.visitAs('reviewer');
    director = await office.visitAs('director');
    const units = [{ id: 'logistics', name: '后勤处', aliases: [], topics: [], places: [] }];
    const change = { expectedVersion: 0, actorId: null, source: 'test', at: office.clock.now() };
    await office.stores.settings.save('units', units, { ...change, id: randomUUID() });
  });
  afterAll(() => office.close());

  describe('a queue', () => {
    const routing = {
      ...{ version: 1, ruleIds: ['gone'], queue: null, unitId: 'logistics', executorId: null },
      ...{ dueWorkingDays: 3, label: '食堂' },
    } as const;

    test('is filtered, searched and counted by facet, and says how a case was routed', async () => {
      const service = { kind: 'complaint', topic: 'canteen', confidence: 1 } as const;
      const { caseId } = await fileCase(
        office,
        { title: '', text: '食堂的汤太咸' },
        { service },
        { routing },
      );
      await fileCase(office, { title: '', text: '图书馆的灯坏了' });
      const list = async (more: string) =>
        (await reviewer.get(`/api/cases?queue=review${more}`)).json as { items: { id: string }[] };
      for (const more of ['&topics=canteen,fees', '&unitIds=logistics', '&labels=食堂', '&words=汤']) {
        expect(
          (await list(more)).items.map(({ id }) => id),
          more,
        ).toEqual([caseId]);
      }
      expect((await list('&topics=fees')).items).toEqual([]);
      expect((await reviewer.get('/api/cases?queue=review&topics=opinion')).json).toMatchObject({
        ...{ status: 400, field: 'topics.0' },
      });
      expect((await reviewer.get('/api/desk/facets?queue=review')).json).toMatchObject({
        topics: [{ value: 'canteen', count: 1 }],
        units: [{ value: 'logistics', name: '后勤处', count: 1 }],
      });
      expect((await reviewer.get(`/api/cases/${caseId}`)).json).toMatchObject({
        suggestedUnitId: 'logistics',
        routing: { rules: ['gone'], unit: { name: '后勤处' }, dueWorkingDays: 3, label: '食堂' },
      });
    });

    test('has filters that a person keeps, and the office’s by the director', async () => {
      const body = {
        ...{ id: randomUUID(), name: ' 急件 ', queue: 'review', state: 'undecided', sort: 'oldest' },
        ...{ filter: { levels: ['urgent'], channelIds: ['closed'] }, isDefault: true, shared: false },
      };
      const kept = await reviewer.post('/api/desk/filters', body);
      expect(kept.json).toMatchObject({ own: [{ name: '急件', stale: ['closed'] }], mayShare: false });
      const again = { ...body, id: randomUUID() };
      expect((await reviewer.post('/api/desk/filters', again)).json).toMatchObject({ field: 'name' });
      const shared = { ...again, shared: true };
      expect((await reviewer.post('/api/desk/filters', shared)).status).toBe(403);
      expect((await director.post('/api/desk/filters', shared)).json).toMatchObject({
        own: [],
        mayShare: true,
      });
      expect((await reviewer.get('/api/desk/filters')).json).toMatchObject({ shared: [{ id: again.id }] });
      expect((await reviewer.send('DELETE', `/api/desk/filters/${again.id}?shared=yes`)).status).toBe(403);
      expect((await reviewer.send('DELETE', `/api/desk/filters/${body.id}`)).status).toBe(204);
      const onDuty = await office.visitAs('safety');
      expect((await onDuty.get('/api/desk/filters')).json).toMatchObject({ own: [], shared: [] });
    });
  });

  test('search knows phrases, words to leave out and addresses, and the case of each hit', async () => {
    const url = 'https://www.canglan.example/info/1.htm';
    const { caseId, postId } = await fileCase(office, { url, title: '', text: '浴室热水停了，浴室几点开' });
    await fileCase(office, { title: '', text: '热水浴室都停了，操场也停了' });
    const find = async (q: string, more = '') => {
      const reply = await reviewer.get(`/api/search?q=${encodeURIComponent(q)}&purpose=${purpose}${more}`);
      return (reply.json as { items: { postId: string; case: object | null; excerpt: string }[] }).items;
    };
    expect(await find('浴室 热水')).toHaveLength(2);
    expect((await find('“浴室热水”')).map((hit) => hit.postId)).toEqual([postId]);
    expect((await find('热水 -操场')).map((hit) => hit.postId)).toEqual([postId]);
    expect(await find(url)).toMatchObject([{ postId, case: { id: caseId, state: 'open', queue: 'review' } }]);
    expect(await find('热水', '&state=none')).toEqual([]);
    expect(await find('热水', '&kind=comment')).toEqual([]);
  });

  test('routing is saved by the director, whole and sound, and tried before', async () => {
    const rule = {
      id: 'canteen',
      name: '食堂',
      when: { topics: ['canteen'] },
      give: { unitId: 'logistics' },
    };
    const { version } = (await reviewer.get('/api/routing')).json as { version: number };
    const save = (rules: object[], seenVersion = version) =>
      director.post('/api/routing', { rules, seenVersion });
    const wrong = { ...rule, give: { unitId: 'nobody' } };
    expect((await save([{ ...rule, id: 'one' }, wrong])).json).toMatchObject({
      ...{ status: 400, field: 'rules.1.give.unitId' },
    });
    expect((await save([{ ...rule, give: { queue: 'safety' } }])).json).toMatchObject({
      ...{ status: 400, field: 'rules.0.give.queue' },
    });
    expect((await director.post('/api/routing/try', { rules: [rule] })).json).toMatchObject({
      perRule: [{ ruleId: 'canteen', cases: 1 }],
      perUnit: [{ unit: { name: '后勤处' }, cases: 1 }],
    });
    expect((await save([rule])).json).toMatchObject({ rules: [{ id: 'canteen' }], mayEdit: true });
    expect((await save([])).json).toMatchObject({ status: 409 });
  });

  test('what was put aside is counted, looked at with a trace, and brought back', async () => {
    const noise = { noise: true, queues: [], findings: [buildFinding({ category: 'advert' })] };
    const text = '代课代跑，联系从速';
    const { postId } = await fileCase(office, { kind: 'comment', title: '', text }, noise);
    expect((await reviewer.get('/api/desk/passed')).json).toMatchObject({ noiseToday: 1, praiseToday: 0 });
    const listed = await reviewer.get('/api/desk/passed/posts');
    expect(listed.json).toMatchObject({ items: [{ postId, excerpt: text }] });
    const body = { commandId: randomUUID(), postId, textVersion: 1 };
    const raised = await reviewer.post('/api/desk/passed/raise', body);
    expect(raised.json).toMatchObject({ repeated: false });
    const { caseId } = raised.json as { caseId: string };
    expect((await reviewer.get(`/api/cases/${caseId}`)).json).toMatchObject({
      ...{ state: 'open', events: [{ kind: 'raised', byMe: true }] },
    });
    expect((await reviewer.get('/api/desk/passed')).json).toMatchObject({ noiseWeek: 0 });
  });
});
