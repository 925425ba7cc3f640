import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../pipeline/domain/draft.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { appointmentOf, buildChain, buildContent, buildDraftMover, draftPeople } from '../builders/draft.ts';
import { allDrafts, buildDraftBench, type DraftStoreFixture, hourMs } from './draft-bench.ts';

const { writer, colleague, student, reviewer, head, otherHead, otherWriter } = draftPeople;
const { officer, director, deputy, leader } = draftPeople;

export function draftListsContract(open: () => Promise<DraftStoreFixture>): void {
  let opened: DraftStoreFixture;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  const { now, create, move, submit, approve, publish, page, list, count } = buildDraftBench(() => opened);

  describe('what waits for whom', () => {
    it('is shown to who holds the open step, of the unit or of the office, and to nobody else', async () => {
      const first = await submit(await create());
      expect(await list('to-review', reviewer)).toEqual([first.id]);
      for (const who of [head, director, otherHead, writer]) expect(await list('to-review', who)).toEqual([]);
      const second = await move(first, 'pass', reviewer);
      expect(await list('to-review', reviewer)).toEqual([]);
      expect(await list('to-review', head)).toEqual([first.id]);
      await move(second, 'pass', head);
      expect(await list('to-review', director)).toEqual([first.id]);
      expect(await list('to-review', deputy)).toEqual([first.id]);
      expect((await count(deputy))['to-review']).toBe(1);
      expect((await count(head))['to-review']).toBe(0);
    });

    it('is not shown to who wrote it or holds a step, nor in the stead of one, nor to a student', async () => {
      const both = buildDraftMover(
        writer.id,
        ...writer.appointments,
        appointmentOf('unit-reviewer', 'library'),
      );
      const first = await submit(await create());
      expect(await list('to-review', both)).toEqual([]);
      const forWriter = buildDraftMover('user-x', appointmentOf('unit-reviewer', 'library', writer.id));
      expect(await list('to-review', forWriter)).toEqual([]);
      const forReviewer = buildDraftMover('user-x', appointmentOf('unit-reviewer', 'library', reviewer.id));
      expect(await list('to-review', forReviewer)).toEqual([first.id]);
      expect(await list('to-review', { ...forReviewer, student: true })).toEqual([]);
      await move(first, 'pass', forReviewer);
      const alsoHead = buildDraftMover(reviewer.id, appointmentOf('unit-head', 'library'));
      const standIn = buildDraftMover(forReviewer.id, appointmentOf('unit-head', 'library', head.id));
      for (const who of [alsoHead, standIn]) expect(await list('to-review', who)).toEqual([]);
      expect(await list('to-review', head)).toEqual([first.id]);
    });

    it('is shown to those named, and by that they see the draft at all', async () => {
      const chain = buildChain('merged', [[reviewer.id], [otherHead.id, leader.id], 'director']);
      const first = await submit(await create(), { found: { chain } });
      const second = await move(first, 'pass', reviewer);
      const ofLogistics = { units: ['logistics'], personIds: [otherHead.id] };
      // The head of another unit holds nothing here, though named.
      expect(await list('to-review', otherHead, ofLogistics)).toEqual([]);
      expect(await list('all', otherHead, ofLogistics)).toEqual([second.id]);
      expect(await opened.drafts.find(second.id, ofLogistics)).toEqual(second);
      expect(await opened.drafts.find(second.id, { units: ['logistics'], personIds: [] })).toBeNull();
      expect(await list('to-review', leader)).toEqual([second.id]);
      const standIn = buildDraftMover('user-x', appointmentOf('leader', null, leader.id));
      expect(await list('to-review', standIn)).toEqual([second.id]);
    });

    it('is leave that was asked for, and a signature to confirm; the longest waiting first', async () => {
      const asking = await create();
      await move(asking, 'ask-allowance', writer, { keys: ['phone'] });
      expect(await list('to-review', director)).toEqual([asking.id]);
      const inReview = await submit(await create());
      const signed = await move(inReview, 'record-offline', officer, {
        ...{
          scan: 'a'.repeat(64),
          leaderId: reviewer.id,
          signedOn: '2026-03-01',
          found: { signer: reviewer },
        },
      });
      expect(await list('to-review', reviewer)).toEqual([signed.id]);
      expect(await list('unconfirmed')).toEqual([signed.id]);
      const confirmed = await move(signed, 'confirm-offline', reviewer);
      expect(await list('to-review', reviewer)).toEqual([]);
      expect(await list('unconfirmed')).toEqual([]);
      await move(confirmed, 'pass', head);
      expect(await list('to-review', director)).toEqual([asking.id, signed.id]);
    });
  });

  it('tasks: a review to come, and what has to be taken down from its time on', async () => {
    const publicity = { from: '2026-03-01', until: '2026-03-03' };
    const declarations = { ...buildContent().declarations, publicity };
    let urgent = await submit(await create(buildContent({ declarations })), { urgentReason: '停水' });
    for (const who of [reviewer, director]) urgent = await move(urgent, 'pass', who);
    expect(urgent).toMatchObject({ state: 'approved', urgent: { lateBy: expect.any(String) } });
    expect(await list('late')).toEqual([urgent.id]);
    expect(await list('to-review', head)).toEqual([urgent.id]);
    const live = await publish(await move(urgent, 'pass', head));
    expect(await list('late')).toEqual([]);
    expect(await list('take-down')).toEqual([]);
    opened.clock.advance(Date.parse('2026-03-03T16:00:00.000Z') - Date.parse(now()) - 1);
    expect(await list('take-down')).toEqual([]);
    opened.clock.advance(1);
    expect(await list('take-down')).toEqual([live.id]);
    expect((await count())['take-down']).toBe(1);
    await move(live, 'mark-taken-down', writer, { channelId: 'main-site' });
    expect(await list('take-down')).toEqual([]);
  });

  it('filters by state and by writer, and counts the same', async () => {
    const ids: Record<string, string> = {};
    const put = async (name: string, made: Promise<Draft>) => {
      ids[name] = (await made).id;
    };
    await put('writing', create());
    await put('in-review', create().then(submit));
    await put('returned', move(await submit(await create()), 'return', reviewer));
    await put('approved', create().then(approve));
    await put('published', approve(await create()).then(publish));
    await put('closed', move(await submit(await create()), 'reject', reviewer));
    for (const filter of ['writing', 'in-review', 'returned', 'approved', 'published', 'closed'] as const)
      expect(await list(filter), filter).toEqual([ids[filter]]);
    expect(await list('mine', writer)).toHaveLength(6);
    expect(await list('mine', colleague)).toEqual([]);
    expect(await list('all')).toEqual(Object.values(ids).reverse());
    expect(await count(reviewer)).toEqual({
      ...{ mine: 0, 'to-review': 1, writing: 1, 'in-review': 1, returned: 1, approved: 1, published: 1 },
      ...{ late: 0, unconfirmed: 0, 'take-down': 0, closed: 1, all: 6 },
    });
  });

  it('shows the drafts of the units asked for, before anything is counted', async () => {
    const ours = await create();
    const theirs = await create(buildContent(), otherWriter, 'logistics');
    const sight = (...units: string[]) => ({ units, personIds: [student.id] });
    expect(await list('all', writer, sight('library'))).toEqual([ours.id]);
    expect(await list('all', writer, sight('library', 'logistics'))).toEqual([theirs.id, ours.id]);
    expect(await list('all', writer, sight())).toEqual([]);
    expect(await count(writer, sight('logistics'))).toMatchObject({ all: 1, mine: 0, writing: 1 });
    expect(await opened.drafts.find(ours.id, sight('logistics'))).toBeNull();
  });

  it('finds words of a title as they were typed, and a number whole', async () => {
    const titles = ['100% 到岗_通知', '100 分到岗通知', 'C:\\路径', '图书馆 A 馆(东)'];
    const made = await Promise.all(titles.map((title) => create(buildContent({ title }))));
    const find = async (words: string) =>
      (await page({ filter: 'all', words })).items.map(({ title }) => title).sort();
    expect(await find('到岗')).toEqual([titles[0], titles[1]].sort());
    expect(await find('%')).toEqual([titles[0]]);
    expect(await find('岗_')).toEqual([titles[0]]);
    expect(await find('\\')).toEqual([titles[2]]);
    expect(await find(' a 馆( ')).toEqual([titles[3]]);
    expect(await find('.')).toEqual([]);
    expect(await find(' ')).toHaveLength(4);
    const [first] = made;
    if (first !== undefined) await submit(first);
    expect(await find('审2026-0001')).toEqual([titles[0]]);
    expect(await find('审2026')).toEqual([]);
  });

  it('pages in an order that stays, also where many were changed at one time', async () => {
    const made: Draft[] = [];
    for (let one = 0; one < 7; one += 1) made.push(await create());
    const walk = async (filter: 'all' | 'to-review', mover = writer) => {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const next = await page({ filter, mover, cursor, limit: 2 });
        expect(next.items.length).toBeLessThanOrEqual(2);
        found.push(...next.items.map(({ id }) => id));
        cursor = next.nextCursor;
      } while (cursor !== null);
      return found;
    };
    const ids = made.map(({ id }) => id).sort();
    expect(await walk('all')).toEqual(ids.toReversed());
    for (const draft of made) await submit(draft);
    expect(await walk('to-review', reviewer)).toEqual(made.map(({ id }) => id));
    await expect(page({ filter: 'all', cursor: 'odd' })).rejects.toThrow(InvalidInput);
  });

  it('what is or was sealed, by channel, in the order of the changes', async () => {
    const first = await approve(await create());
    const second = await approve(await create(buildContent({ channels: ['weibo'] })));
    await submit(await create());
    const edited = await move(first, 'reopen', writer);
    const sealed = async (query: {
      channelId?: string;
      changedSince?: string;
      cursor?: string | null;
      limit?: number;
    }) =>
      opened.drafts.listSealed({ channelId: null, changedSince: null, cursor: null, limit: 10, ...query });
    const ids = async (query: Parameters<typeof sealed>[0]) =>
      (await sealed(query)).items.map(({ id }) => id);
    expect(await ids({})).toEqual([second.id, first.id]);
    expect(await ids({ channelId: 'weibo' })).toEqual([second.id]);
    expect(await ids({ channelId: 'none' })).toEqual([]);
    expect(await ids({ changedSince: edited.changedAt })).toEqual([first.id]);
    const one = await sealed({ limit: 1 });
    expect(one.items.map(({ id }) => id)).toEqual([second.id]);
    expect(await ids({ limit: 1, cursor: one.nextCursor })).toEqual([first.id]);
    opened.clock.advance(hourMs);
    expect(await ids({ changedSince: now() })).toEqual([]);
    expect(await list('all', writer, allDrafts)).toHaveLength(3);
  });
}
