import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probabilityOf, Scorer } from '../../pipeline/models/scorer.ts';
import { packModels, parseModels } from '../../pipeline/models/weights-file.ts';
import { BadData, DataFolder } from './data-folder.ts';
import { drawFolds } from './folds.ts';
import type { HeadPlan } from './head.ts';
import { learnAgain, learnHead } from './learn.ts';
import { drawSlots, packHeads } from './pack.ts';

let folder = '';

const dishes = ['面条', '米饭', '包子', '豆浆', '炒菜', '汤粉', '烧饼', '烤鱼', '水饺', '凉皮'];
const days = ['今天', '昨天', '早上', '中午', '晚上', '周一', '周五', '开学那天'];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-train-'));
  const rows = dishes.flatMap((dish) =>
    days.flatMap((day) => [
      { text: `${day}的${dish}很好吃`, label: 1 },
      { text: `${day}的${dish}真难吃`, label: 0 },
    ]),
  );
  writeFileSync(join(folder, 'taste.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'));
  writeFileSync(join(folder, 'broken.jsonl'), '{"text":"a","label":1}\n{"label":1}\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const taste: HeadPlan = {
  name: 'taste',
  link: 'logistic',
  outputs: ['good'],
  fit: { epochs: 4, l2: 1e-6, learningRate: 0.3, leastRows: 2, ratios: true },
  readExamples: (data) =>
    data.rows('taste').map(({ text, label }) => ({ text, source: 'taste', labels: [label === 1 ? 1 : 0] })),
  measure: (rows) => {
    const right = rows.filter(
      ({ example, logits }) => (logits[0] ?? 0) > 0 === (example.labels?.[0] === 1),
    ).length;
    return [{ source: 'taste', rows: rows.length, accuracy: right / rows.length }];
  },
};

function train(seed: number): { bytes: Buffer; accuracy: unknown } {
  const data = new DataFolder(folder);
  const learned = learnHead(taste, data, { seed, folds: 4, progress: () => {}, figuresOnly: false });
  const { places } = drawSlots([learned]);
  const again = learnAgain(learned, (hash) => places.has(hash), { seed, progress: () => {} });
  const packed = packHeads([again], places, { trainedOn: '2026-11-22', seed, data: data.digest() });
  return { bytes: packModels(packed), accuracy: learned.figures[0]?.accuracy };
}

describe('training', () => {
  const first = () => train(7);

  it('learns what tells the texts apart, and says it of texts it has not seen', () => {
    const { bytes, accuracy } = first();
    expect(accuracy).toBe(1);
    const scorer = new Scorer(parseModels(bytes, 'test'));
    const good = (text: string) => probabilityOf(scorer.score(text)[0] ?? 0);
    expect(good('这个馄饨很好吃')).toBeGreaterThan(0.5);
    expect(good('这个馄饨真难吃')).toBeLessThan(0.5);
  });

  it('gives the same bytes for the same seed, and others for another', () => {
    const { bytes } = first();
    expect(Buffer.compare(bytes, train(7).bytes)).toBe(0);
    expect(Buffer.compare(bytes, train(8).bytes)).not.toBe(0);
  });
});

describe('labelled data', () => {
  it('is missed by the name of its folder or file', () => {
    expect(() => new DataFolder('/nowhere/data')).toThrow(/\/nowhere\/data.*--data/);
    expect(() => new DataFolder(folder).rows('nothing')).toThrow(/nothing\.jsonl cannot be read/);
  });

  it('names file and line of a bad row', () => {
    expect(() => new DataFolder(folder).rows('broken')).toThrow(BadData);
    expect(() => new DataFolder(folder).rows('broken')).toThrow(/broken\.jsonl:2/);
  });
});

describe('drawFolds', () => {
  it('keeps near-copies together', () => {
    const long = '这是一段足够长的文字用来说明开头相同的转发不会被分到两个不同的部分里去';
    const texts = Array.from({ length: 200 }, (_, i) =>
      i % 2 === 0 ? `${long}${i}次` : `别的第${i}句 ${'甲乙丙丁戊己庚辛壬癸'[i % 10]}`,
    );
    texts.push('短句！', '短句...');
    const folds = drawFolds(texts, 5, 3);
    expect(new Set(texts.flatMap((text, i) => (text.startsWith(long) ? [folds[i]] : []))).size).toBe(1);
    expect(folds[200]).toBe(folds[201]);
    expect(new Set(folds).size).toBeGreaterThan(2);
  });
});
