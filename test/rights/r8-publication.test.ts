import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileBlobStore } from '../../pipeline/adapters/files/blob-store.ts';
import { openGridFsBlobStore } from '../../pipeline/adapters/mongo/blob-store.ts';
import { openMongoStores } from '../../pipeline/adapters/mongo/open-mongo-stores.ts';
import { openStores } from '../../pipeline/adapters/open-stores.ts';
import { purgeExpired } from '../../pipeline/commands/purge-expired.ts';
import type { Draft } from '../../pipeline/domain/draft.ts';
import type { DraftMove } from '../../pipeline/domain/draft-move-command.ts';
import type { DraftMover } from '../../pipeline/domain/draft-steps.ts';
import type { Ports } from '../../pipeline/ports/index.ts';
import {
  buildContent,
  buildDraftMoveCommand,
  cleanReport,
  draftPeople,
  findForMove,
} from '../builders/draft.ts';
import { FakeClock } from '../harness/fake-clock.ts';
import { useMongoTestDatabase } from '../harness/mongo-database.ts';
import { findInRawFiles } from '../harness/raw-bytes.ts';
import { findInAllDocuments } from '../harness/raw-documents.ts';
import { describeWithMongo } from '../harness/services.ts';

const dayMs = 86_400_000;
const { writer, reviewer, head, director, officer } = draftPeople;
const texts = {
  closed: 'CANARYCLOSED已撤稿',
  open: 'CANARYOPEN起草中',
  opinion: 'CANARYOPINION审校意见',
  comment: 'CANARYCOMMENT批注',
} as const;
const answers = { words: 'CANARYWORDS原句', reason: 'CANARYREASON理由' } as const;
const files = { closed: 'CANARYFILE附件', shared: 'CANARYSHARED共用', loose: 'CANARYLOOSE未用' } as const;
const canaries = [...Object.values(texts), ...Object.values(files)];

interface Ground {
  clock: FakeClock;
  stores: Ports['stores'];
  blobs: Ports['blobs'];
  findAnywhere(asked: readonly string[]): Promise<Set<string>>;
  close(): Promise<void>;
}

describe('R8: a draft is kept for three years after it was closed, and is gone from the bytes then', () =>
  publicationRights(async () => {
    const clock = new FakeClock('2026-01-01T00:00:00.000Z');
    const folder = mkdtempSync(join(tmpdir(), 'guanlan-r8-drafts-'));
    const stores = openStores(folder, clock);
    return {
      ...{ clock, stores, blobs: await FileBlobStore.open(join(folder, 'blobs')) },
      findAnywhere: async (asked) => new Set(asked.filter((text) => findInRawFiles(folder, text).length > 0)),
      close: async () => {
        await stores.close();
        rmSync(folder, { recursive: true });
      },
    };
  }));

describeWithMongo('R8 on MongoDB: a draft is kept for three years after it was closed', (uri) => {
  const database = useMongoTestDatabase(uri);
  publicationRights(async () => {
    await database().clear();
    const clock = new FakeClock('2026-01-01T00:00:00.000Z');
    return {
      ...{ clock, stores: openMongoStores(database(), clock), blobs: openGridFsBlobStore(database()) },
      findAnywhere: (asked) => findInAllDocuments(database().db, asked),
      close: async () => {},
    };
  });
});

