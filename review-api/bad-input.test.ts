import { randomUUID } from 'node:crypto';
import { request as openRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, openOffice } from '../test/harness/office.ts';
import { fileCase } from '../test/harness/office-cases.ts';
import type { Visitor } from '../test/harness/visitor.ts';
import { Problem } from './contract/problem.ts';
import { type RouteSpec, routes } from './contract/routes.ts';

let office: Office;
let reviewer: Visitor;
let caseId: string;
beforeAll(async () => {
  office = await openOffice();
  reviewer = await office.visitAs('reviewer');
  caseId = (await fileCase(office, {})).caseId;
});
afterAll(() => office.close());

const decision = () => ({ commandId: randomUUID(), version: 1, kind: 'no-action', reason: 'opinion-only' });

describe('a body that cannot be read', () => {
  test.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
    ['an open object', '{"login":"a",', '第 14 个字符'],
    ['a bare word', '{"login":abc}', '第 10 个字符'],
    ['a trailing comma', '{"login":"a",}', '第 14 个字符'],
    ['a raw control character', '{"login":"a\u0000"}', '第 12 个字符'],
    ['a string alone', '"text"', '只能是对象'],
    ['something after the end', '{} {}', '第 4 个字符'],
  ])('%s: names the position', async (_name, raw, where) => {
    const reply = await office.visit().send('POST', '/api/session', { raw });
    expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const problem = Problem.parse(reply.json);
    expect(problem).toMatchObject({ status: 400, code: 'invalid-input', field: 'body' });
    expect(problem.detail).toContain(where);
  });

  test.each<[string, Record<string, string>, string, number]>([
    ['text/plain', { 'content-type': 'text/plain' }, '{}', 415],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'login=a', 415],
    ['a compressed body', { 'content-encoding': 'gzip' }, '{}', 415],
    ['another charset', { 'content-type': 'application/json; charset=gbk' }, '{}', 415],
    ['101 kB', {}, JSON.stringify({ login: 'x'.repeat(101 * 1024), password: 'x' }), 413],
  ])('%s is refused', async (_name, headers, raw, status) => {
    const reply = await office.visit().send('POST', '/api/session', { raw, headers });
    expect(reply.json).toMatchObject({ status });
  });

  test('a body whose connection breaks off harms nobody', async () => {
    await new Promise<void>((resolve) => {
      const options = {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': 999 },
      };
      const broken = openRequest(`${office.url}/api/session`, options);
      broken.on('error', () => resolve());
      broken.write('{"login"', () => broken.destroy());
    });
    expect((await office.visit().get('/healthz')).status).toBe(200);
  });
});

describe('a field that is wrong is named', () => {
  test.each<[string, object, string]>([
    ['missing', { login: 'a' }, 'password'],
    ['of another type', { login: 7, password: 'x' }, 'login'],
    ['too long', { login: 'a'.repeat(65), password: 'x' }, 'login'],
    ['unknown', { login: 'a', password: 'x', role: 'director' }, 'role'],
    ['from a prototype', JSON.parse('{"login":"a","password":"x","__proto__":{"x":1}}'), '__proto__'],
  ])('sign-in: %s', async (_name, body, field) => {
    const reply = await office.visit().post('/api/session', body);
    expect(reply.json).toMatchObject({ status: 400, field });
    expect(Problem.parse(reply.json).detail).toMatch(/\p{Script=Han}/u);
  });

  test.each<[string, object, string]>([
    ['a lone surrogate in the note', { note: 'a\ud83d' }, 'note'],
    ['a null byte in the note', { note: 'a\u0000b' }, 'note'],
    ['a note of 2,001 characters', { note: '长'.repeat(2001) }, 'note'],
    ['a command id that is none', { commandId: 'x' }, 'commandId'],
    ['a version of nought', { version: 0 }, 'version'],
    ['a version beyond whole numbers', { version: 1e308 }, 'version'],
    ['a kind that is not in the list', { kind: 'delete' }, 'kind'],
    ['a person', { actorId: 'someone' }, 'actorId'],
    ['a unit with a line break', { unitId: 'a\nb' }, 'unitId'],
  ])('decision: %s', async (_name, change, field) => {
    const body = { ...decision(), ...change };
    const reply = await reviewer.post(`/api/cases/${caseId}/decisions`, body);
    expect(reply.json).toMatchObject({ status: 400, field });
  });

  test.each([
    ['/api/cases', 'queue'],
    ['/api/cases?queue=everything', 'queue'],
    ['/api/cases?queue=review&queue=service', 'queue'],
    ['/api/cases?queue=review&limit=0', 'limit'],
    ['/api/cases?queue=review&limit=201', 'limit'],
    ['/api/cases?queue=review&limit=many', 'limit'],
    ['/api/cases?queue=review&author=x', 'author'],
    ['/api/cases?queue=review&cursor=%00', 'cursor'],
    ['/api/search?q=%20&purpose=%E5%87%86%E5%A4%87%E6%97%A5%E6%8A%A5', 'q'],
    [`/api/search?q=${'x'.repeat(101)}&purpose=%E5%87%86%E5%A4%87%E6%97%A5%E6%8A%A5`, 'q'],
    ['/api/search?q=x&purpose=ok', 'purpose'],
    ['/api/cases/%00', 'id'],
    ['/api/cases/a%0Ab', 'id'],
    ['/api/cases/%E0%A4%A', 'path'],
    [`/api/cases/${'a'.repeat(301)}`, 'id'],
  ])('%s: %s', async (path, field) => {
    const reply = await reviewer.get(path);
    expect(reply.json).toMatchObject({ status: 400, field });
  });
});

