import { expect, it } from 'vitest';
import { RetryLater } from './errors.ts';
import { describeForOperator } from './failure-words.ts';

function awayBecause(name: string, message: string, facts: object = {}): RetryLater {
  const error = new RetryLater(3000, '数据库暂时连不上，请稍后再试。');
  error.cause = Object.assign(new Error(message), { name, ...facts });
  return error;
}

it('a terminal is told in English which server is away, and why', () => {
  const away = awayBecause('MongoServerSelectionError', 'connect ECONNREFUSED 10.0.0.7:27017');
  expect(describeForOperator(away)).toBe('MongoDB does not answer: connect ECONNREFUSED 10.0.0.7:27017');
});

it('a driver that lost its server while a process starts is told of in the same words', () => {
  const lost = Object.assign(new Error('connection 3 to 10.0.0.7:27017 closed'), {
    name: 'MongoNetworkError',
  });
  expect(describeForOperator(lost)).toBe('MongoDB does not answer: connection 3 to 10.0.0.7:27017 closed');
});

it('neither a password of an address nor a quoted document is told', () => {
  const named = awayBecause('MongoNetworkError', 'no line to mongodb://guanlan:geheim@db:27017');
  expect(describeForOperator(named)).toBe('MongoDB does not answer: no line to mongodb://***@db:27017');
  const quoting = awayBecause('MongoServerError', 'refused: { text: "食堂" }', { code: 112 });
  expect(describeForOperator(quoting)).toBe('MongoDB does not answer: MongoServerError 112');
});

it('a full disk is told as such', () => {
  const full = awayBecause('MongoServerError', 'No space left', { code: 14031 });
  expect(describeForOperator(full)).toContain('the disk of MongoDB is full');
});

it('anything else tells its own message', () => {
  expect(describeForOperator(new RetryLater(1, 'Redis does not answer'))).toBe('Redis does not answer');
  expect(describeForOperator(new Error('disk full'))).toBe('disk full');
  expect(describeForOperator('odd')).toBe('unknown failure');
});
