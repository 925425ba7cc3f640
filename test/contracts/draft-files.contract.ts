import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DraftLink } from '../../pipeline/domain/draft-link.ts';
import { Conflict } from '../../pipeline/domain/errors.ts';
import { expiresAt } from '../../pipeline/domain/retention-class.ts';
import { buildContent, draftPeople } from '../builders/draft.ts';
import { allDrafts, buildDraftBench, type DraftStoreFixture, hourMs } from './draft-bench.ts';

const { writer, reviewer, officer, director } = draftPeople;
const [one, other, scan, never] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(64)) as [
  string,
  string,
  string,
  string,
];

export function draftFilesContract(open: () => Promise<DraftStoreFixture>): void {
  let opened: DraftStoreFixture;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());
  const { now, create, getDraft, move, submit, approve } = buildDraftBench(() => opened);
  const purge = () => opened.retention.purgeExpired(now(), [], 10);

  describe('one-time links', () => {
    const add = async (draftId: string, more: Partial<DraftLink> = {}): Promise<DraftLink> => {
      const link: DraftLink = {
        ...{ id: opened.clock.newId(), draftId, contentVersion: 1, digest: opened.clock.newId() },
        ...{ createdBy: writer.id, createdAt: now(), deviceDigest: null, openedAt: null },
        expiresAt: new Date(Date.parse(now()) + 72 * hourMs).toISOString(),
        ...more,
      };
      await opened.links.addLink(link);
      return link;
    };
    const openBy = ({ digest }: DraftLink, deviceDigest: string) =>
      opened.links.openLink({ digest, deviceDigest, at: now() });

    it('open on the device that opened them first, until they are over', async () => {
      const link = await add((await create()).id);
      opened.clock.advance(1000);
      const opened1 = { ...link, deviceDigest: 'phone', openedAt: now() };
      expect(await openBy(link, 'phone')).toEqual(opened1);
      expect(await openBy(link, 'other')).toBeNull();
      opened.clock.advance(72 * hourMs - 1001);
      expect(await openBy(link, 'phone')).toEqual(opened1);
      opened.clock.advance(1);
      expect(await openBy(link, 'phone')).toBeNull();
      expect(await openBy({ ...link, digest: 'none' }, 'phone')).toBeNull();
    });

    it('are kept by one of two devices that open them at once', async () => {
      const link = await add((await create()).id);
      const both = await Promise.all(['phone', 'tablet'].map((device) => openBy(link, device)));
      expect(both.filter((found) => found !== null)).toHaveLength(1);
    });

    it('can be ended, and ending what is over is harmless', async () => {
      const { id } = await create();
      const link = await add(id);
      opened.clock.advance(1000);
      await opened.links.endLink(link.id, now());
      expect(await openBy(link, 'phone')).toBeNull();
      opened.clock.advance(1000);
      await opened.links.endLink(link.id, now());
      await opened.links.endLink('none', now());
      expect(await opened.links.listLinks(id)).toEqual([{ ...link, expiresAt: '2026-03-02T00:00:01.000Z' }]);
    });

    it('have a digest of their own, and are listed newest first', async () => {
      const { id } = await create();
      const first = await add(id);
      await expect(add(id, { digest: first.digest })).rejects.toThrow(Conflict);
      opened.clock.advance(1000);
      const second = await add(id);
      await add((await create()).id);
      expect(await opened.links.listLinks(id)).toEqual([second, first]);
    });
  });

  describe('files', () => {
    const showing = (...hashes: string[]) =>
      buildContent({
        images: [],
        attachments: hashes.map((hash) => ({ hash, name: '附件.pdf', bytes: 10 })),
      });
    const later = () => opened.clock.advance(1000);
    const loose = () => opened.files.listLoose(now(), 10);

    it('are loose while no draft names them, and not before their time', async () => {
      const brought = now();
      await opened.files.noteUpload(never, brought);
      expect(await opened.files.listLoose(brought, 10)).toEqual([]);
      later();
      expect(await loose()).toEqual([never]);
      await opened.files.noteUpload(never, now());
      expect(await loose()).toEqual([]);
      await opened.files.forgetLoose([never], now());
      later();
      expect(await loose()).toEqual([never]);
      await opened.files.forgetLoose([never], now());
      expect(await loose()).toEqual([]);
    });

    it('are named by every version that stands, and by what was signed', async () => {
      const draft = await create(showing(one));
      later();
      expect(await loose()).toEqual([]);
      const write = (from: { id: string; revision: number }, ...hashes: string[]) =>
        opened.drafts.save(
          { draftId: from.id, revision: from.revision, content: showing(...hashes), keep: false },
          writer,
          now(),
        );
      const saved = await write(draft, other);
      later();
      expect(await loose()).toEqual([one]);
      const inReview = await submit(await write(saved, one));
      await move(inReview, 'record-offline', officer, {
        ...{ scan, leaderId: reviewer.id, signedOn: '2026-03-01', found: { signer: reviewer } },
      });
      later();
      expect(await loose()).toEqual([other]);
      await create(showing(other));
      later();
      expect(await loose()).toEqual([]);
      await opened.files.forgetLoose([one, other, scan], now());
      expect(await loose()).toEqual([]);
    });

    it('are loose again when the last draft that named them is gone', async () => {
      const rejected = await move(await submit(await create(showing(one, other))), 'reject', reviewer);
      const kept = await create(showing(other));
      opened.clock.advance(Date.parse(rejected.expiresAt ?? '') - Date.parse(now()));
      await purge();
      expect(await loose()).toEqual([one]);
      expect(await getDraft(kept.id)).toEqual(kept);
    });
  });

  it('a draft goes three years after it was closed, with all that hangs on it, and not before', async () => {
    const approved = await approve(await create());
    const asked = await move(approved, 'ask-recall', writer);
    const recalled = await move(asked, 'pass', director);
    expect(recalled.expiresAt).toBe(expiresAt('publication', recalled.changedAt));
    await opened.links.addLink({
      ...{
        id: opened.clock.newId(),
        draftId: recalled.id,
        contentVersion: 1,
        digest: 'x',
        createdBy: writer.id,
      },
      ...{ createdAt: now(), expiresAt: now(), deviceDigest: null, openedAt: null },
    });
    const open = await create();
    opened.clock.advance(Date.parse(recalled.expiresAt ?? '') - Date.parse(now()) - 1);
    await purge();
    expect(await getDraft(recalled.id)).toEqual(recalled);
    opened.clock.advance(1);
    expect((await purge()).records).toBe(1);
    expect(await opened.drafts.find(recalled.id, allDrafts)).toBeNull();
    expect(await opened.drafts.findVersion(recalled.id, 1)).toBeNull();
    for (const left of [
      await opened.drafts.listVersions(recalled.id),
      await opened.drafts.listEvents(recalled.id),
      await opened.drafts.listSeals(recalled.id),
      await opened.links.listLinks(recalled.id),
    ])
      expect(left).toEqual([]);
    expect(await opened.drafts.findReport(recalled.id)).toBeNull();
    expect(await getDraft(open.id)).toEqual(open);
    expect((await purge()).records).toBe(0);
  });
}