/** Names of types, of JavaScript's values and of its largest number say nothing to the office. */
const jargon =
  /string|number|boolean|object|array|undefined|null|NaN|\bint\b|instanceof|UUID|[<>‹›]|9007199/i;

describe('what is wrong is said in plain Chinese', () => {
  test.each<[object, string, string]>([
    [{ version: undefined }, 'version', '没有填写'],
    [{ version: '1' }, 'version', '应为数字'],
    [{ version: 1.5 }, 'version', '应为整数'],
    [{ version: 1e308 }, 'version', '数字太大'],
    [{ version: 0 }, 'version', '应大于 0'],
    [{ kind: undefined }, 'kind', '没有填写'],
    [{ kind: 'delete' }, 'kind', '只能是 no-action、answer、'],
    [{ commandId: 'x' }, 'commandId', '应为 36 位的编号'],
    [{ commandId: 7 }, 'commandId', '应为文字'],
    [{ note: {} }, 'note', '应为文字'],
    [{ note: '长'.repeat(2001) }, 'note', '最多 2000 个字'],
    [{ unitId: '' }, 'unitId', '不能为空'],
    [{ unitId: 'x'.repeat(301) }, 'unitId', '最多 300 个字'],
  ])('decision %j', async (change, field, words) => {
    const reply = await reviewer.post(`/api/cases/${caseId}/decisions`, { ...decision(), ...change });
    const { detail = '', ...problem } = Problem.parse(reply.json);
    expect(problem).toMatchObject({ status: 400, field });
    expect(detail).toContain(words);
    expect(detail).not.toMatch(jargon);
  });

  test.each([
    ['limit=0', '不能小于 1'],
    ['limit=201', '不能大于 200'],
    ['limit=many', '应为数字'],
    ['queue=service', '只能是'],
  ])('query %s', async (query, words) => {
    const { detail = '' } = Problem.parse((await reviewer.get(`/api/cases?queue=review&${query}`)).json);
    expect(detail).toContain(words);
    expect(detail).not.toMatch(jargon);
  });

  test.each([{ raw: '[]' }, { body: {} }, { body: { login: 7, password: 'x' } }])(
    'sign-in %j',
    async (sent) => {
      const { detail = '' } = Problem.parse((await office.visit().send('POST', '/api/session', sent)).json);
      expect(detail).toMatch(/\p{Script=Han}/u);
      expect(detail).not.toMatch(jargon);
    },
  );
});

describe('an address', () => {
  test.each([
    ['GET', '/api/nothing', 404],
    ['GET', '/api/authors', 404],
    ['GET', '/api/cases/00000000-0000-7000-8000-000000000000', 404],
    ['PUT', '/api/session', 405],
    ['DELETE', '/api/cases', 405],
    ['GET', '/../../etc/passwd', 404],
  ])('%s %s: %i', async (method, path, status) => {
    const reply = await reviewer.send(method, path);
    expect(Problem.parse(reply.json).status).toBe(status);
    if (status === 405) expect(reply.headers.get('allow')).toMatch(/GET/);
  });

  test('a search of quotes, operators and stars finds nothing and breaks nothing', async () => {
    for (const q of ['"', "' OR 1=1 --", 'a* NOT b', 'NEAR(a b)', '图" OR "书', '{}', '👍🏽']) {
      const reply = await reviewer.get(`/api/search?${new URLSearchParams({ q, purpose: '准备日报' })}`);
      expect([200, 400]).toContain(reply.status);
    }
  });
});

test('every route, without a session and with nonsense for input, answers below 500', async () => {
  const nonsense = [{}, { '': '' }, { id: [1], version: '😀\ud800' }, [], null, 1];
  for (const spec of Object.values(routes) as RouteSpec[]) {
    const path = spec.path.replace(':id', encodeURIComponent('a:b/😀'));
    const requests = spec.method === 'get' ? [{}] : nonsense.map((one) => ({ raw: JSON.stringify(one) }));
    for (const visitor of [office.visit(), reviewer]) {
      for (const request of requests) {
        if (spec.path === '/api/session' && spec.method === 'delete') continue;
        const reply = await visitor.send(spec.method.toUpperCase(), path, request);
        expect(reply.status, `${spec.method} ${path}`).toBeLessThan(500);
      }
    }
  }
  expect(office.log()).not.toContain('request failed');
});
