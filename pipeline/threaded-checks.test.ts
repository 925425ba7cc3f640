import { afterEach, describe, expect, it } from 'vitest';
import { checkInput } from '../test/builders/check-input.ts';
import { emptyAuthority } from './domain/authority.ts';
import { unknownSchool } from './domain/school-facts.ts';
import { openThreadedChecks, type ThreadedChecks } from './threaded-checks.ts';

const school = { key: '1', knowledge: { authority: emptyAuthority, school: unknownSchool } };

/** A thread in plain JavaScript: answers each draft by what its title asks for. */
const oddThread = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    const result = JSON.stringify({ findings: [], unchecked: [], stages: [{ name: 'odd', version: '1' }] });
    parentPort.on('message', (request) => {
      if (request.kind === 'end') parentPort.close();
      if (request.kind !== 'check') return;
      const { title } = JSON.parse(request.input);
      if (title === 'dies') throw new Error('quotes the draft');
      if (title === 'hangs late')
        for (const done of JSON.parse(request.input).body.split('\\n'))
          parentPort.postMessage({ id: request.id, done });
      else if (title !== 'hangs') parentPort.postMessage({ id: request.id, result });
    });
    parentPort.postMessage('ready');
  `)}`,
);

describe('checks in a thread of their own', () => {
  let checks: ThreadedChecks;
  afterEach(() => checks.close());

  it('find what the checks find, by what is known now', async () => {
    let known = school;
    checks = openThreadedChecks(async () => known);
    const body = '推进“一带一路”战略。校训：求真。';
    const [first] = await Promise.all([
      checks.checkDraft(checkInput({ body })),
      checks.checkDraft(checkInput()),
    ]);
    expect(first.findings).toMatchObject([{ stage: 'terms', place: { part: 'body', start: 2, end: 10 } }]);
    expect(first.stages.map(({ name }) => name)).toContain('punctuation');
    const phrase = { id: 'motto', right: '求是', wrong: ['求真'], from: null, until: null, note: null };
    const authority = { ...emptyAuthority, phrases: [{ ...phrase, source: '章程', level: 'warn' as const }] };
    known = { key: '2', knowledge: { ...school.knowledge, authority } };
    expect((await checks.checkDraft(checkInput({ body }))).findings).toHaveLength(2);
  });

  it('call a draft unchecked whose check does not come back, and check the next', async () => {
    checks = openThreadedChecks(async () => school, { threadFile: oddThread, patienceMs: 50 });
    const [hung, next] = await Promise.all([
      checks.checkDraft(checkInput({ title: 'hangs' })),
      checks.checkDraft(checkInput({ title: 'fine' })),
    ]);
    expect(hung).toMatchObject({ findings: [], unchecked: [{ stage: 'checks' }] });
    expect(next).toMatchObject({ unchecked: [], stages: [{ name: 'odd' }] });
  });

  it('keep what was found before one of them did not come back: what blocks goes on blocking', async () => {
    checks = openThreadedChecks(async () => school, { threadFile: oddThread, patienceMs: 500 });
    const place = { part: 'body', ref: null, start: 0, end: 2 };
    const finding = {
      category: 'personal-data',
      level: 'block',
      stage: 'first',
      rule: 'r',
      version: '1',
      place,
    };
    const done = {
      name: 'first',
      version: '1',
      unchecked: [],
      findings: [{ ...finding, text: '', key: 'k' }],
    };
    const body = JSON.stringify(done);
    const told = await checks.checkDraft(checkInput({ title: 'hangs late', body }));
    expect(told).toMatchObject({
      findings: [{ level: 'block', key: 'k' }],
      unchecked: [{ stage: 'checks', reason: '检查超时，其余各项没有检查。' }],
      stages: [{ name: 'first' }],
    });
  });

  it('survive the end of the thread, and of what the settings are read from', async () => {
    let isReadable = true;
    checks = openThreadedChecks(
      async () => {
        if (!isReadable) throw new Error('no store');
        return school;
      },
      { threadFile: oddThread },
    );
    expect((await checks.checkDraft(checkInput({ title: 'dies' }))).unchecked).toHaveLength(1);
    expect((await checks.checkDraft(checkInput())).unchecked).toEqual([]);
    isReadable = false;
    expect((await checks.checkDraft(checkInput())).unchecked).toHaveLength(1);
  });

  it('close twice, after what was asked', async () => {
    checks = openThreadedChecks(async () => school, { threadFile: oddThread });
    const asked = checks.checkDraft(checkInput());
    await checks.close();
    await checks.close();
    expect((await asked).unchecked).toEqual([]);
  });
});