function publicationRights(open: () => Promise<Ground>): void {
  let ground: Ground;
  beforeEach(async () => {
    ground = await open();
  });
  afterEach(() => ground.close());

  async function bring(text: string): Promise<string> {
    const hash = await ground.blobs.put('publication', Buffer.from(text));
    await ground.stores.draftFiles.noteUpload(hash, ground.clock.now());
    return hash;
  }
  async function write(text: string, ...hashes: string[]): Promise<Draft> {
    const attachments = hashes.map((hash) => ({ hash, name: '附件.pdf', bytes: 10 }));
    const content = buildContent({ attachments }, text);
    const command = { commandId: ground.clock.newId(), unitId: 'library', content };
    return ground.stores.drafts.create(command, writer, ground.clock.now());
  }
  async function move(draft: Draft, name: DraftMove, mover: DraftMover): Promise<Draft> {
    const at = ground.clock.advance(1000);
    const command = buildDraftMoveCommand({
      ...{ commandId: ground.clock.newId(), draftId: draft.id, revision: draft.revision, move: name },
      ...{ text: texts.opinion, channelId: 'main-site' },
    });
    const found = findForMove(draft, command, { mover, at });
    return (await ground.stores.drafts.recordMove({ command, found, report: cleanReport }, mover, at)).draft;
  }
  async function comment(draft: Draft): Promise<void> {
    const said = { phrase: null, around: null, text: texts.comment, suggestion: null };
    const command = {
      is: 'add' as const,
      commandId: ground.clock.newId(),
      draftId: draft.id,
      version: 1,
      ...said,
    };
    await ground.stores.draftComments.change(command, { id: reviewer.id, roles: [] }, ground.clock.now());
  }
  const purge = () => purgeExpired(ground);
  const present = async () => [...(await ground.findAnywhere(canaries))].sort();

  it('with its versions, opinions and files; what another draft names stays', {
    timeout: 60_000,
  }, async () => {
    const [shared, own] = [await bring(files.shared), await bring(files.closed)];
    await bring(files.loose);
    await write(texts.open, shared);
    const made = await write(texts.closed, shared, own);
    await comment(made);
    let at = await move(made, 'submit', writer);
    for (const who of [reviewer, head, director]) at = await move(at, 'pass', who);
    at = await move(await move(at, 'mark-published', writer), 'archive', officer);
    expect(await present()).toEqual([...canaries].sort());
    // What was brought and never saved goes after two days.
    ground.clock.advance(2 * dayMs - 60_000);
    await purge();
    expect(await present()).toContain(files.loose);
    ground.clock.advance(120_000);
    await purge();
    const used = canaries.filter((text) => text !== files.loose).sort();
    expect(await present()).toEqual(used);
    for (const days of [400, 600]) {
      ground.clock.advance(days * dayMs);
      await purge();
    }
    expect(await present()).toEqual(used);
    expect(at.expiresAt?.slice(0, 10)).toBe('2029-01-01');
    ground.clock.advance(Date.parse(at.expiresAt ?? '') - 1 - Date.parse(ground.clock.now()));
    await purge();
    expect(await present()).toEqual(used);
    ground.clock.advance(1);
    await purge();
    expect(await present()).toEqual([files.shared, texts.open].sort());
  });

  it('what a unit said to be no mistake is forgotten after its year', async () => {
    const said = await ground.stores.checkMemory.answer(
      {
        ...{ commandId: ground.clock.newId(), draftId: 'draft-1', unitId: 'library', forUnit: true },
        ...{ key: 'terms:x:1', rule: 'terms.x', text: answers.words, reason: answers.reason },
      },
      { id: writer.id, roles: [] },
      ground.clock.now(),
    );
    const remembered = async () => [...(await ground.findAnywhere(Object.values(answers)))].sort();
    ground.clock.advance(Date.parse(said.expiresAt) - Date.parse(ground.clock.now()));
    expect(said.expiresAt.slice(0, 10)).toBe('2027-01-01');
    await purge();
    expect(await remembered()).toEqual(Object.values(answers).sort());
    ground.clock.advance(1);
    expect(await purge()).toMatchObject({ checkAnswers: 1 });
    expect(await remembered()).toEqual([]);
  });

  it('a draft that nobody was ever shown goes a month after it was thrown away', async () => {
    const hash = await bring(files.closed);
    const discarded = await move(await write(texts.closed, hash), 'discard', writer);
    expect(Date.parse(discarded.expiresAt ?? '') - Date.parse(discarded.changedAt)).toBe(30 * dayMs);
    ground.clock.advance(30 * dayMs - 1);
    await purge();
    expect(await present()).toEqual([files.closed, texts.closed, texts.opinion].sort());
    ground.clock.advance(1);
    await purge();
    expect(await present()).toEqual([]);
  });
}
