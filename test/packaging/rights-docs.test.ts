import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AccessClass } from '../../pipeline/domain/access-class.ts';
import { Action, Role, rightsOf } from '../../pipeline/domain/role.ts';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'rights.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
const listOf = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

/** Rights as if of a person in this role and a unit. */
const rights = (role: Role, action: Action) =>
  rightsOf([{ role, unitId: 'some-unit', onBehalfOf: null }], action);
const holders = (action: Action, scope: 'all' | 'own') =>
  Role.options.filter((role) => {
    const { permitted, units } = rights(role, action);
    return permitted && (units === 'all') === (scope === 'all');
  });

describe('docs/rights.md', () => {
  it('has a row for each of the 24 rules', () => {
    const numbers = rows.map(([first = '']) => first).filter((first) => /^R\d+$/.test(first));
    expect(numbers).toEqual(Array.from({ length: 24 }, (_, at) => `R${at + 1}`));
  });

  it('names every test of test/rights, and no test that is not there', () => {
    const named = [...page.matchAll(/`([\w./-]+\.(?:test|contract)\.ts)`/g)].map(([, path = '']) => path);
    const places = ['bin', 'config', 'crawlers', 'pipeline', 'review-api', 'test'];
    const known = places.flatMap((place) =>
      readdirSync(join(root, place), { recursive: true }).map((path) => `${place}/${path}`),
    );
    const isThere = (path: string) =>
      existsSync(join(root, path)) || known.some((one) => one.endsWith(`/${path}`));
    expect(named.filter((path) => !isThere(path))).toEqual([]);
    const tests = readdirSync(join(import.meta.dirname, '..', 'rights')).filter((name) =>
      name.endsWith('.test.ts'),
    );
    expect(tests.filter((name) => !named.some((path) => path.endsWith(name)))).toEqual([]);
  });

  it('says of every right who has it, as the table in pipeline/domain/role.ts does', () => {
    const actions = new Set<string>(Action.options);
    const told = rows
      .filter(([first = '']) => actions.has(listOf(first)[0] ?? ''))
      .map(([first, , all, own]) => [listOf(first)[0], listOf(all).sort(), listOf(own).sort()]);
    const held = Action.options.map((action) => [
      ...[action, holders(action, 'all').toSorted(), holders(action, 'own').toSorted()],
    ]);
    expect(told).toEqual(held);
  });

  it('says of every role that sees texts how it sees each class', () => {
    const words = { full: 'full', masked: 'masked', none: '—' } as const;
    const roles = new Set<string>(Role.options);
    const told = rows
      .filter(([first = '', open = '']) => roles.has(first) && /^(?:full|masked|—)$/.test(open))
      .map(([role, ...views]) => [role, ...views.slice(0, 3)]);
    const held = Role.options.map((role) => {
      const views = Action.options.map((action) => rights(role, action).view);
      return [
        role,
        ...AccessClass.options.map(
          (access) => words[views.find((view) => view[access] !== 'none')?.[access] ?? 'none'],
        ),
      ];
    });
    expect(told.toSorted()).toEqual(held.toSorted());
  });
});
