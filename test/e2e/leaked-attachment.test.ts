import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEgress } from '../../crawlers/fetch/egress.ts';
import { runCrawl } from '../../crawlers/run-crawl.ts';
import { FileBlobStore } from '../../pipeline/adapters/files/blob-store.ts';
import { MemoryQueue } from '../../pipeline/adapters/memory-queue.ts';
import { judgeBatch } from '../../pipeline/commands/judge-batch.ts';
import type { CrawlRun } from '../../pipeline/domain/crawl.ts';
import { type FileReader, openFileReader } from '../../pipeline/extract/file-reader.ts';
import type { Egress } from '../../pipeline/ports/egress.ts';
import { CaseDetail } from '../../review-api/contract/case-detail.ts';
import { CasePage } from '../../review-api/contract/case-summary.ts';
import { type Campus, startCampus } from '../campus/campus.ts';
import { sheetsOf } from '../campus/content/files.ts';
import { buildSiteChannel } from '../harness/crawl-fixture.ts';
import { type Office, openOffice } from '../harness/office.ts';
import type { Visitor } from '../harness/visitor.ts';

const fileName = '家庭经济困难学生认定名单.xlsx';
const hiddenRows =
  sheetsOf(fileName)
    ?.find(({ hidden }) => hidden)
    ?.rows.slice(1) ?? [];
const identityNumbers = hiddenRows.map(([, number = '']) => number);

describe('a hidden sheet of identity numbers behind an article', () => {
  let office: Office;
  let campus: Campus;
  let egress: Egress;
  let files: FileReader;
  let run: CrawlRun;

  beforeAll(async () => {
    office = await openOffice();
    campus = await startCampus({ today: new Date(office.clock.now()) });
    const { stores, clock } = office;
    egress = openEgress({ clock });
    files = openFileReader();
    const queue = new MemoryQueue();
    const blobs = await FileBlobStore.open(join(office.folder, 'blobs'));
    const channel = buildSiteChannel([new URL(campus.vsb.url).host], {
      startUrls: [...campus.vsb.startUrls],
    });
    run = await runCrawl({ stores, clock, queue, blobs, egress, files }, channel);
    const due = await stores.posts.listDue(clock.now(), 1000);
    await judgeBatch(due, { stores, clock, judgeTexts: office.deps.judgeTexts });
    await queue.close();
  }, 60_000);
  afterAll(async () => {
    await Promise.all([files.close(), egress.close(), campus.close()]);
    await office.close();
  });

  async function openLeak(visitor: Visitor, queue: string): Promise<CaseDetail> {
    const page = CasePage.parse((await visitor.get(`/api/cases?queue=${queue}&limit=100`)).json);
    const found = page.items.find(({ excerpt }) => excerpt === `附件：${fileName}`);
    expect(found, JSON.stringify(page.items.map(({ excerpt }) => excerpt))).toBeDefined();
    return CaseDetail.parse((await visitor.get(`/api/cases/${found?.id}`)).json);
  }

  it('is read by the crawl', () => {
    expect(identityNumbers).toHaveLength(24);
    expect(run).toMatchObject({ state: 'finished' });
  });

  it.each(['reviewer', 'operator'] as const)('stands before the %s as a leak, masked', async (role) => {
    const detail = await openLeak(await office.visitAs(role), role === 'operator' ? 'operations' : 'review');
    expect(detail).toMatchObject({ accessClass: 'victim', postKind: 'article', text: { mode: 'masked' } });
    expect(detail.categories).toContain('leak');
    const shown = JSON.stringify(detail);
    for (const number of identityNumbers) expect(shown).not.toContain(number);
    expect(shown).toContain('隐藏工作表：原始登记表');
  });

  it('the director sees the evidence in full, at its place', async () => {
    const detail = await openLeak(await office.visitAs('director'), 'review');
    if (detail.text.mode !== 'full') throw new Error('masked');
    const { text } = detail.text;
    const quoted = detail.judgement?.findings
      .filter(({ category }) => category === 'leak')
      .map(({ start, end }) => text.slice(start, end));
    for (const number of identityNumbers) expect(quoted?.join()).toContain(number);
    expect(detail.source.url).toMatch(/^http:/);
  });
});
