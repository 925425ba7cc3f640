import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseDetail } from '../../review-api/contract/case-detail.ts';
import { CasePage } from '../../review-api/contract/case-summary.ts';
import { DecisionAnswer } from '../../review-api/contract/decision.ts';
import { type Campus, startCampus } from '../campus/campus.ts';
import { checkoutProgram, GuanlanProcess, runGuanlan } from '../harness/guanlan-process.ts';
import { findInRawFiles } from '../harness/raw-bytes.ts';
import { until } from '../harness/until.ts';
import { Visitor } from '../harness/visitor.ts';
import { writeCampusSeeds } from './campus-seeds.ts';

const password = 'correct horse battery staple';

describe('the main job, through the real processes', () => {
  let folder: string;
  let campus: Campus;
  let env: Record<string, string>;
  let service: GuanlanProcess;
  let url: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guanlan-e2e-'));
    campus = await startCampus({ today: new Date() });
    writeCampusSeeds(join(folder, 'config'), campus);
    env = { GUANLAN_DATA: join(folder, 'data'), GUANLAN_CONFIG: join(folder, 'config'), GUANLAN_PORT: '0' };
    const added = await runGuanlan(
      ['user', 'add', '--login', 'lin', '--name', '林老师', '--roles', 'reviewer', '--password-stdin'],
      env,
      `${password}\n`,
    );
    expect(added.code, added.stderr).toBe(0);
    service = new GuanlanProcess(['start'], env, { program: checkoutProgram });
    url = await service.url();
  });
  afterAll(async () => {
    await service.end('SIGKILL');
    await campus.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function openQueue(visitor: Visitor): Promise<CasePage> {
    const reply = await visitor.get('/api/cases?queue=review');
    expect(reply.status, reply.text).toBe(200);
    return CasePage.parse(reply.json);
  }

  /** As a person who comes back to look: ten times a second would be a person in a hurry. */
  async function hasCases(visitor: Visitor): Promise<boolean> {
    await setTimeout(100);
    return (await openQueue(visitor)).items.length > 0;
  }

  it('crawls, judges, queues, and takes a decision over HTTP', { timeout: 60_000 }, async () => {
    const visitor = new Visitor(url);
    await visitor.signIn('lin', password);
    await until('a case in the queue', () => hasCases(visitor), 45_000);
    const [first] = (await openQueue(visitor)).items;
    const opened = await visitor.post(`/api/cases/${first?.id}/open`, {});
    expect(opened.status, opened.text).toBe(200);
    const detail = CaseDetail.parse(opened.json);
    expect(detail.judgement?.findings.length).toBeGreaterThan(0);

    const decision = {
      commandId: crypto.randomUUID(),
      version: detail.version,
      kind: 'no-action',
      reason: 'misjudged',
    };
    const path = `/api/cases/${detail.id}/decisions`;
    const decided = await visitor.post(path, decision);
    expect(decided.status, decided.text).toBe(200);
    expect(DecisionAnswer.parse(decided.json)).toMatchObject({ state: 'decided', repeated: false });
    const again = await visitor.post(path, decision);
    expect(DecisionAnswer.parse(again.json)).toMatchObject({
      decisionId: decision.commandId,
      repeated: true,
    });
    expect((await openQueue(visitor)).items.map((item) => item.id)).not.toContain(detail.id);
  });

  it('can be checked beside the running service, and refuses a second one', { timeout: 60_000 }, async () => {
    const report = await runGuanlan(['verify-audit'], env);
    expect(report.code, report.stderr).toBe(0);
    expect(JSON.parse(report.stdout)).toMatchObject({ breaks: [] });
    const second = await runGuanlan(['start'], env);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('Another Guanlan service already uses the data folder');
    const broken = await runGuanlan(['crawl', '--once', '--channel', 'nobody'], {
      ...env,
      GUANLAN_DATA: join(folder, 'other'),
    });
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain('there is no channel nobody; known: main, it');
  });

  it('writes no text of anybody into its log, and stops cleanly when asked', async () => {
    const ended = await service.end('SIGTERM');
    expect({ code: ended.code, signal: ended.signal }, ended.stderr).toEqual({ code: 0, signal: null });
    const { articles } = campus.expected;
    expect(articles.length).toBeGreaterThan(30);
    for (const { textStart } of articles) expect(ended.stderr).not.toContain(textStart);
    expect(findInRawFiles(join(folder, 'data'), articles[0]?.textStart ?? '?')).not.toEqual([]);
  });
});
