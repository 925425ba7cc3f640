import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Category } from '../../pipeline/domain/category.ts';
import { EditorialCategory } from '../../pipeline/domain/check.ts';

const root = join(import.meta.dirname, '../..');

/** Where one file of ours leads, types left out: what is really loaded. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const targets = [
    ...text.matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.[^']+)';|import\('(\.[^']+)'\)/gm),
  ];
  return targets.map(([, fixed, lazy]) => relative(root, resolve(root, dirname(file), fixed ?? lazy ?? '')));
}

function loadedFrom(entry: string): Set<string> {
  const seen = new Set([entry]);
  for (const file of seen) for (const next of importsOf(file)) seen.add(next);
  return seen;
}

const isEditorial = (file: string) => file.startsWith('pipeline/checks/');

describe('R17: editorial lists are loaded only for the school’s own text', () => {
  it.each([
    'pipeline/judge-thread.ts',
    'pipeline/rule-process.ts',
    'pipeline/topic-process.ts',
    'pipeline/worker.ts',
    'crawlers/main.ts',
  ])('%s loads none of them', (entry) => {
    const loaded = loadedFrom(entry);
    expect(loaded.size).toBeGreaterThan(10);
    expect([...loaded].filter(isEditorial)).toEqual([]);
  });

  it('no stage, crawler, job, command or route names them', () => {
    const folders = [
      'pipeline/stages',
      'pipeline/jobs',
      'pipeline/commands',
      'pipeline/models',
      'crawlers',
      'review-api',
    ];
    const files = folders.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => `${folder}/${name}`),
    );
    expect(files.length).toBeGreaterThan(300);
    expect(files.filter((file) => importsOf(file).some(isEditorial))).toEqual([]);
  });

  it('the thread that checks drafts loads them, and so the search above can find them', () => {
    expect([...loadedFrom('pipeline/check-thread.ts')].filter(isEditorial).length).toBeGreaterThan(10);
  });

  it('what drafts are found wrong in is nothing a comment is judged for', () => {
    expect(EditorialCategory.options.filter((name) => (Category.options as string[]).includes(name))).toEqual(
      [],
    );
  });
});
