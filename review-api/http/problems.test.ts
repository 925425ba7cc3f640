import { expect, test } from 'vitest';
import * as domain from '../../pipeline/domain/errors.ts';
import { Problem } from '../contract/problem.ts';
import * as http from './errors.ts';
import { buildProblem } from './problems.ts';

const secret = 'CANARY /srv/data/guanlan.db SELECT';
const standing = {
  ...{ revision: 2, changedAt: '2026-11-20T01:00:00.000Z', state: 'draft' as const, savedByName: '江晚' },
};

test.each<[unknown, number, string]>([
  [new domain.InvalidInput('note', secret, 'hint'), 400, 'invalid-input'],
  [new http.SignInRequired(secret), 401, 'sign-in-required'],
  [new http.SignInFailed(secret), 401, 'sign-in-failed'],
  [new http.SecondStepRequired('prove'), 401, 'second-factor-required'],
  [new http.SecondStepRequired('set-up'), 401, 'second-factor-set-up-required'],
  [new domain.NotPermitted(secret), 403, 'not-permitted'],
  [new http.ForeignRequest(secret), 403, 'foreign-request'],
  [new domain.NotFound(secret), 404, 'not-found'],
  [new http.MethodNotAllowed('GET'), 405, 'method-not-allowed'],
  [new domain.Conflict(secret), 409, 'conflict'],
  [new http.StaleDraft(secret, standing), 409, 'conflict'],
  [new http.BodyTooLarge(secret), 413, 'body-too-large'],
  [new http.UnsupportedBody(secret), 415, 'unsupported-body'],
  [new http.TooManyAttempts(61_500, secret), 429, 'too-many-attempts'],
  [new domain.RetryLater(1000, secret), 503, 'retry-later'],
  [new domain.CredentialExpired(secret, secret), 500, 'internal'],
  [new domain.PageChanged(secret, secret), 500, 'internal'],
  [new domain.Permanent(secret), 500, 'internal'],
  [new Error(secret), 500, 'internal'],
  [Object.assign(new Error(secret), { code: 'invalid-input', status: 400 }), 500, 'internal'],
  [secret, 500, 'internal'],
  [undefined, 500, 'internal'],
])('%o is %i %s', (error, status, code) => {
  const problem = Problem.strict().parse(buildProblem(error, 'request-1'));
  expect(problem).toMatchObject({ status, code, type: `urn:guanlan:problem:${code}`, instance: 'request-1' });
  expect(problem.title).toMatch(/\p{Script=Han}/u);
  if (status >= 500) expect(JSON.stringify(problem)).not.toContain('CANARY');
});

test('every error of the domain and of HTTP has been looked at above', () => {
  expect(Object.keys(domain).length + Object.keys(http).length).toBe(9 + 10);
});

test('a field and a hint are passed on, and how long to wait in whole seconds', () => {
  expect(buildProblem(new domain.InvalidInput('note', 'a', 'b'), 'r')).toMatchObject({
    field: 'note',
    hint: 'b',
  });
  expect(buildProblem(new http.TooManyAttempts(61_500, 'a'), 'r')).toMatchObject({ retryAfterSeconds: 62 });
});
